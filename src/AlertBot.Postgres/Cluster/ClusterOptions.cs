using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AlertBot.Postgres.Cluster;

/// <summary>Where a private cluster lives, and where its events are logged.</summary>
public sealed record ClusterOptions
{
    /// <summary>The cluster's own directory: data, socket, logs, password, locks. Created if missing.</summary>
    public required string Directory { get; init; }

    /// <summary>The directory in which to look first for the PostgreSQL programs; null: as the environment says.</summary>
    public string? Programs { get; init; }

    /// <summary>The longest a start may take, including crash recovery and waiting for another node.</summary>
    public TimeSpan StartWithin { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How often to check that the server is alive; a dead one is started again. Zero: never.</summary>
    public TimeSpan Watch { get; init; } = TimeSpan.FromSeconds(1);

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>Server settings that override ours, for tests that need speed more than durability.</summary>
    internal IReadOnlyDictionary<string, string> Overrides { get; init; } = new Dictionary<string, string>();
}
