using AlertBot.Postgres.Backups;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <summary>The backups made, the failed attempts, and the restores.</summary>
public sealed class BackupStore
{
    private readonly Access _access;

    internal BackupStore(Access access) => _access = access;

    public Task AddAsync(BackupMade made) => _access.ExecuteAsync(
        """
        insert into backup (id, file, made_at, bytes, rows, took_ms, verified_at, failure)
        values (@id, @File, @now, @Bytes, @Rows, @took, case when @Unverified is null then @now end, @Unverified)
        """,
        new
        {
            id = Guid.CreateVersion7(),
            made.File,
            made.Bytes,
            made.Rows,
            took = (long)made.Took.TotalMilliseconds,
            made.Unverified,
            now = _access.Now,
        });

    /// <param name="why">For owners: says what to do, and holds nothing personal.</param>
    public Task FailedAsync(string why) => _access.ExecuteAsync(
        "insert into backup (id, made_at, failure) values (@id, @now, @why)", new { id = Guid.CreateVersion7(), now = _access.Now, why });

    /// <summary>The newest existing backup, verified or not; null if there is none.</summary>
    public Task<KeptBackup?> NewestAsync() => FirstAsync("file is not null");

    /// <summary>The newest attempts, successful or not.</summary>
    public Task<IReadOnlyList<KeptBackup>> RecentAsync(int most) => _access.QueryAsync<KeptBackup>(
        "select file, made_at, bytes, rows, took_ms, verified_at, failure from backup order by made_at desc, id desc limit @most", new { most });

    /// <summary>The newest attempt, successful or not; null if there was none.</summary>
    public Task<KeptBackup?> LastAsync() => FirstAsync("true");

    /// <summary>The number of failed attempts since the last success.</summary>
    public Task<int> FailuresAsync() => _access.ValueAsync<int>(
        """
        select count(*)::int from backup
        where  file is null and made_at > coalesce((select max(made_at) from backup where file is not null), '-infinity')
        """);

    /// <param name="knownUntil">The time of the last entry in the journal of sent messages; null if there is none.</param>
    public Task RestoredAsync(Instant backupAt, Instant? knownUntil) => _access.ExecuteAsync(
        "insert into restored (id, backup_at, restored_at, known_until) values (@id, @backupAt, @now, @knownUntil)",
        new { id = Guid.CreateVersion7(), backupAt, knownUntil, now = _access.Now });

    /// <summary>The time of the last restore of this database; null: never restored.</summary>
    public Task<Instant?> RestoredAtAsync() => _access.FirstAsync<Instant?>("select max(restored_at) from restored having count(*) > 0");

    /// <summary>The newest erasure that is not yet done on the disk; null if there is none.</summary>
    public Task<long?> ForgettingAsync() => _access.ValueAsync<long?>("select max(id) from forgetting");

    /// <summary>Marks all erasures up to that one as done on the disk.</summary>
    public Task ForgottenAsync(long upTo) => _access.ExecuteAsync("delete from forgetting where id <= @upTo", new { upTo });

    private Task<KeptBackup?> FirstAsync(string which) => _access.FirstAsync<KeptBackup>(
        $"select file, made_at, bytes, rows, took_ms, verified_at, failure from backup where {which} order by made_at desc, id desc limit 1");
}

/// <param name="File">Its name; null if the attempt failed.</param>
/// <param name="VerifiedAt">When it was restored into a scratch cluster and compared; null if that was not possible.</param>
/// <param name="Failure">What went wrong.</param>
public sealed record KeptBackup(string? File, Instant MadeAt, long? Bytes, long? Rows, long? TookMs, Instant? VerifiedAt, string? Failure);
