using System.Diagnostics;
using NodaTime;
using Npgsql;

namespace AlertBot.Jobs;

/// <summary>
/// Keeps a job from running twice at the same time. The lock ends with its connection, and the server checks every few seconds
/// that the node at the other end still has power and network.
/// </summary>
public sealed class JobLock : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly NpgsqlConnection _connection;
    private readonly string _job;

    private JobLock(NpgsqlConnection connection, string job) => (_connection, _job) = (connection, job);

    /// <returns>Null when somebody has it.</returns>
    public static async Task<JobLock?> TryTakeAsync(NpgsqlDataSource database, string job, CancellationToken ct)
    {
        var connection = await database.OpenConnectionAsync(ct);
        try
        {
            // These settings alone make the server give up on a holder: the lock is only as good as they are.
            await using var command = new NpgsqlCommand(
                """
                select pg_try_advisory_lock(hashtextextended('job ' || $1, 0)),
                       set_config('tcp_keepalives_idle', '3', false),
                       set_config('tcp_keepalives_interval', '1', false),
                       set_config('tcp_keepalives_count', '3', false),
                       set_config('tcp_user_timeout', '6000', false)
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

    /// <summary>Waits for it.</summary>
    /// <returns>Null when somebody else holds it all the while.</returns>
    public static async Task<JobLock?> TakeWithinAsync(NpgsqlDataSource database, string job, Duration patience, CancellationToken ct)
    {
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            if (await TryTakeAsync(database, job, ct) is { } taken)
                return taken;
            if (Stopwatch.GetElapsedTime(start) > patience.ToTimeSpan())
                return null;
            await Task.Delay(Pause, ct);
        }
    }

    public async ValueTask DisposeAsync()
    {
        // A pooled connection keeps its session, and with it the lock, when it is returned.
        await using var connection = _connection;
        try
        {
            await using var command = new NpgsqlCommand("select pg_advisory_unlock(hashtextextended('job ' || $1, 0))", connection)
            {
                Parameters = { new NpgsqlParameter { Value = _job } },
            };
            await command.ExecuteNonQueryAsync();
        }
        catch (Exception gone) when (gone is NpgsqlException or IOException or InvalidOperationException)
        {
            // A lost connection loses the lock, and must not go back to the pool. The result of the run stays.
            NpgsqlConnection.ClearPool(connection);
        }
    }
}
