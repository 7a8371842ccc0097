using NodaTime;

namespace AlertBot.Jobs;

/// <summary>What an operator would never change, but a test of a job engine does.</summary>
public sealed record JobSettings
{
    /// <summary>How long after a failure the job is tried again, and after the next one; then its schedule goes on.</summary>
    public IReadOnlyList<Duration> RetryAfter { get; init; } =
        [Duration.FromSeconds(5), Duration.FromSeconds(15), Duration.FromSeconds(60)];

    /// <summary>How long a stopping node waits for jobs it has asked to stop.</summary>
    public Duration StopWithin { get; init; } = Duration.FromSeconds(10);
}
