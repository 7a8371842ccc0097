using Dapper;
using Npgsql;

namespace AlertBot.Postgres.Backups;

/// <summary>
/// Makes sure that what was deleted is nowhere any more: not in dead rows, not in the write-ahead log, and not in the copy of what no
/// backup holds. On a server of somebody else's the log goes when that server lets it go.
/// </summary>
public sealed class ForgetForGood(NpgsqlDataSource source)
{
    /// <summary>Larger tables would be locked for too long. What they hold is sealed, and its key is gone.</summary>
    private const long LargestTable = 64L << 20;

    // What carries words of people, or keys to them.
    private static readonly string[] Tables =
        [.. BackupTables.Erasable, .. BackupTables.Passing, "report", "incident_entry", "delivery", "digest_item"];

    /// <returns>Whether the server let the log go too.</returns>
    public async Task<bool> RunAsync(CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await ExecuteAsync(connection, "delete from reporter_address r where not exists (select from address a where a.id = r.address_id)", ct);
        foreach (var table in Tables)
        {
            var size = await connection.ExecuteScalarAsync<long>(new CommandDefinition(
                $"select pg_total_relation_size('{table}')", cancellationToken: ct));
            // A table that somebody holds for longer than this is done the next time.
            await ExecuteAsync(connection, "set lock_timeout = '2s'", ct);
            try
            {
                await ExecuteAsync(connection, size <= LargestTable ? $"vacuum full {table}" : $"vacuum {table}", ct);
            }
            finally
            {
                await ExecuteAsync(connection, "reset lock_timeout", CancellationToken.None);
            }
        }

        return await ClearLogAsync(connection, ct);
    }

    // The private cluster lets its user do so, and removes what it no longer needs.
    private static async Task<bool> ClearLogAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        try
        {
            await ExecuteAsync(connection, "select pg_switch_wal()", ct);
            await ExecuteAsync(connection, "checkpoint", ct);
            return true;
        }
        catch (PostgresException refusal) when (refusal.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            return false;
        }
    }

    private static Task<int> ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct) =>
        connection.ExecuteAsync(new CommandDefinition(sql, commandTimeout: 0, cancellationToken: ct));
}
