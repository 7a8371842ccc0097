using Npgsql;

namespace AlertBot.Postgres;

/// <summary>
/// Whether each connection is a session of the server, as advisory locks, notifications and timeouts need. Behind a pooler that shares sessions it is
/// not: two nodes would then both have the lock under which one sends.
/// </summary>
/// <remarks>https://www.pgbouncer.org/features.html#sql-feature-map-for-pooling-modes</remarks>
public static class OwnSession
{
    public static async Task<bool> IsGivenAsync(NpgsqlDataSource source, CancellationToken ct)
    {
        await using var one = await source.OpenConnectionAsync(ct);
        var before = await ProcessAsync(one, ct);
        // A pooler gives the session, which now does nothing, to the next transaction.
        await using var other = await source.OpenConnectionAsync(ct);
        await using var transaction = await other.BeginTransactionAsync(ct);
        return await ProcessAsync(other, ct) != before && await ProcessAsync(one, ct) == before;
    }

    private static async Task<int> ProcessAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var ask = new NpgsqlCommand("select pg_backend_pid()", connection);
        return (int)(await ask.ExecuteScalarAsync(ct))!;
    }
}
