using AlertBot.Configuration;
using AlertBot.Postgres;
using AlertBot.Postgres.Backups;
using AlertBot.Postgres.Cluster;
using AlertBot.Postgres.Migrations;
using AlertBot.Postgres.Vaults;
using NodaTime;
using Npgsql;

namespace AlertBot.Hosting;

/// <summary>The database in use: the connection string's, or a private cluster that runs while the program needs it.</summary>
public sealed partial class Storage : IAsyncDisposable
{
    private const string SystemDirectory = "/var/lib/alertbot";

    private readonly PrivateCluster? _cluster;
    private readonly SentJournal _journal;
    private readonly NpgsqlDataSource _quick;

    // Nothing was ever put into the database before this opened it, so it need not be emptied.
    private bool _isNew;

    private Storage(
        PrivateCluster? cluster, NpgsqlDataSource source, NpgsqlDataSource quick, Vault vault, string directory, BackupPlan backups, bool isNew)
    {
        (_cluster, _quick, _isNew) = (cluster, quick, isNew);
        Directory = directory;
        Backups = backups;
        _journal = new SentJournal(backups.Journal);
        Database = new Database(source, vault, SystemClock.Instance, _journal, quick);
    }

    /// <summary>How this database is backed up.</summary>
    public BackupPlan Backups { get; }

    public Database Database { get; }

    /// <summary>The directory of keys, attachments and the private cluster.</summary>
    public string Directory { get; }

    /// <summary>The version of the private cluster; null when the operator named a server.</summary>
    public string? PrivateVersion => _cluster?.Programs.Version;

