using NodaTime;

namespace AlertBot.Jobs;

/// <summary>Settings that no operator changes, but a test or a measurement of the engine does.</summary>
public sealed record JobSettings
{
    /// <summary>The pauses before the first and the second repetition of a failed run. After them the schedule goes on.</summary>
    public IReadOnlyList<Duration> RetryAfter { get; init; } =
        [Duration.FromSeconds(5), Duration.FromSeconds(15), Duration.FromSeconds(60)];

    /// <summary>How long a stopping node waits for jobs it has asked to stop.</summary>
    public Duration StopWithin { get; init; } = Duration.FromSeconds(10);

    /// <summary>How often a node looks for due runs, and so the most by which a run begins late. Each look costs about nine transactions.</summary>
    public Duration LookEvery { get; init; } = Duration.FromSeconds(2);

    /// <summary>How long a run that went well stays on the pages. What runs every ten seconds leaves 180 rows in that time.</summary>
    public Duration KeepRunsFor { get; init; } = Duration.FromMinutes(30);

    /// <summary>How long a run that failed stays on the pages.</summary>
    public Duration KeepFailuresFor { get; init; } = Duration.FromDays(7);

    /// <summary>A job that fails again and again keeps one failed run in this time. A week of all of them would fill the disk.</summary>
    public Duration OneFailureEach { get; init; } = Duration.FromMinutes(10);

    /// <summary>How often expired runs are deleted.</summary>
    public Duration CleanUpEvery { get; init; } = Duration.FromMinutes(10);
}
