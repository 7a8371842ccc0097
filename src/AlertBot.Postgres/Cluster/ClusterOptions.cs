using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AlertBot.Postgres.Cluster;

/// <summary>Where a private cluster lives, and who hears what happens to it.</summary>
public sealed record ClusterOptions
{
    /// <summary>Directory of the cluster alone: data, socket, logs, password, locks. Created when it is not there.</summary>
    public required string Directory { get; init; }

    /// <summary>Where to look for the PostgreSQL programs before all other places; null: the environment says.</summary>
    public string? Programs { get; init; }

    /// <summary>How long a start may take, crash recovery and waiting for another node included.</summary>
    public TimeSpan StartWithin { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How often to look whether the server is still there; it is started again when not. Zero: never look.</summary>
    public TimeSpan Watch { get; init; } = TimeSpan.FromSeconds(1);

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>Server settings that win over ours, for tests that need speed more than durability.</summary>
    internal IReadOnlyDictionary<string, string> Overrides { get; init; } = new Dictionary<string, string>();
}
