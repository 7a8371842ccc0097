using Dapper;
using Npgsql;

namespace AlertBot.Postgres;

/// <summary>
/// A lock that one node in the cluster holds at a time, to poll a bot or pace its channel. It is free again when the
/// holder leaves or its connection breaks.
/// </summary>
public sealed class ClusterLock : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly long _key;

    private ClusterLock(NpgsqlConnection connection, long key) => (_connection, _key) = (connection, key);

    /// <returns>Null while another holds it.</returns>
    public static async Task<ClusterLock?> TryTakeAsync(NpgsqlDataSource source, string name, CancellationToken ct)
    {
        var key = System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(
            System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes("alertbot/lock/" + name)));
        var connection = await source.OpenConnectionAsync(ct);
        try
        {
            var mine = await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
                "select pg_try_advisory_lock(@key)", new { key }, cancellationToken: ct));
            if (mine)
                return new ClusterLock(connection, key);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }

        await connection.DisposeAsync();
        return null;
    }

    /// <summary>Whether we still hold it: false once the connection that holds it is gone.</summary>
    public async Task<bool> IsHeldAsync(CancellationToken ct)
    {
        try
        {
            return await _connection.ExecuteScalarAsync<int>(new CommandDefinition("select 1", commandTimeout: 5, cancellationToken: ct)) == 1;
        }
        catch (Exception gone) when (gone is NpgsqlException or IOException or InvalidOperationException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        // A pooled connection keeps its session, and with it the lock, when it is returned.
        try
        {
            if (_connection.State == System.Data.ConnectionState.Open)
                await _connection.ExecuteAsync("select pg_advisory_unlock(@key)", new { key = _key });
        }
        catch (Exception gone) when (gone is NpgsqlException or IOException or InvalidOperationException)
        {
            // A lost connection loses the lock, and must not go back to the pool.
            NpgsqlConnection.ClearPool(_connection);
        }

        await _connection.DisposeAsync();
    }
}
