using AlertBot.Domain.Jobs;

namespace AlertBot.IntegrationTests.Jobs;

/// <summary>A job that leaves a trace and does what the test wants.</summary>
internal sealed class TracedJob(
    string name, JobSchedule schedule, JobTrace trace, string node, Func<CancellationToken, Task>? work = null) : IRecurringJob
{
    public string Name => name;

    public bool WatchesPeople { get; init; }

    public JobSchedule Schedule => schedule;

    public async Task RunAsync(CancellationToken ct)
    {
        await trace.WriteAsync(name, node, JobTrace.Started);
        try
        {
            await (work?.Invoke(ct) ?? Task.CompletedTask);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            await trace.WriteAsync(name, node, JobTrace.Interrupted);
            throw;
        }

        await trace.WriteAsync(name, node, JobTrace.Finished);
    }
}
