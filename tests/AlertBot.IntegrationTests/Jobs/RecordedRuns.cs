using System.Collections.Concurrent;
using AlertBot.Domain.Jobs;
using NodaTime;

namespace AlertBot.IntegrationTests.Jobs;

/// <summary>A journal for one test.</summary>
internal sealed class RecordedRuns : IJobJournal
{
    private readonly ConcurrentQueue<string> _started = new();
    private readonly ConcurrentQueue<Run> _finished = new();

    public IReadOnlyList<string> Started => [.. _started];

    public IReadOnlyList<Run> Finished => [.. _finished];

    public Task StartedAsync(string job, Instant at)
    {
        _started.Enqueue(job);
        return Task.CompletedTask;
    }

    public Task FinishedAsync(string job, Instant at, Duration took, string? failureCode)
    {
        _finished.Enqueue(new Run(job, failureCode));
        return Task.CompletedTask;
    }

    internal sealed record Run(string Job, string? FailureCode);
}
