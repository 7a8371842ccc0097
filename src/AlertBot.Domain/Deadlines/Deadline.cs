using AlertBot.Domain.Cases;
using AlertBot.Domain.Law;

namespace AlertBot.Domain.Deadlines;

/// <summary>A rule applied to an event, or a date entered by hand.</summary>
/// <param name="Key">Names it within its case across recomputations: rule, triggering event and, where a rule has several, which limit.</param>
/// <param name="RuleId">Id in <c>config/law</c>, or <c>date</c> for a date that an event fixes.</param>
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
}

public readonly record struct DeadlineId(Guid Value)
{
    public static DeadlineId New() => new(Guid.CreateVersion7());
}

public enum DeadlineState
{
    Scheduled,
    DueSoon,
    Due,
    Met,
    Missed,
    Superseded,
    Cancelled,
    Suspended,
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
}
