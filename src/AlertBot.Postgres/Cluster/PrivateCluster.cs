using Microsoft.Extensions.Logging;
using Npgsql;

namespace AlertBot.Postgres.Cluster;

/// <summary>
/// A PostgreSQL server of our own, run with the installed programs, for operators who have none. Several nodes may share a directory: the first
/// starts the server, the last stops it, and any node that finds it dead starts it again. Killing nodes or server loses no committed data.
/// </summary>
public sealed partial class PrivateCluster : IAsyncDisposable
{
    private readonly ClusterOptions _options;
    private readonly Server _server;
    private readonly FileLock _use;
    private readonly CancellationTokenSource _leaving = new();
    private readonly Task _watch;
    private int _left;

    private PrivateCluster(ClusterOptions options, Server server, FileLock use)
    {
        _options = options;
        _server = server;
        _use = use;
        _watch = options.Watch > TimeSpan.Zero ? WatchAsync(_leaving.Token) : Task.CompletedTask;
    }

    /// <summary>Opens the program's database. Holds a password: never log it.</summary>
    public string ConnectionString => _server.ConnectionString;

    public string Directory => _server.Place.Root;

    public PostgresPrograms Programs => _server.Programs;

    /// <summary>The user that the server runs as.</summary>
    public string RunsAs => _server.Account.Name;

    internal Server Server => _server;

    /// <summary>Why a cluster cannot live in this directory (the user to which root hands the server cannot reach it); null if it can.</summary>
    public static async Task<string?> WhyNotAsync(string directory, CancellationToken ct)
    {
        var place = new ClusterPlace(directory);
        return await ClusterPlace.ReachAsync(place.Root, await ServerAccount.ForAsync(place.Root, ct), ct);
    }

    /// <summary>Creates the cluster and starts its server if needed, and joins it.</summary>
    /// <exception cref="ClusterProblem">The cluster cannot be used; the message says why and what to do.</exception>
    public static async Task<PrivateCluster> StartAsync(ClusterOptions options, CancellationToken ct)
    {
        if (OperatingSystem.IsWindows())
            throw new ClusterProblem("A private PostgreSQL needs Unix sockets. On Windows name a server in ConnectionStrings__AlertBot.");

        var place = new ClusterPlace(options.Directory);
        var account = await ServerAccount.ForAsync(place.Root, ct);
        var programs = await PostgresPrograms.FindAsync(place.Major, options.Programs, ct);
        await place.PrepareAsync(account, ct);

        using var starting = await LockStartAsync(place, options, ct);
        var server = await Server.OpenAsync(place, account, programs, options, ct);
        using (var alone = FileLock.TryAlone(place.UseLock))
            await server.EnsureRunningAsync(othersUseIt: alone is null, ct);

        var use = await FileLock.SharedAsync(place.UseLock, options.StartWithin, options.Clock, ct)
            ?? throw new ClusterProblem($"The lock {place.UseLock} is held by something that is not AlertBot.");
        LogJoined(options.Logger, place.Root, programs.Version, account.Name);
        return new PrivateCluster(options, server, use);
    }

    /// <summary>Ends the server, whoever uses it, and removes all that it kept. There is no way back.</summary>
    /// <exception cref="ClusterProblem">The directory is not of a private cluster, or something in it cannot be removed.</exception>
    public static async Task DestroyAsync(string directory, CancellationToken ct)
    {
        var place = new ClusterPlace(directory);
        if (!System.IO.Directory.Exists(place.Root))
            return;
        if (!File.Exists(place.Marker))
            throw new ClusterProblem($"The directory {place.Root} is not AlertBot's; it is left alone.");

        try
        {
            // Whoever watches over the server waits for this lock, and then finds nothing that it could start again.
            using var starting = File.Exists(place.StartLock)
                ? await FileLock.AloneAsync(place.StartLock, TimeSpan.FromSeconds(10), TimeProvider.System, ct)
                : null;
            await StopAtOnceAsync(place, ct);
            System.IO.Directory.Delete(place.Root, recursive: true);
            if (System.IO.Directory.Exists(place.Sockets))
                System.IO.Directory.Delete(place.Sockets, recursive: true);
        }
        catch (Exception refusal) when (refusal is UnauthorizedAccessException or IOException)
        {
            throw new ClusterProblem($"The directory {place.Root} cannot be removed: {refusal.Message}", refusal);
        }
    }

