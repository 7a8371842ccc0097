using NodaTime;

namespace AlertBot.Domain.Jobs;

/// <summary>What runs the recurring jobs, as <c>doctor</c> sees it: it may ask from a process that runs none itself.</summary>
public interface IJobEngine
{
    /// <summary>As the setting <c>Jobs:Engine</c> calls it.</summary>
    string Name { get; }

    /// <summary>Whether any node of the cluster is at work now.</summary>
    Task<bool> IsRunningAsync(CancellationToken ct);

    /// <summary>The jobs the cluster has on its list, by name.</summary>
    Task<IReadOnlyList<PlannedJob>> PlannedAsync(CancellationToken ct);
}

/// <summary>A job on the cluster's list.</summary>
/// <param name="Next">When it runs next; null when the engine has given it up, which somebody must look at.</param>
public sealed record PlannedJob(string Name, Instant? Next);
