using AlertBot.Postgres.Cluster;
using AlertBot.Postgres.Stores;
using AlertBot.Postgres.Vaults;
using Dapper;
using Npgsql;

namespace AlertBot.Postgres.Backups;

/// <summary>Puts the dump of a backup into an empty database, all of it or nothing, and looks whether all is there.</summary>
internal static class RestoreDump
{
    /// <exception cref="BackupProblem">It cannot be restored; the message says why.</exception>
    public static async Task RunAsync(Stream dump, string connectionString, CancellationToken ct, params string[] also)
    {
        int major;
        await using (var connection = new NpgsqlConnection(connectionString))
        {
            await connection.OpenAsync(ct);
            major = connection.PostgreSqlVersion.Major;
        }

        var programs = await DumpPrograms.ForAsync(major, ct, restoring: true);
        var to = DumpPrograms.Connection(connectionString);
        var answer = await ServerCommand.PipeAsync(
            [
                programs.Restore, "--no-owner", "--no-privileges", "--no-comments", "--exit-on-error", "--single-transaction",
                $"--dbname={to["PGDATABASE"]}", .. also,
            ],
            dump, null, to, ct);
        if (!answer.Succeeded)
            throw new BackupProblem($"pg_restore failed, and undid what it had done: {answer.Complaint}");

        // pg_restore stops reading at the end of the archive. What is behind it must open too.
        await dump.CopyToAsync(Stream.Null, ct);
    }

    /// <summary>Compares the restored database with what the backup says of itself: every count, and that its keys open it.</summary>
    /// <exception cref="BackupProblem">Something is missing; the message says what.</exception>
    public static async Task CompareAsync(string connectionString, BackupManifest manifest, CancellationToken ct)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using (var connection = await source.OpenConnectionAsync(ct))
        {
            foreach (var (table, rows) in manifest.Rows)
            {
                var restored = await connection.ExecuteScalarAsync<long>(new CommandDefinition(
                    $"select count(*) from {table}", commandTimeout: 0, cancellationToken: ct));
                if (restored != rows)
                    throw new BackupProblem($"Restored, {table} has {restored} rows in place of {rows}: this backup is not whole.");
            }
        }

        // A backup that is made before an old database is brought up to date has neither yet.
        if (!await HasAsync(source, "vault_canary", ct) || !await HasAsync(source, "audit_start", ct))
            return;
        using var keys = KeysOf(manifest);
        using var vault = Vault.Of(keys);
        if (await VaultCanary.CompareAsync(source, vault, ct) is { } problem)
            throw new BackupProblem($"The keys in the backup do not open what is in it: {problem}");

        DapperTypes.Register();
        await using var reading = await source.OpenConnectionAsync(ct);
        await using var transaction = await reading.BeginTransactionAsync(ct);
        if (await new AuditStore(new Access(reading, transaction, vault, static () => default, ct)).CheckAsync([]) is { } broken)
            throw new BackupProblem($"The audit log in the backup is not whole: {broken}.");
    }

    internal static async Task<bool> HasAsync(NpgsqlDataSource source, string table, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        return await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "select to_regclass(@table) is not null", new { table }, cancellationToken: ct));
    }

    public static KeyRing KeysOf(BackupManifest manifest) => KeyLines.Read(
        Convert.FromBase64String(manifest.Keys), how => new VaultException($"The keys in the backup are damaged: {how}."));
}
