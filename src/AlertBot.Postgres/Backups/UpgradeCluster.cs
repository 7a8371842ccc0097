using System.IO.Pipelines;
using AlertBot.Postgres.Cluster;
using AlertBot.Postgres.Stores;
using AlertBot.Postgres.Vaults;
using Dapper;
using Npgsql;

namespace AlertBot.Postgres.Backups;

/// <summary>
/// Moves a private cluster to a newer PostgreSQL: a new one is made beside the old one, everything is put into it and compared, then it
/// takes the old one's place. Until then the old one is as it was, and whatever breaks off can be begun again.
/// </summary>
/// <param name="directory">Of the cluster.</param>
public sealed class UpgradeCluster(string directory)
{
    private readonly string _fresh = directory + ".new";
    private readonly string _old = directory + ".old";

    /// <summary>The version that made it; null: there is none.</summary>
    public int? Major => new ClusterPlace(directory).Major;

    /// <param name="anew">Also when no newer version is here: everything is written anew with the same.</param>
    /// <exception cref="BackupProblem">It cannot be; the message says why. The old cluster stays.</exception>
    /// <exception cref="ClusterProblem">As above.</exception>
    public async Task<ClusterUpgraded> RunAsync(Vault vault, bool anew, CancellationToken ct)
    {
        var place = new ClusterPlace(directory);
        var major = place.Major ?? throw new ClusterProblem($"There is no private database in {directory}.");
        var newest = (await PostgresPrograms.AllAsync(ct)).MaxBy(programs => programs.Major);
        if (newest is null || newest.Major < major || (newest.Major == major && !anew))
            throw new ClusterProblem(
                $"The database was made by PostgreSQL {major}, and no newer one is here. Install it, or name the directory of its programs in "
                + $"{PostgresPrograms.Variable}.");
        using (var alone = FileLock.TryAlone(place.UseLock))
        {
            if (alone is null)
                throw new ClusterProblem("AlertBot is running, and would go on writing into the old database. Stop it first.");
        }

        // What an earlier attempt left.
        await PrivateCluster.DestroyAsync(_fresh, ct);
        var moved = await MoveAsync(vault, newest, ct);
        Directory.Move(directory, _old);
        Directory.Move(_fresh, directory);
        // What was deleted in the new one must not live on in the old one.
        await PrivateCluster.DestroyAsync(_old, ct);
        return new ClusterUpgraded(major, newest.Version, moved);
    }

    private async Task<long> MoveAsync(Vault vault, PostgresPrograms programs, CancellationToken ct)
    {
        await using var old = await PrivateCluster.StartAsync(new ClusterOptions { Directory = directory, Watch = TimeSpan.Zero }, ct);
        await using var fresh = await PrivateCluster.StartAsync(
            new ClusterOptions { Directory = _fresh, Watch = TimeSpan.Zero, Programs = programs.Bin }, ct);
        // The backup before was made of the same server, which has ended since.
        Clear(old.ConnectionString);
        await CopyAsync(old.ConnectionString, fresh.ConnectionString, ct);
        var before = await RowsAsync(old.ConnectionString, ct);
        var after = await RowsAsync(fresh.ConnectionString, ct);
        if (before.Except(after).Concat(after.Except(before)).Select(one => one.Key).Distinct().Order(StringComparer.Ordinal).ToList()
            is { Count: > 0 } other)
            throw new BackupProblem($"Moved, {string.Join(", ", other)} would not hold what they held. The old database stays.");
        await CheckAsync(fresh.ConnectionString, vault, ct);
        Clear(old.ConnectionString);
        Clear(fresh.ConnectionString);
        return after.Values.Sum();
    }

    private static async Task CopyAsync(string from, string to, CancellationToken ct)
    {
        int major;
        await using (var connection = new NpgsqlConnection(from))
        {
            await connection.OpenAsync(ct);
            major = connection.PostgreSqlVersion.Major;
        }

        var programs = await DumpPrograms.ForAsync(major, ct);
        var pipe = new Pipe();
        using var broken = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var dumping = DumpAsync(programs, from, pipe.Writer, broken.Token);
        try
        {
            var target = DumpPrograms.Connection(to);
            var answer = await ServerCommand.PipeAsync(
                [programs.Restore, "--no-owner", "--no-privileges", "--no-comments", "--exit-on-error", $"--dbname={target["PGDATABASE"]}"],
                pipe.Reader.AsStream(), null, target, ct);
            if (!answer.Succeeded)
                throw new BackupProblem($"pg_restore failed, and the old database stays: {answer.Complaint}");
        }
        catch
        {
            await broken.CancelAsync();
            await pipe.Reader.CompleteAsync();
            await dumping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        await dumping;
    }

    private static async Task DumpAsync(DumpPrograms programs, string from, PipeWriter into, CancellationToken ct)
    {
        var answer = await ServerCommand.PipeAsync(
            [programs.Dump, "--format=custom", "--no-owner", "--no-privileges"], null, into.AsStream(leaveOpen: true),
            DumpPrograms.Connection(from), ct);
        await into.CompleteAsync();
        if (!answer.Succeeded)
            throw new BackupProblem($"pg_dump failed, and the old database stays: {answer.Complaint}");
    }

    private static async Task<Dictionary<string, long>> RowsAsync(string connectionString, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(ct);
        var rows = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var table in await connection.QueryAsync<string>(new CommandDefinition(
            "select quote_ident(schemaname) || '.' || quote_ident(tablename) from pg_tables where schemaname in ('public', 'hangfire')",
            cancellationToken: ct)))
            rows[table] = await connection.ExecuteScalarAsync<long>(new CommandDefinition(
                $"select count(*) from {table}", commandTimeout: 0, cancellationToken: ct));
        return rows;
    }

    private static async Task CheckAsync(string connectionString, Vault vault, CancellationToken ct)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        if (await VaultCanary.CompareAsync(source, vault, ct) is { } problem)
            throw new BackupProblem($"The keys do not open what was moved: {problem}");
        DapperTypes.Register();
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await new AuditStore(new Access(connection, transaction, vault, static () => default, ct)).CheckAsync([]) is { } broken)
            throw new BackupProblem($"The audit log is not whole once it was moved: {broken}.");
    }

    private static void Clear(string connectionString)
    {
        using var pool = new NpgsqlConnection(connectionString);
        NpgsqlConnection.ClearPool(pool);
    }
}

/// <param name="From">The version that it was.</param>
/// <param name="To">The one that it is.</param>
public sealed record ClusterUpgraded(int From, string To, long Rows);