    // Politely first: what is killed leaves shared memory behind. Without its programs, and when it does not listen, it is killed.
    private static async Task StopAtOnceAsync(ClusterPlace place, CancellationToken ct)
    {
        try
        {
            var programs = await PostgresPrograms.FindAsync(place.Major, null, ct);
            var account = await ServerAccount.ForAsync(place.Root, ct);
            await ServerCommand.RunAsync(
                account, [programs.Program("pg_ctl"), "stop", "-D", place.Data, "-m", "immediate", "-w", "-t", "10"], place.Root, ct: ct);
        }
        catch (ClusterProblem)
        {
            // The next lines do without.
        }

        await ServerProcess.ClearLeftoversAsync(place, TimeSpan.Zero, TimeProvider.System, ct);
    }

    /// <summary>Leaves; the last one stops the server.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _left, 1) == 1)
            return;

        await _leaving.CancelAsync();
        await _watch;
        _leaving.Dispose();
        if (!File.Exists(_server.Place.StartLock))
        {
            // It was destroyed meanwhile.
            _use.Dispose();
            return;
        }

        using var starting = await LockStartAsync(_server.Place, _options, CancellationToken.None);
        _use.Dispose();
        // A process that is starting at this moment briefly holds copies of our handles, so look twice.
        using var last = await FileLock.AloneAsync(
            _server.Place.UseLock, TimeSpan.FromMilliseconds(200), _options.Clock, CancellationToken.None);
        if (last is null)
            return;

        await _server.StopAsync(CancellationToken.None);
        LogStopped(_options.Logger, _server.Place.Root);
    }

    public override string ToString() => $"(private cluster in {Directory})";

    private static async Task<FileLock> LockStartAsync(ClusterPlace place, ClusterOptions options, CancellationToken ct) =>
        await FileLock.AloneAsync(place.StartLock, options.StartWithin, options.Clock, ct)
        ?? throw new ClusterProblem(
            $"Another AlertBot has been starting or stopping the database in {place.Root} for {options.StartWithin.TotalSeconds:0} seconds. "
            + "Look at its log.");

    private async Task WatchAsync(CancellationToken leaving)
    {
        using var timer = new PeriodicTimer(_options.Watch, _options.Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(leaving))
                await LookAsync(leaving);
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            // Leaving cancels the watch.
        }
    }

    private async Task LookAsync(CancellationToken leaving)
    {
        try
        {
            if (await _server.IsThereAsync(leaving))
                return;

            LogDown(_options.Logger, Directory);
            using var starting = await LockStartAsync(_server.Place, _options, leaving);
            await _server.EnsureRunningAsync(othersUseIt: true, leaving);
            LogUpAgain(_options.Logger, Directory);
        }
        catch (Exception failure) when (failure is ClusterProblem or NpgsqlException or IOException or UnauthorizedAccessException)
        {
            // The next look tries again, since a full disk may be freed or a package reinstalled.
            LogStillDown(_options.Logger, Directory, failure.Message);
        }
    }

    [LoggerMessage(LogLevel.Information, "Using the private PostgreSQL {Version} in {Directory}, which runs as {Account}")]
    private static partial void LogJoined(ILogger logger, string directory, string version, string account);

    [LoggerMessage(LogLevel.Information, "Stopped the private PostgreSQL in {Directory}")]
    private static partial void LogStopped(ILogger logger, string directory);

    [LoggerMessage(LogLevel.Warning, "The private PostgreSQL in {Directory} is gone; starting it again")]
    private static partial void LogDown(ILogger logger, string directory);

    [LoggerMessage(LogLevel.Warning, "The private PostgreSQL in {Directory} is up again")]
    private static partial void LogUpAgain(ILogger logger, string directory);

    [LoggerMessage(LogLevel.Error, "The private PostgreSQL in {Directory} does not start: {Reason}")]
    private static partial void LogStillDown(ILogger logger, string directory, string reason);
}