    /// <summary>Opens the database. Prepares an empty one, and migrates an older one if that is allowed.</summary>
    /// <param name="directory">Replaces the data directory of the settings. The private cluster in it is then used, whatever the settings
    /// say.</param>
    /// <param name="mayMigrate">True for <c>serve</c> and <c>migrate</c>. Other verbs of a newer program must not change the database of an older
    /// one that is running.</param>
    /// <exception cref="OperatorProblem">The database cannot be opened; the message says why and what to do.</exception>
    public static async Task<Storage> OpenAsync(
        Ground ground, ILoggerFactory loggers, CancellationToken ct, string? directory = null, bool mayMigrate = false)
    {
        var ownDirectory = directory is not null;
        mayMigrate |= ownDirectory;
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
            source = DatabaseSource.Of(given ?? cluster!.ConnectionString);
            if (given is not null && !await OwnSession.IsGivenAsync(source, ct))
                throw new OperatorProblem(
                    "The database named in ConnectionStrings__AlertBot is behind a pooler that shares sessions (PgBouncer with pool_mode "
                    + "transaction). Locks hold nothing there, and two nodes would send the same. Name the server itself, or a pool with "
                    + "pool_mode session.");
            var migrator = new Migrator(source);
            var vault = await VaultAsync(ground, directory, migrator, ct);
            var backups = PlanOf(ground, given ?? cluster!.ConnectionString, directory);
            if (mayMigrate)
                await EnsureBackupKeyAsync(backups.KeyFile, ct);
            var isNew = await migrator.IsEmptyAsync(ct);
            await migrator.MigrateAsync(ct, pending => mayMigrate
                ? BeforeChangeAsync(backups, isOwn: ownDirectory, loggers, ct)
                : throw new MigrationProblem(
                    $"The database is of an older AlertBot: {string.Join(", ", pending)} would change it, and only 'serve' and 'migrate' do that. "
                    + "Stop the old program, then run: alertbot migrate"));
            if (await VaultCanary.CheckAsync(source, vault, ct) is { } wrongKeys)
                throw new VaultException(wrongKeys);
            if (mayMigrate)
                await SealOld.RunAsync(source, vault, ct);
            return new Storage(
                cluster, source, DatabaseSource.Quick(given ?? cluster!.ConnectionString), vault, directory, backups, isNew);
        }
        catch (Exception failure)
        {
            if (source is not null)
                await source.DisposeAsync();
            if (cluster is not null)
                await cluster.DisposeAsync();
            throw failure switch
            {
                ClusterProblem or MigrationProblem or VaultException or BackupProblem => new OperatorProblem(failure.Message),
                // Npgsql's message names host and user, never the password. Nothing more is known of an outage.
                NpgsqlException when given is not null => new OperatorProblem(
                    $"The database named in ConnectionStrings__AlertBot does not let us in: {failure.Message}"),
                IOException or UnauthorizedAccessException => new OperatorProblem(
                    $"The data directory {directory} cannot be used: {failure.Message} Is the disk full, or the directory another user's?"),
                _ => failure,
            };
        }
    }

    /// <summary>
    /// Starts the private cluster while law and texts are read, which takes as long. <see cref="OpenAsync"/> joins it, and says what is wrong if it
    /// does not start; the caller disposes of this afterwards.
    /// </summary>
    public static async Task<IAsyncDisposable?> StartEarlyAsync(string config, Settings settings, CancellationToken ct)
    {
        if (settings.ConnectionString is not null)
            return null;
        try
        {
            var directory = await PlaceAsync(config, settings, ct);
            return await PrivateCluster.StartAsync(new ClusterOptions { Directory = Path.Combine(directory, "postgres") }, ct);
        }
        catch (Exception problem) when (problem is ClusterProblem or OperatorProblem or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Runs one act of the command line and commits it.</summary>
    public async Task ActAsync(Func<Session, Task> act, CancellationToken ct)
    {
        await using var session = await Database.BeginAsync(ct);
        await act(session);
        await session.CommitAsync(ct);
    }

    /// <summary>Empties the database of a demo or a replay, which has a directory of its own.</summary>
    public async Task EmptyAsync(CancellationToken ct)
    {
        if (_isNew)
        {
            _isNew = false;
            return;
        }

        await using (var connection = await Database.Source.OpenConnectionAsync(ct))
        await using (var drop = new NpgsqlCommand(
            "drop schema if exists hangfire cascade; drop schema public cascade; create schema public", connection))
            await drop.ExecuteNonQueryAsync(ct);
        Database.ClearConnections();
        await new Migrator(Database.Source).MigrateAsync(ct);
        await VaultCanary.CheckAsync(Database.Source, Database.Vault, ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _quick.DisposeAsync();
        await Database.Source.DisposeAsync();
        Database.Vault.Dispose();
        _journal.Dispose();
        if (_cluster is not null)
            await _cluster.DisposeAsync();
    }

    /// <summary>
    /// The data directory, or another one if the private cluster cannot run there: the server's user cannot enter a clone under /root.
    /// </summary>
    public static Task<string> PlaceAsync(Ground ground, CancellationToken ct) => PlaceAsync(ground.Config, ground.Settings, ct);

    private static async Task<string> PlaceAsync(string config, Settings settings, CancellationToken ct)
    {
        var directory = Ground.DataDirectoryOf(config, settings);
        try
        {
            return settings.DataDirectory is null && await PrivateCluster.WhyNotAsync(Path.Combine(directory, "postgres"), ct) is not null
                ? SystemDirectory
                : directory;
        }
        catch (ClusterProblem problem)
        {
            throw new OperatorProblem(problem.Message);
        }
    }

    /// <summary>The path of the key file.</summary>
    public static string KeyFileOf(Ground ground, string directory) => ground.Settings.KeyFile ?? Path.Combine(directory, "master.key");

    public static BackupPlan PlanOf(Ground ground, string connection, string directory)
    {
        var settings = ground.Settings.Backup;
        return new BackupPlan(
            connection, KeyFileOf(ground, directory), settings.Directory ?? Path.Combine(directory, "backups"),
            settings.Journal ?? Path.Combine(directory, "journal"), settings.Keep, Duration.FromDays(settings.KeepDays), settings.At,
            typeof(Storage).Assembly.GetName().Version?.ToString(3) ?? "");
    }

    // Older key files have no backup key.
    private static async Task EnsureBackupKeyAsync(string keyFile, CancellationToken ct)
    {
        using var keys = VaultKeyFile.Read(keyFile);
        if (keys.Backup is not null)
            return;
        using var backup = BackupKey.New();
        await VaultKeyFile.ReplaceAsync(keyFile, keys with { Backup = backup }, ct);
    }

    // A demo's database is rebuilt each time and needs no backup.
    private static async Task BeforeChangeAsync(BackupPlan backups, bool isOwn, ILoggerFactory loggers, CancellationToken ct)
    {
        if (isOwn)
            return;
        try
        {
            var made = await backups.Maker.RunAsync(SystemClock.Instance.GetCurrentInstant(), ct);
            LogBackedUp(loggers.CreateLogger<Storage>(), made.File);
        }
        catch (BackupProblem problem)
        {
            throw new BackupProblem($"The database is of an older AlertBot, and is not changed without a backup. {problem.Message}", problem);
        }
    }

    [LoggerMessage(LogLevel.Information, "Backed up before the database is brought up to date: {File}")]
    private static partial void LogBackedUp(ILogger logger, string file);

    private static async Task<Vault> VaultAsync(Ground ground, string directory, Migrator migrator, CancellationToken ct)
    {
        var path = KeyFileOf(ground, directory);
        // An empty database holds nothing sealed, so a new key loses nothing.
        if (!File.Exists(path) && await migrator.IsEmptyAsync(ct))
        {
            System.IO.Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            try
            {
                VaultKeyFile.CreateNew(path);
            }
            catch (VaultException) when (File.Exists(path))
            {
                // Another process created the file first, so we use its key.
            }
        }

        return Vault.FromKeyFile(path);
    }
}
