using AlertBot.Domain.Cases;
using AlertBot.Domain.Law;
using NodaTime;

namespace AlertBot.Domain.Deadlines;

/// <summary>Computes all deadlines of a case: a pure function of its events, the law and the time of asking.</summary>
public static class CaseDeadlines
{
    /// <summary>Never throws for a case's content. The same input gives the same deadlines in the same order.</summary>
    public static IReadOnlyList<Deadline> Compute(CaseFile file, LawBook book, Instant now)
    {
        var timeline = Timeline.Of(file.Events);
        var clocks = new RuleClocks(file, book, timeline).Run().ToList();
        clocks.AddRange(FixedDates.Run(timeline, clocks));
        clocks.AddRange(QuestionsOfFact.Run(timeline, clocks));
        clocks.AddRange(OpenEnded.Run(file, timeline));

        CloseWithCase(file, timeline, clocks);
        LawsSideBySide.Settle(clocks, book);
        clocks = KeepNextReview(clocks, now);

        var computed = clocks.Where(clock => clock.Limit is not null).Select(clock => ClockState.Deadline(clock, clocks, timeline, now)).ToList();
        computed.AddRange(ClockState.Silent(clocks, computed));
        if (NoNextDate(file, timeline, computed, now) is { } alarm)
            computed.Add(alarm);

        return computed
            .DistinctBy(deadline => deadline.Key)
            .OrderBy(deadline => deadline.Limit.Earliest.Instant).ThenBy(deadline => deadline.Key, StringComparer.Ordinal)
            .ToList();
    }

    /// <summary>Whether a detained person has no deadline at all. Somebody must find out what comes next, so this is itself an alarm.</summary>
    public static bool HasNoNextDate(CaseFile file, IReadOnlyList<Deadline> deadlines, Instant now) =>
        file.Status != CaseStatus.Closed
        && CaseProgress.HeldSince(Timeline.Of(file.Events)) is not null
        && !deadlines.Any(deadline => IsNextDate(deadline, now));

    // It counts from when the last date passed, or else from when the person was taken. People are asked until there is a date again.
    private static Deadline? NoNextDate(CaseFile file, Timeline timeline, List<Deadline> deadlines, Instant now)
    {
        if (!HasNoNextDate(file, deadlines, now) || CaseProgress.HeldSince(timeline) is not { } held)
            return null;

        var since = deadlines.Where(deadline => IsNextDateKind(deadline) && deadline.Limit.Latest.Instant <= now)
            .Select(deadline => deadline.Limit.Latest.Instant).Append(held.First).Max();
        var zone = held.Event.When?.Zone ?? file.Zone;
        var end = LimitEnd.At(since, zone);
        return new Deadline(
            Clock.KeyOf(OwnRule.NoNextDate.Id, held), OwnRule.NoNextDate.Id, held.Event.Id, DeadlineKind.NoNextDate,
            new Limit(end, end, [Step.Of("law.step.no-next-date")]) { StartsAt = since }, Tier.A, DeadlineState.Due)
        {
            IsConfirmed = held.Event.ConfirmedBy is not null,

            // While "still held?" is asked of a limit that has passed, the alarm comes once and the question is not put twice.
            AskedAtMost = deadlines.Exists(deadline => deadline is { Kind: DeadlineKind.ReleaseDue, State: DeadlineState.Missed }) ? 0 : null,
        };
    }

    private static bool IsNextDate(Deadline deadline, Instant now) =>
        deadline.IsOpen
        && deadline.Limit.Latest.Instant > now
        && IsNextDateKind(deadline);

    private static bool IsNextDateKind(Deadline deadline) =>
        deadline.Kind is not (DeadlineKind.Watch or DeadlineKind.ConfirmFact or DeadlineKind.AuthoritySilent or DeadlineKind.NoNextDate)
        && !deadline.Is(OwnRule.Locate);

    // Of a repeating limit we keep the past turns and the next one.
    private static List<Clock> KeepNextReview(List<Clock> clocks, Instant now)
    {
        var kept = new List<Clock>();
        foreach (var turns in clocks.GroupBy(
            clock => clock.RuleLimit is { Repeats: true } ? (object)(clock.RuleId, clock.RuleLimit.Name, clock.Fact) : clock))
        {
            var next = turns.FirstOrDefault(turn => turn.Limit is null || turn.Limit.Latest.Instant > now) ?? turns.Last();
            foreach (var turn in turns.TakeWhile(turn => turn != next))
            {
                turn.End(DeadlineState.Superseded);
                kept.Add(turn);
            }

            kept.Add(next);
        }

        return kept;
    }

    // A departure to a safe place or a closed case ends all clocks. Facts after a reopening start clocks again.
    private static void CloseWithCase(CaseFile file, Timeline timeline, List<Clock> clocks)
    {
        var closing = timeline.Facts.LastOrDefault(CaseProgress.Closes);
        var isClosed = CaseProgress.StatusAfter(file.Events) == CaseStatus.Closed || file.Status == CaseStatus.Closed;

        foreach (var clock in clocks.Where(clock => clock.Ended is null))
        {
            if (isClosed || (closing is not null && timeline.Follows(closing, clock.Fact) && !IsReopened(timeline, closing)))
                clock.End(DeadlineState.Cancelled);
        }
    }

    private static bool IsReopened(Timeline timeline, Fact closing) =>
        timeline.Facts.Any(fact => fact.Kind.Code == "case_reopened" && timeline.Follows(fact, closing));
}
