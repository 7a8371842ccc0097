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

    /// <summary>A table that somebody holds is tried again, after the others.</summary>
    private const int Rounds = 3;

    // What carries words of people, or keys to them.
    private static readonly string[] Tables =
        [.. BackupTables.Erasable, .. BackupTables.Passing, "report", "incident_entry", "delivery", "digest_item"];

    /// <returns>Whether all tables were written anew. If not, somebody holds one of them: do it again.</returns>
    public async Task<bool> RunAsync(CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await ExecuteAsync(connection, "delete from reporter_address r where not exists (select from address a where a.id = r.address_id)", ct);
        IReadOnlyList<string> left = Tables;
        for (var round = 0; round < Rounds && left.Count > 0; round++)
            left = await RewriteAsync(connection, left, ct);
        await ClearLogAsync(connection, ct);
        return left.Count == 0;
    }

    /// <returns>Those that somebody holds.</returns>
    private static async Task<IReadOnlyList<string>> RewriteAsync(NpgsqlConnection connection, IReadOnlyList<string> tables, CancellationToken ct)
    {
        var held = new List<string>();
        foreach (var table in tables)
        {
            var size = await connection.ExecuteScalarAsync<long>(new CommandDefinition(
                $"select pg_total_relation_size('{table}')", cancellationToken: ct));
            // While this waits, everybody who wants the table waits behind it.
            await ExecuteAsync(connection, "set lock_timeout = '2s'", ct);
            try
            {
                await ExecuteAsync(connection, size <= LargestTable ? $"vacuum full {table}" : $"vacuum {table}", ct);
            }
            catch (PostgresException refusal) when (refusal.SqlState == PostgresErrorCodes.LockNotAvailable)
            {
                held.Add(table);
            }
            finally
            {
                await ExecuteAsync(connection, "reset lock_timeout", CancellationToken.None);
            }
        }

        return held;
    }

    // The private cluster lets its user do so, and removes what it no longer needs.
    private static async Task ClearLogAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        try
        {
            // Dapper takes a single word for the name of a procedure: hence the semicolon below.
            await ExecuteAsync(connection, "select pg_switch_wal()", ct);
            await ExecuteAsync(connection, "checkpoint;", ct);
        }
        catch (PostgresException refusal) when (refusal.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            // A server of somebody else's clears its log in its own time.
        }
    }

    private static Task<int> ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct) =>
        connection.ExecuteAsync(new CommandDefinition(sql, commandTimeout: 0, cancellationToken: ct));
}
