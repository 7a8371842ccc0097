using Dapper;
using Npgsql;

namespace AlertBot.Postgres.Vaults;

/// <summary>
/// Replaces the sealing key while the program runs, in four steps: every node can open with the new key, all seal with it, old values are sealed
/// again, the old key goes. Look-up hashes stay valid. If a run is interrupted at any moment, the next one continues.
/// </summary>
public sealed class KeyRotation(NpgsqlDataSource source, string keyFile, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>The most rounds that may find rows locked by others. They are locked for the length of an act.</summary>
    private const int MostRounds = 200;

    /// <param name="say">Told the progress, in sentences for the operator.</param>
    /// <exception cref="VaultException">The rotation cannot continue; the message says why. Nothing is lost.</exception>
    public async Task<Rotated> RunAsync(Action<string> say, CancellationToken ct)
    {
        var key = await AddAsync(say, ct);
        await WaitAsync(key, toSeal: false, say, ct);
        using (var ring = VaultKeyFile.Read(keyFile))
            await VaultKeyFile.ReplaceAsync(keyFile, ring.Promote(key), ct);
        await WaitAsync(key, toSeal: true, say, ct);
        await OutliveAsync(ct);

        using var vault = Vault.FromKeyFile(keyFile);
        var (rows, damaged) = await ResealAsync(vault, say, ct);
        if (damaged > 0)
            say($"{damaged} values do not open with any key: they were damaged before, and stay as they are.");
        using (var ring = VaultKeyFile.Read(keyFile))
            await VaultKeyFile.ReplaceAsync(keyFile, ring.DropOld(), ct);
        return new Rotated(key, rows, damaged);
    }

    // More than one sealing key means that an earlier run was interrupted. This run continues with its new key.
    private async Task<uint> AddAsync(Action<string> say, CancellationToken ct)
    {
        using var ring = VaultKeyFile.Read(keyFile);
        if (ring.Sealing.Count > 1)
        {
            var canary = await CanaryKeyAsync(ct);
            var unfinished = ring.Sealing[0].Id == canary ? ring.Sealing[^1].Id : ring.Sealing[0].Id;
            say($"going on with the key {unfinished:x8} of a rotation that was broken off");
            return unfinished;
        }

        using var fresh = VaultKey.New();
        await VaultKeyFile.ReplaceAsync(keyFile, ring.Add(fresh), ct);
        say($"the new key {fresh.Id:x8} is in {keyFile}");
        return fresh.Id;
    }

    private async Task<uint> CanaryKeyAsync(CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        var @sealed = await connection.ExecuteScalarAsync<byte[]>(new CommandDefinition("select sealed from vault_canary", cancellationToken: ct));
        return @sealed is null ? 0 : Vault.KeyIdOf(@sealed);
    }

    private async Task WaitAsync(uint key, bool toSeal, Action<string> say, CancellationToken ct)
    {
        for (var told = false; await KeyHolders.WithoutAsync(source, key, toSeal, ct) is > 0 and var missing;)
        {
            if (!told)
                say($"waiting for {missing} running {(missing == 1 ? "node" : "nodes")} to read the key file. "
                    + "A node on another machine has a file of its own: copy this one there, it goes on by itself.");
            told = true;
            await Task.Delay(Pause, time, ct);
        }
    }

    // An act may have sealed with the old key before this moment and commit after it.
    private async Task OutliveAsync(CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        var began = await connection.ExecuteScalarAsync<string>(new CommandDefinition("select clock_timestamp()::text", cancellationToken: ct));
        while (await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            """
            select exists (
                select from pg_stat_activity
                where  datname = current_database() and pid <> pg_backend_pid() and xact_start < @began::timestamptz)
            """,
            new { began }, cancellationToken: ct)))
            await Task.Delay(Pause, time, ct);
    }

    private async Task<(long Rows, int Damaged)> ResealAsync(Vault vault, Action<string> say, CancellationToken ct)
    {
        var resealing = new Resealing(source, vault);
        var all = await resealing.CountAsync(ct);
        var done = 0L;
        var said = 0L;
        for (var round = 1; round <= MostRounds; round++)
        {
            var damaged = await resealing.RoundAsync(more => Progress(more), ct);
            if (await resealing.CountAsync(ct) <= damaged)
                return (done, damaged);
            await Task.Delay(Pause, time, ct);
        }

        throw new VaultException("Some rows have been held by something else all the time. Nothing is lost: run it again.");

        void Progress(int more)
        {
            done += more;
            if (done < said + 1000 && done < all)
                return;
            said = done;
            say($"{done} of {all} values are sealed with the new key");
        }
    }
}

/// <param name="Key">The id of the key that seals from now on.</param>
/// <param name="Values">The number of values sealed again.</param>
/// <param name="Damaged">The number that no key opened.</param>
public sealed record Rotated(uint Key, long Values, int Damaged);
