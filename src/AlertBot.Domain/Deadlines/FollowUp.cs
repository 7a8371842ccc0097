using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Domain.Deadlines;

/// <summary>Who follows a date up, until when its reminders rest, and how far a question about it has gone.</summary>
/// <param name="By">Null: nobody said that they do.</param>
/// <param name="SnoozedUntil">Nothing is said before, but that it is overdue.</param>
/// <param name="AskedAt">When the question was put that nobody has answered yet.</param>
/// <param name="AskedOf">How far it went. It begins anew once somebody answers.</param>
public sealed record FollowUp(PersonId? By, Instant? SnoozedUntil, Instant? AskedAt, AskedOf AskedOf)
{
    public static readonly FollowUp None = new(null, null, null, AskedOf.Owner);

    /// <summary>The date moved, or is over: what was put off or asked about it is past. Who follows it up stays.</summary>
    public FollowUp Anew() => new(By, null, null, AskedOf.Owner);

    /// <summary>Asked once more it waits for its answer from the first time on.</summary>
    public FollowUp Asked(Instant at) => this with { AskedAt = AskedAt ?? at };

    /// <summary>When the open question goes further; null: it is not open, or everybody was asked.</summary>
    public Instant? NextStepAt(QuestionPolicy policy) => (AskedAt, AskedOf) switch
    {
        (null, _) or (_, AskedOf.Coordinators) => null,
        ({ } at, AskedOf.Owner) when By is not null => at + policy.NextPersonAfter,
        ({ } at, _) => at + policy.CoordinatorsAfter,
    };

    /// <summary>Of whom the open question is asked next.</summary>
    public AskedOf NextStep => AskedOf == AskedOf.Owner && By is not null ? AskedOf.Followers : AskedOf.Coordinators;
}

public enum AskedOf
{
    /// <summary>Whoever follows the date up; where nobody does, all who follow the case.</summary>
    Owner,

    /// <summary>All who follow the case.</summary>
    Followers,

    /// <summary>Coordinators too.</summary>
    Coordinators,
}

/// <summary>How a question about a date goes on while nobody answers: the section <c>questions</c> of <c>config/policies.yaml</c>.</summary>
public sealed record QuestionPolicy
{
    public static readonly QuestionPolicy Usual = new();

    /// <summary>Whoever follows the date up did not answer for so long: all who follow the case are asked.</summary>
    public Duration NextPersonAfter { get; init; } = Duration.FromHours(6);

    /// <summary>What nobody needs to answer, or what is asked again and again by itself, goes no further.</summary>
    public static bool GoesFurther(DeadlineKind kind) => kind is not (
        DeadlineKind.Watch or DeadlineKind.ConfirmFact or DeadlineKind.AuthoritySilent or DeadlineKind.AuthorityDuty or DeadlineKind.SoftLimit
        or DeadlineKind.AuthorityDecisionDue or DeadlineKind.ProsecutorMotionCutoff);

    /// <summary>Nobody answered for so long: coordinators are asked too.</summary>
    public Duration CoordinatorsAfter { get; init; } = Duration.FromHours(24);
}
