using System.Diagnostics;
using System.Globalization;
using AlertBot.Postgres.Cluster;
using AlertBot.Postgres.Vaults;
using Dapper;
using NodaTime;
using NodaTime.Text;
using Npgsql;

namespace AlertBot.Postgres.Backups;

/// <summary>
/// Makes one backup: the whole database as of one instant, encrypted to the backup key, then read back from the disk and restored into
/// a scratch cluster, where counts and keys are compared. It is there under its name only once it is whole.
/// </summary>
public sealed class MakeBackup(string connectionString, string keyFile, string directory, string program)
{
    private static readonly InstantPattern Stamp = InstantPattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss'Z'");

    // What the engine of jobs keeps says when work is next done: a restored program plans that anew.
    private static readonly IReadOnlyList<string> All =
    [
        "--exclude-schema=hangfire",
        .. BackupTables.Erasable.Concat(BackupTables.Passing).Select(table => $"--exclude-table-data={table}"),
    ];

    /// <exception cref="BackupProblem">It cannot be made; the message says why and what to do.</exception>
    public async Task<BackupMade> RunAsync(Instant now, CancellationToken ct)
    {
        var began = Stopwatch.GetTimestamp();
        using var keys = Keys();
        var recipient = keys.Backup ?? throw new BackupProblem(
            $"The key file {keyFile} has no backup key. Start 'alertbot serve' once, or run 'alertbot keys split': both make one.");
        var file = $"alertbot-{Stamp.Format(now)}.backup";
        var (path, draft) = (Path.Combine(directory, file), Path.Combine(directory, file + ".new"));
        try
        {
            OwnerOnly.EnsureDirectory(directory);
            File.Delete(draft);
            var (header, fileKey, manifest) = await WriteAsync(draft, keys, recipient, now, All, ct);
            var unverified = await VerifyAsync(draft, fileKey, header, ct);
            File.Move(draft, path, overwrite: true);
            await KeepLatestAsync(now, ct);
            return new BackupMade(
                file, new FileInfo(path).Length, manifest.AllRows, Duration.FromTimeSpan(Stopwatch.GetElapsedTime(began)), unverified);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new BackupProblem(
                $"The backup cannot be written to {directory}: {failure.Message.TrimEnd('.')}. Is the disk full, or the directory another user's?",
                failure);
        }
        finally
        {
            // On a failure nothing half-made stays.
            File.Delete(draft);
        }
    }

    /// <summary>Makes the one copy of what no backup holds anew; the one before is overwritten.</summary>
    /// <exception cref="BackupProblem">It cannot be made; the old one stays.</exception>
    public async Task KeepLatestAsync(Instant now, CancellationToken ct)
    {
        var draft = Path.Combine(directory, LatestCopy.FileName + ".new");
        try
        {
            using var keys = Keys();
            await using var source = NpgsqlDataSource.Create(connectionString);
            if (keys.Backup is not { } recipient || !await RestoreDump.HasAsync(source, BackupTables.Erasable[0], ct))
                return;
            OwnerOnly.EnsureDirectory(directory);
            File.Delete(draft);
            await WriteAsync(draft, keys, recipient, now, [.. BackupTables.Erasable.Select(table => $"--table={table}"), "--data-only"], ct);
            LatestCopy.Replace(draft, Path.Combine(directory, LatestCopy.FileName));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new BackupProblem($"The copy of what no backup holds cannot be written to {directory}: {failure.Message}", failure);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    private KeyRing Keys()
    {
        try
        {
            return VaultKeyFile.Read(keyFile);
        }
        catch (VaultException refusal)
        {
            throw new BackupProblem(refusal.Message, refusal);
        }
    }

    private async Task<(byte[] Header, byte[] FileKey, BackupManifest Manifest)> WriteAsync(
        string draft, KeyRing keys, BackupKey recipient, Instant now, IReadOnlyList<string> what, CancellationToken ct)
    {
        // The snapshot lives as long as this transaction: counts and dump see the same instant.
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
        var programs = await DumpPrograms.ForAsync(connection.PostgreSqlVersion.Major, ct);
        var snapshot = await connection.ExecuteScalarAsync<string>(new CommandDefinition(
            "select pg_export_snapshot()", transaction: transaction, cancellationToken: ct));
        var manifest = new BackupManifest(
            await RowsAsync(connection, ct),
            Convert.ToBase64String(KeyLines.Write(keys with { Backup = null })));

        using var share = BackupKey.New();
        var header = new BackupHeader(
            BackupHeader.Current, InstantPattern.General.Format(now), program, await NewestAsync(connection, ct),
            connection.PostgreSqlVersion.Major, recipient.Id.ToString("x8", CultureInfo.InvariantCulture),
            Convert.ToBase64String(share.RevealPublic())).ToBytes();
        var fileKey = BackupHeader.FileKey(share.AgreeWith(recipient), share, recipient);

        await using var file = OwnerOnly.CreateFile(draft);
        await file.WriteAsync(header, ct);
        await using var sealing = new SealingStream(file, fileKey, header);
        await manifest.WriteAsync(sealing, ct);
        var answer = await ServerCommand.PipeAsync(
            [programs.Dump, "--format=custom", "--no-owner", "--no-privileges", $"--snapshot={snapshot}", .. what],
            null, sealing, DumpPrograms.Connection(connectionString), ct);
        if (!answer.Succeeded)
            throw new BackupProblem($"pg_dump failed: {answer.Complaint}");
        await sealing.FinishAsync(ct);
        file.Flush(flushToDisk: true);
        return (header, fileKey, manifest);
    }

    /// <returns>Null: it holds what it must. Else why that could not be found out.</returns>
    private static async Task<string?> VerifyAsync(string draft, byte[] fileKey, byte[] header, CancellationToken ct)
    {
        try
        {
            await using var file = File.OpenRead(draft);
            file.Seek(header.Length, SeekOrigin.Begin);
            await using var opening = new OpeningStream(file, fileKey, header);
            var manifest = await BackupManifest.ReadAsync(opening, ct);
            await using var scratch = await ScratchCluster.StartAsync(ct);
            await RestoreDump.RunAsync(opening, scratch.ConnectionString, ct);
            await RestoreDump.CompareAsync(scratch.ConnectionString, manifest, ct);
            return null;
        }
        catch (ClusterProblem missing)
        {
            return $"The backup is made and could not be tried out: {missing.Message}";
        }
    }

    private static async Task<IReadOnlyDictionary<string, long>> RowsAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var rows = new SortedDictionary<string, long>(StringComparer.Ordinal);
        var tables = await connection.QueryAsync<string>(new CommandDefinition(
            "select quote_ident(tablename) from pg_tables where schemaname = 'public'", cancellationToken: ct));
        foreach (var table in tables.Where(table => !BackupTables.IsLeftOut(table)))
            rows[table] = await connection.ExecuteScalarAsync<long>(new CommandDefinition(
                $"select count(*) from {table}", commandTimeout: 0, cancellationToken: ct));
        return rows;
    }

    private static Task<int> NewestAsync(NpgsqlConnection connection, CancellationToken ct) => connection.ExecuteScalarAsync<int>(
        new CommandDefinition("select max(number) from schema_migration", cancellationToken: ct));
}

/// <param name="File">Its name in the directory of backups.</param>
/// <param name="Unverified">Why it could not be tried out; null: it was restored into a scratch cluster, and is whole.</param>
public sealed record BackupMade(string File, long Bytes, long Rows, Duration Took, string? Unverified);
