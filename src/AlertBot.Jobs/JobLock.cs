using Npgsql;

namespace AlertBot.Jobs;

/// <summary>
/// Keeps a job from running beside itself, for an engine that does not see to that. It ends with its connection, and the server
/// looks every few seconds whether a node without power or network is still at the other end.
/// </summary>
public sealed class JobLock : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly string _job;

    private JobLock(NpgsqlConnection connection, string job) => (_connection, _job) = (connection, job);

    /// <returns>Null when somebody has it.</returns>
    public static async Task<JobLock?> TryTakeAsync(NpgsqlDataSource database, string job, CancellationToken ct)
    {
        var connection = await database.OpenConnectionAsync(ct);
        try
        {
            await using var command = new NpgsqlCommand(
                """
                select pg_try_advisory_lock(hashtextextended('job ' || $1, 0)),
                       set_config('tcp_keepalives_idle', '5', false),
                       set_config('tcp_keepalives_interval', '2', false),
                       set_config('tcp_keepalives_count', '3', false)
                """,
                connection)
            {
                Parameters = { new NpgsqlParameter { Value = job } },
            };
            if ((bool)(await command.ExecuteScalarAsync(ct))!)
                return new JobLock(connection, job);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }

        await connection.DisposeAsync();
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        // A pooled connection would keep the lock until it is used again.
        await using var connection = _connection;
        await using var command = new NpgsqlCommand("select pg_advisory_unlock(hashtextextended('job ' || $1, 0))", connection)
        {
            Parameters = { new NpgsqlParameter { Value = _job } },
        };
        await command.ExecuteNonQueryAsync();
    }
}
