using AlertBot.Postgres;
using Hangfire.Server;
using NodaTime;
using Npgsql;

namespace AlertBot.Jobs;

/// <summary>What the engine calls: the job of ours whose name the run carries.</summary>
public sealed class ScheduledRun(JobRunner runner, NpgsqlDataSource database, TimeProvider time)
{
    /// <summary>Longer than the server takes to notice that a node without power or network is gone.</summary>
    private static readonly Duration HolderIsGone = Duration.FromSeconds(15);

    /// <param name="name">The job's name. The engine stores arguments in clear and shows them on a page, so nothing but names may be one.</param>
    /// <param name="plan">Kept with the stored job, to compare it with what the code wants.</param>
    public async Task RunAsync(string name, string plan, PerformContext context, CancellationToken ct)
    {
        // The engine's own lock is a row that nothing renews and that a killed node leaves behind.
        await using var ours = await JobLock.TryTakeAsync(database, name, ct) ?? await TakeAfterAsync(name, context, ct);
        if (ours is null)
            return; // The run that is under way does the work of this one too.

        var attempt = context.GetJobParameter<int>("RetryCount") + 1;
        if (await runner.RunAsync(name, attempt, ct) is { } code)
            // An exception makes the engine try again. The engine stores it, so it carries a fault code and not the cause.
            throw new InvalidOperationException($"Job {name} failed, code {code}.");
    }

    // A run that comes again was begun by a node that is stopping or gone, and that node holds the lock. So nobody else does its work.
    private async Task<ClusterLock?> TakeAfterAsync(string name, PerformContext context, CancellationToken ct) =>
        IsBegunBefore(context) ? await JobLock.TakeWithinAsync(database, name, HolderIsGone, time, ct) : null;

    private static bool IsBegunBefore(PerformContext context) => context.Storage.GetMonitoringApi()
        .JobDetails(context.BackgroundJob.Id)?.History.Count(state => state.StateName == Hangfire.States.ProcessingState.StateName) > 1;
}
