using Npgsql;

namespace AlertBot.Jobs;

/// <summary>Makes nodes that start together list their jobs one after the other. Otherwise both would find a job missing and add it.</summary>
public static class StartLock
{
    /// <summary>The number of the advisory lock: any that nothing else in this database uses.</summary>
    private const long Key = 0x416C_6572_744A_6F62;

    /// <summary>Does the work on one node at a time. The lock ends with the transaction.</summary>
    public static async Task OneNodeAtATimeAsync(this NpgsqlDataSource database, Func<Task> work, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        // The work goes on over other connections, and may take longer than a transaction of ours may be idle.
        await using var command = new NpgsqlCommand(
            $"set local idle_in_transaction_session_timeout = '5min'; select pg_advisory_xact_lock({Key})", connection, transaction);
        await command.ExecuteNonQueryAsync(ct);

        await work();

        await transaction.CommitAsync(ct);
    }
}
