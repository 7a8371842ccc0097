using AlertBot.Domain.Cases;
using AlertBot.Domain.Law;

namespace AlertBot.Domain.Deadlines;

/// <summary>A rule applied to an event, or a date entered by hand.</summary>
/// <param name="Key">Its name within the case, the same in every computation: rule, triggering fact and, where a rule has several limits,
/// which.</param>
/// <param name="RuleId">
/// Id in <c>config/law</c>, or of an <see cref="OwnRule"/> where no law gives the date.
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
    /// <summary>True once a second person confirmed the triggering date.</summary>
    public bool IsConfirmed { get; init; }

    /// <summary>Whether no law gives it, but this rule of ours.</summary>
    public bool Is(OwnRule own) => RuleId == own.Id;

    /// <summary>What people should settle about it, besides its date.</summary>
    public IReadOnlyList<Doubt> Doubts { get; init; } = [];

    /// <summary>Another limit of the same custody asks the same: so often it is asked about, then the other. Null: until an answer.</summary>
    public int? AskedAtMost { get; init; }

    /// <summary>Whether it still runs, so that people may have to be told.</summary>
    public bool IsOpen => State is DeadlineState.Scheduled or DeadlineState.DueSoon or DeadlineState.Due or DeadlineState.Missed;
}

/// <summary>Something on file that may touch a deadline, and what must be known before it does.</summary>
public sealed record Doubt(DoubtKind Kind, EventId Event);

public enum DoubtKind
{
    /// <summary>A filing that does not say which decision it is about; more than one could be meant, so none is met.</summary>
    WhichDecision,

    /// <summary>A release, hand-over, departure or death that one person put on file: the clock goes on until another confirms it.</summary>
    StopNotConfirmed,

    /// <summary>When it was decided is not known: the earliest end may already have passed.</summary>
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
    /// The earliest end has passed and the latest has not: it may already be unlawful or too late, ask the lawyer.
    /// A clock that waits for an answer is due too, whatever its date.
    /// </summary>
    Due,

    Met,

    /// <summary>The latest end has passed. For a limit of custody: held without a legal basis that we know of.</summary>
    Missed,

    /// <summary>Another limit took its place.</summary>
    Superseded,

    Cancelled,
    Suspended,

    /// <summary>Two laws may apply and the other ends earlier: this one is shown, and nobody is warned of it.</summary>
    Disputed,
}

/// <summary>What a deadline is about; decides its reminder ladder in <c>config/policies.yaml</c>.</summary>
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

    /// <summary>One authority must do something towards another: nothing that the person can lose or win by itself.</summary>
    AuthorityDuty,

    /// <summary>A person is held and nothing at all is due: this is itself an alarm.</summary>
    NoNextDate,
}
