using System.Diagnostics;
using Dapper;
using Npgsql;

namespace AlertBot.Postgres;

/// <summary>
/// A lock that one node in the cluster holds at a time, to poll a bot, pace its channel or run a job. It is free again when the
/// holder leaves, when its connection breaks, or when it gives no sign of life for <see cref="Silence"/>. Without that limit, a node that
/// is frozen or cut off would keep its connection and stop all others from sending.
/// </summary>
/// <remarks>https://www.postgresql.org/docs/15/runtime-config-client.html#GUC-IDLE-SESSION-TIMEOUT</remarks>
public sealed class ClusterLock : IAsyncDisposable
{
    /// <summary>After this much silence the server ends the holder's session.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan BetweenSigns = TimeSpan.FromSeconds(1.5);

    // A holder may freeze between its last check of the lock and the act that the lock permits. The rest of the silence covers that gap.
    private static readonly TimeSpan Sure = TimeSpan.FromSeconds(3);

    private readonly NpgsqlConnection _connection;
    private readonly long _key;
    private readonly SemaphoreSlim _asking = new(1);
    private readonly CancellationTokenSource _over = new();
    private readonly Task _signs;
    private long _lastSign;
    private volatile bool _isLost;

    private ClusterLock(NpgsqlConnection connection, long key, long lastSign)
    {
        (_connection, _key, _lastSign) = (connection, key, lastSign);
        _signs = GiveSignsOfLifeAsync();
    }

    /// <returns>Null while another node holds the lock.</returns>
    public static async Task<ClusterLock?> TryTakeAsync(NpgsqlDataSource source, string name, CancellationToken ct)
    {
        var key = System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(
            System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes("alertbot/lock/" + name)));
        var connection = await source.OpenConnectionAsync(ct);
        try
        {
            var asked = Stopwatch.GetTimestamp();
            var silence = $"{Silence.TotalMilliseconds:0}";
            var mine = await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
                """
                with taken as materialized (select pg_try_advisory_lock(@key) as mine)
                select mine, case when mine then set_config('idle_session_timeout', @silence, false) end from taken
                """,
                new { key, silence }, cancellationToken: ct));
            if (mine)
                return new ClusterLock(connection, key, asked);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }

        await connection.DisposeAsync();
        return null;
    }

    /// <summary>Asks the server whether we still hold the lock, which also is a sign of life. False once our connection is gone.</summary>
    public async Task<bool> IsHeldAsync(CancellationToken ct)
    {
        await _asking.WaitAsync(ct);
        try
        {
            return !_isLost && await AskAsync();
        }
        finally
        {
            _asking.Release();
        }
    }

    /// <summary>
    /// Whether no other node can hold the lock yet, judged by the last sign of life if that is recent. Ask it last before any act that only the
    /// holder may do, because this process may have been frozen since the check before.
    /// </summary>
    public async ValueTask<bool> IsSurelyHeldAsync(CancellationToken ct) => (!_isLost && Age < Sure) || await IsHeldAsync(ct);

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _signs;
        // A pooled connection keeps its session when it is returned, and with it the lock and the timeout.
        try
        {
            if (_connection.State == System.Data.ConnectionState.Open)
                await _connection.ExecuteAsync("select pg_advisory_unlock(@key); reset idle_session_timeout", new { key = _key });
        }
        catch (Exception gone) when (gone is NpgsqlException or IOException or InvalidOperationException)
        {
            // A lost connection has lost the lock, and must not return to the pool.
            NpgsqlConnection.ClearPool(_connection);
        }

        await _connection.DisposeAsync();
        _over.Dispose();
        _asking.Dispose();
    }

    private TimeSpan Age => Stopwatch.GetElapsedTime(Volatile.Read(ref _lastSign));

    // Uses the machine's time, as the server does, so that a program with a test's clock gives signs of life too.
    private async Task GiveSignsOfLifeAsync()
    {
        try
        {
            using var timer = new PeriodicTimer(BetweenSigns);
            while (!_isLost && await timer.WaitForNextTickAsync(_over.Token))
            {
                if (Age >= BetweenSigns / 2)
                    await IsHeldAsync(_over.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The holder leaves.
        }
    }

    private async Task<bool> AskAsync()
    {
        try
        {
            var asked = Stopwatch.GetTimestamp();
            // Never cancelled: a cancelled command may make the connection unusable, and with it the lock.
            await _connection.ExecuteScalarAsync<int>(new CommandDefinition("select 1", commandTimeout: 5));
            Volatile.Write(ref _lastSign, asked);
            return true;
        }
        catch (Exception gone) when (gone is NpgsqlException or IOException or InvalidOperationException)
        {
            _isLost = true;
            return false;
        }
    }
}
