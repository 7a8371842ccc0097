using AlertBot.Postgres.Backups;
using AlertBot.Postgres.Cluster;
using AlertBot.Postgres.Migrations;
using AlertBot.Postgres.Vaults;
using Npgsql;

namespace AlertBot.Hosting;

/// <summary>An empty database into which a backup may be restored. A database with content is never touched.</summary>
internal sealed class EmptyPlace : IAsyncDisposable
{
    private readonly PrivateCluster? _cluster;
    private readonly string _connection;

    private EmptyPlace(PrivateCluster? cluster, string connection) => (_cluster, _connection) = (cluster, connection);

    /// <exception cref="OperatorProblem">The database cannot be opened, or is not empty.</exception>
    public static async Task<EmptyPlace> OpenAsync(Ground ground, string directory, ILoggerFactory loggers, CancellationToken ct)
    {
        PrivateCluster? cluster = null;
        try
        {
            cluster = ground.Settings.ConnectionString is null
                ? await PrivateCluster.StartAsync(
                    new ClusterOptions { Directory = Path.Combine(directory, "postgres"), Logger = loggers.CreateLogger<PrivateCluster>() }, ct)
                : null;
            var place = new EmptyPlace(cluster, ground.Settings.ConnectionString ?? cluster!.ConnectionString);
            await using var source = NpgsqlDataSource.Create(place._connection);
            return await new Migrator(source).IsEmptyAsync(ct) ? place : throw new OperatorProblem(
                "The database here is not empty, and a backup is restored into an empty place only. "
                + (cluster is null
                    ? "Name another one in ConnectionStrings__AlertBot."
                    : $"Move {directory} away, or name another Data__Directory."));
        }
        catch (Exception failure)
        {
            if (cluster is not null)
                await cluster.DisposeAsync();
            throw failure switch
            {
                ClusterProblem => new OperatorProblem(failure.Message),
                NpgsqlException when cluster is null => new OperatorProblem(
                    $"The database named in ConnectionStrings__AlertBot does not let us in: {failure.Message}"),
                _ => failure,
            };
        }
    }

    /// <summary>Restores the backup and writes its keys beside it. After a failure the database is as empty as before.</summary>
    /// <returns>The number of rows.</returns>
    public async Task<long> FillAsync(OpenBackup backup, string keyFile, KeyRing keys, CancellationToken ct)
    {
        var isNew = !File.Exists(keyFile);
        if (isNew)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(keyFile))!);
            VaultKeyFile.Create(keyFile, keys);
        }

        try
        {
            return await backup.RestoreAsync(_connection, ct);
        }
        catch
        {
            if (isNew)
                File.Delete(keyFile);
            await ClearAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await using (var pool = new NpgsqlConnection(_connection))
            NpgsqlConnection.ClearPool(pool);
        if (_cluster is not null)
            await _cluster.DisposeAsync();
    }

    // pg_restore undoes its own failed work. This removes a backup that was restored and then failed the checks.
    private async Task ClearAsync()
    {
        await using var connection = new NpgsqlConnection(_connection);
        await connection.OpenAsync();
        await using var drop = new NpgsqlCommand("drop schema public cascade; create schema public", connection);
        await drop.ExecuteNonQueryAsync();
    }
}
