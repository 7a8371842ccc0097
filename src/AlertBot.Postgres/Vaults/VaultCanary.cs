using System.Security.Cryptography;
using AlertBot.Postgres.Stores;
using Dapper;
using Npgsql;

namespace AlertBot.Postgres.Vaults;

/// <summary>
/// Checks that the keys belong to this database, by a row that only its own keys open. It runs before anything is read, since with wrong keys
/// everybody would look like a stranger.
/// </summary>
public static class VaultCanary
{
    private const string Column = "vault_canary.sealed";
    private const string Song = "alertbot";

    /// <summary>Checks the keys, and adds the row if there is none.</summary>
    /// <returns>Null if they belong to the database; else the reason, for the operator.</returns>
    public static async Task<string?> CheckAsync(NpgsqlDataSource source, Vault vault, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        return await RowAsync(connection, ct) is { } row ? WhyNot(row, vault) : await PutAsync(connection, vault, ct);
    }

    /// <summary>Checks the keys without writing.</summary>
    public static async Task<string?> CompareAsync(NpgsqlDataSource source, Vault vault, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        return await RowAsync(connection, ct) is { } row ? WhyNot(row, vault) : null;
    }

    private static Task<Row?> RowAsync(NpgsqlConnection connection, CancellationToken ct) => connection.QueryFirstOrDefaultAsync<Row>(
        new CommandDefinition("select id, sealed, lookup from vault_canary", cancellationToken: ct));

    private static string? WhyNot(Row row, Vault vault)
    {
        var files = vault.KeyFile is { } file ? $"The key file {file}" : "The key";
        try
        {
            if (vault.OpenText(Column, row.Id, row.Sealed) != Song)
                return $"{files} does not belong to this database.";
        }
        catch (VaultException)
        {
            return $"{files} does not belong to this database: what is stored was sealed with the key {Vault.KeyIdOf(row.Sealed):x8}, and the file "
                + $"holds {string.Join(", ", vault.KeyIds.Select(id => $"{id:x8}"))}. Put back the right one from your copy, or join two parts of it "
                + "(alertbot keys join).";
        }

        return vault.Lookup("canary", Song).AsSpan().SequenceEqual(row.Lookup)
            ? null
            : $"{files} opens what is stored, but its look-up key is another one: nobody would be found again. Put back the file as it was "
                + "before somebody edited it, or join two parts of it (alertbot keys join).";
    }

    // An older database has no canary. There an address shows whether the keys are right.
    private static async Task<string?> PutAsync(NpgsqlConnection connection, Vault vault, CancellationToken ct)
    {
        var address = await connection.QueryFirstOrDefaultAsync<AddressRow>(new CommandDefinition(
            "select id, channel, value, lookup from address where value is not null order by created_at limit 1", cancellationToken: ct));
        if (address is not null && WhyNot(address, vault) is { } problem)
            return problem;

        var id = Guid.CreateVersion7();
        await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into vault_canary (id, sealed, lookup, made_at) values (@id, @sealed, @lookup, clock_timestamp())
            on conflict (is_only) do nothing
            """,
            new { id, @sealed = vault.Seal(Column, id, Song), lookup = vault.Lookup("canary", Song) }, cancellationToken: ct));
        // Another node may have added the row first, with other keys.
        return WhyNot((await RowAsync(connection, ct))!, vault);
    }

    private static string? WhyNot(AddressRow row, Vault vault)
    {
        try
        {
            var lookup = vault.Lookup(AddressStore.LookupDomain, $"{row.Channel} {vault.OpenText("address.value", row.Id, row.Value)}");
            return CryptographicOperations.FixedTimeEquals(lookup, row.Lookup)
                ? null
                : "The key file opens what is stored, but nobody would be found by it: the key that made the look-up hashes must be the last one.";
        }
        catch (VaultException)
        {
            return $"The key file does not belong to this database: what is stored was sealed with the key {Vault.KeyIdOf(row.Value):x8}. Put back "
                + "the right one from your copy.";
        }
    }

    private sealed record Row(Guid Id, byte[] Sealed, byte[] Lookup);

    private sealed record AddressRow(Guid Id, string Channel, byte[] Value, byte[] Lookup);
}
