using AlertBot.Domain.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NodaTime;
using Npgsql;
using Quartz;

namespace AlertBot.Jobs.Quartz;

/// <summary>Starts the engine on this node with the jobs the code names, and stops it with the jobs that are running.</summary>
internal sealed class QuartzEngine(
    ISchedulerFactory schedulers, IServiceScopeFactory scopes, NpgsqlDataSource database, JobSettings settings)
    : IHostedService, IJobEngine
{
    /// <summary>A node that has not checked in for so long is dead, and its jobs were taken over long ago.</summary>
    private static readonly TimeSpan SilentFor = 2 * (QuartzJobs.CheckIn + QuartzJobs.CheckInThreshold);

    private IScheduler? _started;

    public string Name => "quartz";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        await database.OneNodeAtATimeAsync(() => EnlistAsync(scheduler, cancellationToken), cancellationToken);
        await scheduler.Start(cancellationToken);
        _started = scheduler;
    }

    /// <summary>Asks running jobs to stop and waits for them; what is not done is done again by another node.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _started, null) is not { } scheduler)
            return;

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(settings.StopWithin.ToTimeSpan());
        await scheduler.Shutdown(waitForJobsToComplete: true, patience.Token);
    }

    public async Task<bool> IsRunningAsync(CancellationToken ct)
    {
        var scheduler = await schedulers.GetScheduler(ct);
        var silent = scheduler.TimeProvider.GetUtcNow() - SilentFor;
        // Not the state the engine gives: that measures by the last check-in of who asks, which may never have been at work.
        return (await scheduler.QueryClusterNodes(ct)).Any(node => node.LastCheckInUtc > silent);
    }

    public async Task<IReadOnlyList<PlannedJob>> PlannedAsync(CancellationToken ct)
    {
        var scheduler = await schedulers.GetScheduler(ct);
        var planned = new List<PlannedJob>();
        foreach (var key in await scheduler.GetJobKeys(GroupMatcher<JobKey>.AnyGroup(), ct))
        {
            var trigger = QuartzSchedule.TriggerKeyOf(key.Name);
            var state = await scheduler.GetTriggerState(trigger, ct);
            var next = state is TriggerState.Error or TriggerState.Paused or TriggerState.None
                ? null
                : (await scheduler.GetTrigger(trigger, ct))?.NextFireTimeUtc;
            planned.Add(new PlannedJob(key.Name, next is { } at ? Instant.FromDateTimeOffset(at) : null));
        }

        return [.. planned.OrderBy(job => job.Name, StringComparer.Ordinal)];
    }

    // The engine keeps what it once was told. A trigger that is as the code wants it stays: set anew it would run at once.
    private async Task EnlistAsync(IScheduler scheduler, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var jobs = JobList.Check(scope.ServiceProvider.GetServices<IRecurringJob>());

        var forgotten = (await scheduler.GetJobKeys(GroupMatcher<JobKey>.AnyGroup(), ct))
            .Where(key => jobs.All(job => QuartzSchedule.KeyOf(job.Name) != key))
            .ToList();
        await scheduler.DeleteJobs(forgotten, ct);

        foreach (var job in jobs)
        {
            await scheduler.AddJob(QuartzSchedule.Detail(job), AddJobOptions.Replacing, ct);

            var trigger = QuartzSchedule.TriggerKeyOf(job.Name);
            var stored = await scheduler.GetTrigger(trigger, ct);
            if (stored is null)
                await scheduler.ScheduleJob(QuartzSchedule.Trigger(job, settings), cancellationToken: ct);
            else if (stored.Description != JobPlan.Of(job, settings))
                await scheduler.RescheduleJob(trigger, QuartzSchedule.Trigger(job, settings), ct);
            else
                await scheduler.ResetTriggerFromErrorState(trigger, ct);
        }
    }
}
