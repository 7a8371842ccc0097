using AlertBot.Domain.Cases;
using AlertBot.Domain.Law;
using NodaTime;

namespace AlertBot.Domain.Deadlines;

/// <summary>The state of each clock at a given moment.</summary>
internal static class ClockState
{
    private static readonly Duration SoonInHours = Duration.FromHours(24);
    private static readonly Duration SoonInDays = Duration.FromDays(7);

    private static readonly DeadlineKind[] Expectations =
        [DeadlineKind.HearingExpected, DeadlineKind.ProsecutorMotionCutoff, DeadlineKind.DetentionReviewDue, DeadlineKind.AuthorityDuty];

    public static Deadline Deadline(Clock clock, IReadOnlyList<Clock> all, Timeline timeline, Instant now)
    {
        var state = clock.Ended ?? Running(clock, all, timeline, now);
        return new Deadline(clock.Key, clock.RuleId, clock.Fact.Event.Id, clock.Kind, clock.Limit!, clock.Tier, state)
        {
            IsConfirmed = clock.Fact.Event.ConfirmedBy is not null,
            Doubts = clock.Doubts,
            AskedAtMost = clock.Ended is null && state == DeadlineState.Due && Successor(clock, all) is { } longer ? TimesAsked(clock, longer) : null,
        };
    }

    /// <summary>Questions about overdue decisions, which may have been issued without notice.</summary>
    public static IEnumerable<Deadline> Silent(IEnumerable<Clock> clocks, List<Deadline> computed) =>
        from clock in clocks
        where clock is { Kind: DeadlineKind.AuthorityDecisionDue, RuleLimit.Name: null }
        let late = computed.FirstOrDefault(deadline => deadline.Key == clock.Key)
        where late is { State: DeadlineState.Missed }
        select late with
        {
            Key = late.Key + ":silent",
            Kind = DeadlineKind.AuthoritySilent,
            State = DeadlineState.Due,
            Limit = late.Limit with { Earliest = late.Limit.Latest, Steps = [.. late.Limit.Steps, Step.Of("law.step.silent")] },
        };

    private static DeadlineState Running(Clock clock, IReadOnlyList<Clock> all, Timeline timeline, Instant now)
    {
        // A duty between authorities is shown, but wakes nobody.
        if (clock.Rule is { IsQuiet: true })
            return DeadlineState.Disputed;

        var limit = clock.Limit!;
        if (now < limit.Earliest.Instant)
            return limit.Earliest.Instant - now <= (limit.Earliest.LastDay is null ? SoonInHours : SoonInDays)
                ? DeadlineState.DueSoon
                : DeadlineState.Scheduled;

        if (Successor(clock, all) is { } successor)
            return now >= successor.Limit!.Earliest.Instant || IsStillHeldAfter(clock, timeline) ? DeadlineState.Superseded : DeadlineState.Due;

        if (now < limit.Latest.Instant || clock.WaitsForAnswer || clock.Rule is { IsNeverOverdue: true } || Expectations.Contains(clock.Kind))
            return DeadlineState.Due;

        return DeadlineState.Missed;
    }

    // If a shorter limit passes without news inside a longer one of the same custody, that is a question and not "overdue": a court may have
    // prolonged it and told nobody. Once the longer limit is due too, we ask about that one alone.
    private static Clock? Successor(Clock clock, IReadOnlyList<Clock> all) =>
        clock.Kind != DeadlineKind.ReleaseDue && !Expectations.Contains(clock.Kind)
            ? null
            : all.Where(other => other is { Kind: DeadlineKind.ReleaseDue, Limit: not null, Ended: null }
                    && other != clock
                    && other.Fact == clock.Fact
                    && other.Limit.Latest.Instant > clock.Limit!.Latest.Instant)
                .MinBy(other => other.Limit!.Latest.Instant);

    // Where the longer one ends soon, the same question comes again then.
    private static int TimesAsked(Clock clock, Clock longer) =>
        longer.Limit!.Earliest.Instant - clock.Limit!.Latest.Instant <= Duration.FromDays(3) ? 1 : 2;

    private static bool IsStillHeldAfter(Clock clock, Timeline timeline) =>
        timeline.Facts.Any(fact => fact.First >= clock.Limit!.Latest.Instant
            && (EventKinds.StillHeld.Contains(fact.Kind) || EventKinds.Taken.Contains(fact.Kind) || fact.Kind.Code == "hearing_held"));
}
