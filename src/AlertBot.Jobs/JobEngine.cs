using AlertBot.Domain.Jobs;
using Hangfire;
using Hangfire.Common;
using Hangfire.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NodaTime;
using Npgsql;

namespace AlertBot.Jobs;

/// <summary>Starts the engine on this node with the jobs that the code names. It stops the engine together with its running jobs.</summary>
public sealed class JobEngine(
    IServiceProvider services, IServiceScopeFactory scopes, NpgsqlDataSource database, IClock clock, JobSettings settings)
    : IHostedService, IDisposable
{
    /// <summary>A node that has not checked in for so long is dead.</summary>
    private static readonly TimeSpan SilentFor = 4 * JobWorkers.CheckIn;

    private BackgroundJobServer? _started;
    private bool _hasTables;
    private Instant _seen = Instant.MinValue;

    // Resolved late: it makes the engine's tables, which one node does at a time.
    private JobStorage Storage => services.GetRequiredService<JobStorage>();

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await ListAsync(cancellationToken);
        _hasTables = true;
        _started = JobWorkers.Start(services, Storage, settings, clock);
    }

    /// <summary>Plans anew what would wait for the time that this node's clock showed before it went back. Looks once.</summary>
    public async Task LookAtClockAsync(CancellationToken ct)
    {
        var now = clock.GetCurrentInstant();
        if (_started is not null && now + EngineSchedule.Slack < _seen)
            await ListAsync(ct);
        _seen = now;
    }

    /// <summary>
    /// Mends what is damaged in the engine's tables: runs that nobody can read, and jobs that do not run any more for what is stored of them.
    /// </summary>
    /// <returns>Whether anything was.</returns>
    public async Task<bool> MendAsync(CancellationToken ct)
    {
        if (_started is null)
            return false;
        var runs = await Task.Run(() => StoredRuns.DropUnreadable(database) + StoredJobs.BringBack(database, clock.GetCurrentInstant()), ct);
        if (!await AskAsync(storage => { using var connection = storage.GetConnection(); return StoredJobs.AreDamaged(connection); }, ct))
            return runs > 0;
        await ListAsync(ct);
        return true;
    }

    /// <summary>Asks running jobs to stop and waits for them. Another node repeats what is not done.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _started, null) is not { } server)
            return;

        server.SendStop();
        await server.WaitForShutdownAsync(cancellationToken);
        server.Dispose();
    }

    public void Dispose() => _started?.Dispose();

    /// <summary>Whether any node of the cluster is at work now. A program that runs none itself may ask too.</summary>
    public async Task<bool> IsRunningAsync(CancellationToken ct)
    {
        var silent = clock.GetCurrentInstant().ToDateTimeUtc() - SilentFor;
        return await AskAsync(storage => storage.GetMonitoringApi().Servers().Any(node => node.Heartbeat > silent), ct);
    }

    /// <summary>The jobs the cluster has on its list, by name.</summary>
    public Task<IReadOnlyList<PlannedJob>> PlannedAsync(CancellationToken ct) => AskAsync(IReadOnlyList<PlannedJob> (storage) =>
    {
        using var connection = storage.GetConnection();
        return [.. StoredJobs.Read(connection)
            .Select(job => new PlannedJob(job.Key, job.Value?.NextExecution is { } at ? Instant.FromDateTimeUtc(at) : null))
            .OrderBy(job => job.Name, StringComparer.Ordinal)];
    }, ct);

    private async Task<T> AskAsync<T>(Func<JobStorage, T> question, CancellationToken ct)
    {
        if (!_hasTables)
            await database.OneNodeAtATimeAsync(() => Task.Run(() => Storage, ct), ct);
        _hasTables = true;
        return await Task.Run(() => question(Storage), ct);
    }

    private async Task ListAsync(CancellationToken ct)
    {
        await database.OneNodeAtATimeAsync(() => Task.Run(ClearTheWay, ct), ct);
        await database.OneNodeAtATimeAsync(() => Task.Run(Enlist, ct), ct);
    }

    // The engine takes a lock for left behind once it is old. One that a killed node took while the clock was ahead would not be so for as long as it
    // was ahead.
    private void ClearTheWay()
    {
        _ = Storage;
        _ = StoredRuns.DropUnreadable(database);
        _ = StoredJobs.BringBack(database, clock.GetCurrentInstant());
        using var command = database.CreateCommand($"delete from {JobServices.Schema}.lock where acquired > now() + interval '1 minute'");
        command.ExecuteNonQuery();
    }

    // A stored job that is as the code wants it stays: set anew it would run at once.
    private void Enlist()
    {
        using var scope = scopes.CreateScope();
        var jobs = JobList.Check(scope.ServiceProvider.GetServices<IRecurringJob>());
        // The plan and the engine use the same moment: an interval that began a second ago would first run a whole interval later.
        var now = clock.GetCurrentInstant();
        var list = new RecurringJobManager(Storage, JobFilterProviders.Providers, new DefaultTimeZoneResolver(), () => now.ToDateTimeUtc());
        using var connection = Storage.GetConnection();
        var stored = StoredJobs.Read(connection);
        RecurringJobDto? Kept(IRecurringJob job) => stored.GetValueOrDefault(job.Name) is { } old && !EngineSchedule.IsTooFarAhead(job, old, now)
            ? old
            : null;

        // Set anew beside what is stored of it, a job that is planned too far ahead would be planned after its last run again, and one that fell off
        // the list would not come back.
        foreach (var name in stored.Keys.Union(jobs.Select(job => job.Name)).Except(jobs.Where(job => Kept(job) is not null).Select(job => job.Name)))
            list.RemoveIfExists(name);
        DropRunsOf(name => jobs.All(job => job.Name != name));

        foreach (var job in jobs.Where(job => !EngineSchedule.IsAsStored(job, settings, Kept(job))))
            list.AddOrUpdate(job.Name, EngineSchedule.Detail(job, settings), EngineSchedule.Cron(job, now), EngineSchedule.Options(job));
    }

    // Removing a job does not remove its runs that wait or that are to be repeated.
    private void DropRunsOf(Func<string?, bool> isForgotten)
    {
        const int Most = 1000;
        var monitor = Storage.GetMonitoringApi();
        var waiting = new[] { JobQueues.Critical, JobQueues.Default }
            .SelectMany(queue => monitor.EnqueuedJobs(queue, 0, Most))
            .Where(run => isForgotten(EngineSchedule.NameOf(run.Value.Job))).Select(run => run.Key)
            .Concat(monitor.ScheduledJobs(0, Most).Where(run => isForgotten(EngineSchedule.NameOf(run.Value.Job))).Select(run => run.Key));

        var client = new BackgroundJobClient(Storage);
        foreach (var run in waiting.ToList())
            client.Delete(run);
    }
}

/// <summary>A job on the cluster's list.</summary>
/// <param name="Next">When it runs next; null when the engine has given it up, and somebody must look.</param>
public sealed record PlannedJob(string Name, Instant? Next);
