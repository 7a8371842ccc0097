using System.Diagnostics;
using Dapper;
using Npgsql;

namespace AlertBot.Postgres;

/// <summary>
/// A lock that one node in the cluster holds at a time, to poll a bot, pace its channel or run a job. It is free again when the
/// holder leaves, when its connection breaks, and when it gives no sign of life for <see cref="Silence"/>. A node that is frozen
/// or cut off keeps its connection, and with it would keep all others from sending.
/// </summary>
/// <remarks>https://www.postgresql.org/docs/15/runtime-config-client.html#GUC-IDLE-SESSION-TIMEOUT</remarks>
public sealed class ClusterLock : IAsyncDisposable
{
    /// <summary>After so much silence the server ends the holder's session.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan BetweenSigns = TimeSpan.FromSeconds(1.5);

    // A holder may be frozen between a look at the lock and the act that it permits. What is left of the silence is for that.
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

    /// <returns>Null while another holds it.</returns>
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

    /// <summary>Asks the server whether we still hold it, which is a sign of life too: false once the connection that holds it is gone.</summary>
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
    /// Whether nobody else can hold it by now, from the last sign of life if that is young enough. Whoever does what only the holder
    /// may do looks here last: a process that was frozen meanwhile must not go on as if nothing had happened.
    /// </summary>
    public async ValueTask<bool> IsSurelyHeldAsync(CancellationToken ct) => (!_isLost && Age < Sure) || await IsHeldAsync(ct);

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _signs;
        // A pooled connection keeps its session, and with it the lock and its timeout, when it is returned.
        try
        {
            if (_connection.State == System.Data.ConnectionState.Open)
                await _connection.ExecuteAsync("select pg_advisory_unlock(@key); reset idle_session_timeout", new { key = _key });
        }
        catch (Exception gone) when (gone is NpgsqlException or IOException or InvalidOperationException)
        {
            // A lost connection loses the lock, and must not go back to the pool.
            NpgsqlConnection.ClearPool(_connection);
        }

        await _connection.DisposeAsync();
        _over.Dispose();
        _asking.Dispose();
    }

    private TimeSpan Age => Stopwatch.GetElapsedTime(Volatile.Read(ref _lastSign));

    // By the time of the machine, as the server counts: a program whose clock is a test's gives its signs too.
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
            // Not to be cancelled: a cancelled command may leave the connection unusable, and with it the lock.
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
