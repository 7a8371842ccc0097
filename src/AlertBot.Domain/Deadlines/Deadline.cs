using AlertBot.Domain.Cases;
using AlertBot.Domain.Law;

namespace AlertBot.Domain.Deadlines;

/// <summary>A rule applied to an event, or a date entered by hand.</summary>
/// <param name="Key">Its name within the case, the same in every computation: rule, triggering fact and, if a rule has several limits, the
/// limit.</param>
/// <param name="RuleId">
/// Id in <c>config/law</c>, or of an <see cref="OwnRule"/> if no law gives the date.
/// </param>
public sealed record Deadline(
    string Key,
    string RuleId,
    EventId Trigger,
    DeadlineKind Kind,
    Limit Limit,
    Tier Tier,
    DeadlineState State)
{
    /// <summary>True once a second person has confirmed the triggering date.</summary>
    public bool IsConfirmed { get; init; }

    /// <summary>Whether it comes from this rule of ours and not from a law.</summary>
    public bool Is(OwnRule own) => RuleId == own.Id;

    /// <summary>Questions that people should settle, besides its date.</summary>
    public IReadOnlyList<Doubt> Doubts { get; init; } = [];

    /// <summary>Another limit of the same custody asks the same: so often it is asked about, then the other. Null: until an answer.</summary>
    public int? AskedAtMost { get; init; }

    /// <summary>Whether it still runs, so that people may have to be told.</summary>
    public bool IsOpen => State is DeadlineState.Scheduled or DeadlineState.DueSoon or DeadlineState.Due or DeadlineState.Missed;
}

/// <summary>A stored event that may affect a deadline, and what must be known first.</summary>
public sealed record Doubt(DoubtKind Kind, EventId Event);

public enum DoubtKind
{
    /// <summary>A filing does not say which decision it is about. Several are possible, so it meets none.</summary>
    WhichDecision,

    /// <summary>One person recorded a release, hand-over, departure or death: the clock goes on until another confirms it.</summary>
    StopNotConfirmed,

    /// <summary>The day of the decision is unknown, so the earliest end may already have passed.</summary>
    DecisionDayUnknown,
}

public readonly record struct DeadlineId(Guid Value)
{
    public static DeadlineId New() => new(Guid.CreateVersion7());
}

public enum DeadlineState
{
    Scheduled,

    /// <summary>Near: within a week of the earliest end, or a day for limits in hours.</summary>
    DueSoon,

    /// <summary>
    /// The earliest end has passed and the latest has not: it may already be unlawful or too late, so ask the lawyer. A clock that waits for an
    /// answer is due too, whatever its date.
    /// </summary>
    Due,

    Met,

    /// <summary>The latest end has passed. For a limit of custody: the person is held without a legal basis that we know of.</summary>
    Missed,

    /// <summary>Another limit took its place.</summary>
    Superseded,

    Cancelled,
    Suspended,

    /// <summary>Two laws may apply, and the other ends earlier. This one is shown, and nobody is warned of it.</summary>
    Disputed,
}

/// <summary>What a deadline is about, which decides its reminder ladder in <c>config/policies.yaml</c>.</summary>
/// <remarks>Codes in files are the names in snake_case.</remarks>
public enum DeadlineKind
{
    ReleaseDue,
    ProsecutorMotionCutoff,
    HearingExpected,
    ApplicationDue,
    AppealDue,
    AuthorityDecisionDue,
    AuthoritySilent,
    DocumentExpires,
    TransferWindowEnd,
    ResponsibilityShift,
    DetentionReviewDue,
    HandOverLimit,
    RequestArrivalLimit,
    InformationSupplementLimit,
    SoftLimit,
    UrgentAction,
    ConfirmFact,
    Watch,

    /// <summary>One authority owes another an act: the person can neither lose nor win by it alone.</summary>
    AuthorityDuty,

    /// <summary>A person is held and has no deadline at all, which is itself an alarm.</summary>
    NoNextDate,
}
