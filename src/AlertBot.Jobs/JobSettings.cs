using NodaTime;

namespace AlertBot.Jobs;

/// <summary>What an operator would never change, but a test or a measurement of the engine does.</summary>
public sealed record JobSettings
{
    /// <summary>How long after a failure the job is tried again, and after the next one; then its schedule goes on.</summary>
    public IReadOnlyList<Duration> RetryAfter { get; init; } =
        [Duration.FromSeconds(5), Duration.FromSeconds(15), Duration.FromSeconds(60)];

    /// <summary>How long a stopping node waits for jobs it has asked to stop.</summary>
    public Duration StopWithin { get; init; } = Duration.FromSeconds(10);

    /// <summary>How often a node looks for what is due, which is how late a run may begin. Each look costs about nine transactions.</summary>
    public Duration LookEvery { get; init; } = Duration.FromSeconds(2);

    /// <summary>How long a run that went well stays on the pages. What runs every ten seconds leaves 180 rows in that time.</summary>
    public Duration KeepRunsFor { get; init; } = Duration.FromMinutes(30);

    /// <summary>How long a run that failed stays on the pages.</summary>
    public Duration KeepFailuresFor { get; init; } = Duration.FromDays(7);

    /// <summary>Of a job that fails again and again, one run in this time is kept so long: a week of them would fill the disk.</summary>
    public Duration OneFailureEach { get; init; } = Duration.FromMinutes(10);

    /// <summary>How often what has been kept long enough is deleted.</summary>
    public Duration CleanUpEvery { get; init; } = Duration.FromMinutes(10);
}
