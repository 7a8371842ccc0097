using AlertBot.Domain.Jobs;
using AlertBot.Jobs;
using Hangfire;
using Hangfire.Common;
using Hangfire.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NodaTime;
using Npgsql;

namespace AlertBot.Hangfire;

/// <summary>Starts the engine on this node with the jobs the code names, and stops it with the jobs that are running.</summary>
internal sealed class HangfireEngine(
    IServiceProvider services, IServiceScopeFactory scopes, NpgsqlDataSource database, IClock clock, JobSettings settings)
    : IHostedService, IJobEngine, IDisposable
{
    /// <summary>A node that has not checked in for so long is dead.</summary>
    private static readonly TimeSpan SilentFor = 5 * HangfireJobs.CheckIn;

    private BackgroundJobServer? _started;

    public string Name => "hangfire";

    // Asked for late: making it makes its tables, which is for one node at a time.
    private JobStorage Storage => services.GetRequiredService<JobStorage>();

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await database.OneNodeAtATimeAsync(() => Task.Run(Enlist, cancellationToken), cancellationToken);
        _started = new BackgroundJobServer(HangfireJobs.Server(services, settings), Storage);
    }

    /// <summary>Asks running jobs to stop and waits for them; what is not done is done again by another node.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _started, null) is not { } server)
            return;

        server.SendStop();
        await server.WaitForShutdownAsync(cancellationToken);
        server.Dispose();
    }

    public void Dispose() => _started?.Dispose();

    public Task<bool> IsRunningAsync(CancellationToken ct)
    {
        var silent = clock.GetCurrentInstant().ToDateTimeUtc() - SilentFor;
        return Task.Run(() => Storage.GetMonitoringApi().Servers().Any(node => node.Heartbeat > silent), ct);
    }

    public Task<IReadOnlyList<PlannedJob>> PlannedAsync(CancellationToken ct) => Task.Run(IReadOnlyList<PlannedJob> () =>
    {
        using var connection = Storage.GetConnection();
        return [.. connection.GetRecurringJobs()
            .Select(job => new PlannedJob(job.Id, job.NextExecution is { } at ? Instant.FromDateTimeUtc(at) : null))
            .OrderBy(job => job.Name, StringComparer.Ordinal)];
    }, ct);

    // The engine keeps what it once was told. A job that is as the code wants it stays: set anew it would run at once.
    private void Enlist()
    {
        using var scope = scopes.CreateScope();
        var jobs = JobList.Check(scope.ServiceProvider.GetServices<IRecurringJob>());
        // One moment for the plan and for the engine: an interval that begins a second ago would first run a whole one later.
        var now = clock.GetCurrentInstant();
        var list = new RecurringJobManager(Storage, JobFilterProviders.Providers, new DefaultTimeZoneResolver(), () => now.ToDateTimeUtc());
        using var connection = Storage.GetConnection();
        var stored = connection.GetRecurringJobs();

        foreach (var forgotten in stored.Where(old => jobs.All(job => job.Name != old.Id)))
            list.RemoveIfExists(forgotten.Id);
        DropRunsOf(name => jobs.All(job => job.Name != name));

        foreach (var job in jobs.Where(job => !HangfireSchedule.IsAsStored(job, settings, stored.Find(old => old.Id == job.Name))))
            list.AddOrUpdate(job.Name, HangfireSchedule.Detail(job, settings), HangfireSchedule.Cron(job, now), HangfireSchedule.Options(job));
    }

    // Runs that wait already, or are to be repeated, do not go with their job.
    private void DropRunsOf(Func<string?, bool> isForgotten)
    {
        const int Most = 1000;
        var monitor = Storage.GetMonitoringApi();
        var waiting = monitor.EnqueuedJobs("default", 0, Most).Where(run => isForgotten(HangfireSchedule.NameOf(run.Value.Job))).Select(run => run.Key)
            .Concat(monitor.ScheduledJobs(0, Most).Where(run => isForgotten(HangfireSchedule.NameOf(run.Value.Job))).Select(run => run.Key));

        var client = new BackgroundJobClient(Storage);
        foreach (var run in waiting.ToList())
            client.Delete(run);
    }
}
