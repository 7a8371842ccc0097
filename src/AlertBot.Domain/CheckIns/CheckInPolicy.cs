using NodaTime;

namespace AlertBot.Domain.CheckIns;

/// <summary>The limits of check-ins: the section <c>check_in</c> of <c>config/policies.yaml</c>.</summary>
public sealed record CheckInPolicy
{
    public static readonly Duration UsualGrace = Duration.FromHours(1);

    public static readonly CheckInPolicy Usual = new();

    private static readonly int[] OfferedMinutes = [15, 30, 60, 120, 240];

    /// <summary>The shortest wait: a shorter one would raise an alarm over a shower.</summary>
    public Duration ShortestGrace { get; init; } = Duration.FromMinutes(10);

    public Duration LongestGrace { get; init; } = Duration.FromHours(12);

    /// <summary>The most contacts of one person, including unused contact links.</summary>
    public int MostContacts { get; init; } = 5;

    /// <summary>How long a contact link works.</summary>
    public Duration LinkLives { get; init; } = Duration.FromDays(3);

    /// <summary>The offered waits; people may type others.</summary>
    public IReadOnlyList<Duration> OfferedGraces => OfferedMinutes.Select(minutes => Duration.FromMinutes(minutes)).Where(Allows).ToList();

    public bool Allows(Duration grace) => grace >= ShortestGrace && grace <= LongestGrace;
}
