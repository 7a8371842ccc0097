using AlertBot.Domain.Jobs;

namespace AlertBot.Tests.Support;

internal sealed class SimpleJob(string name, JobSchedule schedule, Func<CancellationToken, Task>? work = null) : IRecurringJob
{
    public string Name => name;

    public JobSchedule Schedule => schedule;

    public Task RunAsync(CancellationToken ct) => work?.Invoke(ct) ?? Task.CompletedTask;
}
