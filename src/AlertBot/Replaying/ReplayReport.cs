using AlertBot.Domain.Alerts;
using NodaTime;

namespace AlertBot.Replaying;

/// <summary>One thing that happened in a replay.</summary>
/// <param name="Local">The time in the case's zone.</param>
/// <param name="Text">Holds the case's code, never a name.</param>
/// <param name="Passed">For a check, whether it held; otherwise null.</param>
public sealed record ReplayMoment(
    Instant At, LocalDateTime Local, string Scenario, string Code, ReplayMomentKind Kind, string Text, bool? Passed = null)
{
    /// <summary>True for a repeated question. The histories have hundreds, since nobody answers in them.</summary>
    public bool IsAskedAgain { get; init; }
}

public enum ReplayMomentKind
{
    Told,
    Confirmed,
    Alert,
    Check,
}

/// <summary>An alert with its deliveries.</summary>
/// <param name="Sent">How many deliveries were sent.</param>
/// <param name="All">How many there were.</param>
public sealed record SeenAlert(LocalDate Day, LocalDateTime Local, Alert Alert, int Sent, int All)
{
    public bool Fits(AlertPattern pattern) =>
        (pattern.Kind is null || pattern.Kind == Alert.Kind.Code)
        && (pattern.Rule is null || Alert.Facts.GetValueOrDefault("rule", "").Split(' ').Contains(pattern.Rule))
        && (pattern.Rung is null || pattern.Rung == Alert.Facts.GetValueOrDefault("rung"))
        && (pattern.Event is null || (Alert.Kind == AlertKind.EventRecorded && pattern.Event == Alert.Facts.GetValueOrDefault("kind")));

    public bool IsAskedAgain => Alert.Kind == AlertKind.DeadlineQuestion
        && Alert.Facts.GetValueOrDefault("rung", "").Contains('#', StringComparison.Ordinal);

    public override string ToString() => string.Join(' ', (Alert.Kind == AlertKind.EventRecorded
        ? new[] { Alert.Kind.Code, Alert.Facts.GetValueOrDefault("kind") }
        : [Alert.Kind.Code, Alert.Facts.GetValueOrDefault("rule"), Alert.Facts.GetValueOrDefault("rung")]).OfType<string>());
}

/// <summary>Whether one expectation held, and what was found.</summary>
public sealed record CheckedExpectation(Expectation Expectation, bool Passed, string Found);

/// <summary>The result of one history.</summary>
public sealed record ReplayedScenario(Scenario Scenario, IReadOnlyList<CheckedExpectation> Checks, IReadOnlyList<ReplayMoment> Timeline)
{
    public bool Passed => Checks.All(check => check.Passed);
}
