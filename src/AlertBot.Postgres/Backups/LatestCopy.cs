using AlertBot.Postgres.Vaults;
using Dapper;
using Npgsql;

namespace AlertBot.Postgres.Backups;

/// <summary>
/// The one copy of what no backup holds: keys of reports, addresses and answers of reporters. It is made anew after each backup and after
/// each deletion, and the one before is overwritten on the disk. Copies of it elsewhere must be overwritten too.
/// </summary>
public static class LatestCopy
{
    public const string FileName = "latest.erasable";

    /// <summary>Puts the new one in the place of the old one: whole at any moment.</summary>
    internal static void Replace(string draft, string path)
    {
        using var old = File.Exists(path)
            ? new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete)
            : null;
        File.Move(draft, path, overwrite: true);
        if (old is null)
            return;

        var nothing = new byte[64 * 1024];
        for (var left = old.Length; left > 0; left -= nothing.Length)
            old.Write(nothing.AsSpan(0, (int)Math.Min(left, nothing.Length)));
        old.Flush(flushToDisk: true);
    }

    /// <summary>Puts it into a database that was restored from an older backup. What it does not hold was forgotten since.</summary>
    /// <param name="path">Null or not there: nothing that reporters said can be read.</param>
    /// <returns>How many reports cannot be read any more.</returns>
    /// <exception cref="BackupProblem">It cannot be read; the message says why.</exception>
    public static async Task<int> RestoreAsync(string? path, BackupKey key, string connectionString, CancellationToken ct)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var connection = await source.OpenConnectionAsync(ct);
        if (path is not null && File.Exists(path))
        {
            var copy = await OpenBackup.OpenAsync(path, key, ct);
            await connection.ExecuteAsync(new CommandDefinition(
                $"truncate {string.Join(", ", BackupTables.Erasable)}", cancellationToken: ct));
            await copy.RestoreDataAsync(connectionString, ct);
        }

        // Whoever's address is not in it has asked to be forgotten since, or cannot be reached: both are strangers from now on.
        return await connection.ExecuteScalarAsync<int>(new CommandDefinition(
            """
            delete from report_key k where not exists (select from report r where r.id = k.report_id);
            delete from reporter_address a where not exists (select from address b where b.id = a.address_id);
            update address a set forget_at = now()
            where  value is null and not exists (select from reporter_address r where r.address_id = a.id);
            with gone as (
                update report r set state = 'withdrawn', body = null, print = null, receipt = null, address_id = null
                where  state <> 'withdrawn' and not exists (select from report_key k where k.report_id = r.id)
                returning id
            ),
            files as (
                delete from report_file f using gone g where f.report_id = g.id
            )
            select count(*)::int from gone
            """,
            cancellationToken: ct));
    }
}
