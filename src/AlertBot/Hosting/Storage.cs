using AlertBot.Postgres;
using AlertBot.Postgres.Cluster;
using AlertBot.Postgres.Migrations;
using AlertBot.Postgres.Vaults;
using NodaTime;
using Npgsql;

namespace AlertBot.Hosting;

/// <summary>The database in use: that of the connection string, or a private cluster that runs as long as it is needed.</summary>
public sealed class Storage : IAsyncDisposable
{
    private const string SystemDirectory = "/var/lib/alertbot";

    private readonly PrivateCluster? _cluster;

    private Storage(PrivateCluster? cluster, NpgsqlDataSource source, Vault vault, string directory)
    {
        _cluster = cluster;
        Directory = directory;
        Database = new Database(source, vault, SystemClock.Instance);
    }

    public Database Database { get; }

    /// <summary>The directory of keys, attachments and the private cluster.</summary>
    public string Directory { get; }

    /// <summary>The version of the private cluster; null when the operator named a server.</summary>
    public string? PrivateVersion => _cluster?.Programs.Version;

    /// <summary>Opens the database and brings it up to date.</summary>
    /// <param name="directory">Replaces the data directory of the settings. The private cluster in it is then used, whatever the settings
    /// say.</param>
    /// <exception cref="OperatorProblem">It cannot be; the message says why and what to do.</exception>
    public static async Task<Storage> OpenAsync(Ground ground, ILoggerFactory loggers, CancellationToken ct, string? directory = null)
    {
        var given = directory is null ? ground.Settings.ConnectionString : null;
        directory ??= given is null ? await PlaceAsync(ground, ct) : ground.DataDirectory;
        PrivateCluster? cluster = null;
        NpgsqlDataSource? source = null;
        try
        {
            cluster = given is null
                ? await PrivateCluster.StartAsync(
                    new ClusterOptions { Directory = Path.Combine(directory, "postgres"), Logger = loggers.CreateLogger<PrivateCluster>() }, ct)
                : null;
            source = SourceOf(given ?? cluster!.ConnectionString);
            var migrator = new Migrator(source);
            var vault = await VaultAsync(ground, directory, migrator, ct);
            await migrator.MigrateAsync(ct);
            return new Storage(cluster, source, vault, directory);
        }
        catch (Exception failure)
        {
            if (source is not null)
                await source.DisposeAsync();
            if (cluster is not null)
                await cluster.DisposeAsync();
            throw failure switch
            {
                ClusterProblem or MigrationProblem or VaultException => new OperatorProblem(failure.Message),
                // Npgsql's sentence names host and user, never the password; of an outage no more is known.
                NpgsqlException when given is not null => new OperatorProblem(
                    $"The database named in ConnectionStrings__AlertBot does not let us in: {failure.Message}"),
                _ => failure,
            };
        }
    }

    /// <summary>Empties the database: for demos and replays, in a directory of their own.</summary>
    public async Task EmptyAsync(CancellationToken ct)
    {
        await using (var connection = await Database.Source.OpenConnectionAsync(ct))
        await using (var drop = new NpgsqlCommand(
            "drop schema if exists hangfire cascade; drop schema public cascade; create schema public", connection))
            await drop.ExecuteNonQueryAsync(ct);
        Database.Source.Clear();
        await new Migrator(Database.Source).MigrateAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        await Database.Source.DisposeAsync();
        Database.Vault.Dispose();
        if (_cluster is not null)
            await _cluster.DisposeAsync();
    }

    /// <summary>The data directory, or another one where it cannot work: the user of the server cannot enter a clone under /root.</summary>
    public static async Task<string> PlaceAsync(Ground ground, CancellationToken ct)
    {
        try
        {
            return ground.Settings.DataDirectory is null
                && await PrivateCluster.WhyNotAsync(Path.Combine(ground.DataDirectory, "postgres"), ct) is not null
                ? SystemDirectory
                : ground.DataDirectory;
        }
        catch (ClusterProblem problem)
        {
            throw new OperatorProblem(problem.Message);
        }
    }

    // No logger: of a failing command Npgsql may log the row.
    private static NpgsqlDataSource SourceOf(string connectionString)
    {
        var builder = new NpgsqlDataSourceBuilder(connectionString) { Name = "alertbot" };
        // Npgsql would begin each use of a pooled connection with "discard all", which is half of what an idle program commits.
        // We leave nothing behind in a session but advisory locks, and their holders release them.
        builder.ConnectionStringBuilder.NoResetOnClose = true;
        // A node that is frozen or cut off in the middle of a transaction would keep its rows locked for the others.
        const string GiveUp = "set idle_in_transaction_session_timeout = '10s'";
        builder.UsePhysicalConnectionInitializer(
            connection =>
            {
                using var command = new NpgsqlCommand(GiveUp, connection);
                command.ExecuteNonQuery();
            },
            async connection =>
            {
                await using var command = new NpgsqlCommand(GiveUp, connection);
                await command.ExecuteNonQueryAsync();
            });
        return builder.Build();
    }

    private static async Task<Vault> VaultAsync(Ground ground, string directory, Migrator migrator, CancellationToken ct)
    {
        var path = ground.Settings.KeyFile ?? Path.Combine(directory, "master.key");
        // In an empty database nothing is sealed yet, so a new key loses nothing.
        if (!File.Exists(path) && await migrator.IsEmptyAsync(ct))
        {
            System.IO.Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            try
            {
                VaultKeyFile.CreateNew(path);
            }
            catch (VaultException) when (File.Exists(path))
            {
                // Another process began at the same moment and was first, so we use its key.
            }
        }

        return Vault.FromKeyFile(path);
    }
}
