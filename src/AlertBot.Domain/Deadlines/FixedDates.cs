using AlertBot.Domain.Cases;
using AlertBot.Domain.Law;
using AlertBot.Domain.Time;

namespace AlertBot.Domain.Deadlines;

/// <summary>Deadlines from dates that events set: a hearing, a hand-over, the last day printed on an order or a document.</summary>
internal static class FixedDates
{
    private static readonly string[] OutOfCustody = ["release", "extradited", "deported"];

    public static IEnumerable<Clock> Run(Timeline timeline, IReadOnlyList<Clock> byRules)
    {
        foreach (var fact in timeline.Facts)
        {
            if (KindOf(fact) is not { } kind || fact.Event.Sets is not { Window: { } window } sets || IsTaken(fact, kind, byRules))
                continue;

            var clock = new Clock(OwnRule.FixedDate, fact, kind) { Limit = LimitOf(fact, sets, window) };
            foreach (var later in timeline.Facts.Where(later => timeline.Follows(later, fact) && Ends(later, fact, kind, window)))
            {
                if (later.IsInDoubt)
                    clock.Doubt(DoubtKind.StopNotConfirmed, later);
                else if (kind == DeadlineKind.AppealDue && !IsAbout(later, fact, byRules))
                    clock.Doubt(DoubtKind.WhichDecision, later);
                else if (clock.Ended is null)
                    clock.End(Replaces(later, fact) ? DeadlineState.Superseded : StateAfter(later), later);
            }

            yield return clock;
        }
    }

    // A filing that already ended the clock of another decision does not count for this one, unless it says so.
    private static bool IsAbout(Fact filing, Fact decision, IReadOnlyList<Clock> byRules) => filing.Event.About is { } about
        ? about == decision.Id || about == decision.Event.Id
        : !byRules.Any(clock => !ReferenceEquals(clock.Fact, decision)
            && (ReferenceEquals(clock.EndedBy, filing) || clock.Doubts.Any(doubt => doubt.Event == filing.Event.Id)));

    private static DeadlineKind? KindOf(Fact fact) => fact.Kind.Code switch
    {
        "hearing_set" or "interview_set" => DeadlineKind.HearingExpected,
        "handover_date_set" => DeadlineKind.UrgentAction,
        "certificate_issued" or "certificate_renewed" or "document_issued" or "residence_permit" => DeadlineKind.DocumentExpires,
        "asylum_granted" => null,
        "custody_extended" => DeadlineKind.ReleaseDue,
        _ when EventKinds.Taken.Contains(fact.Kind) => DeadlineKind.ReleaseDue,
        _ when EventKinds.Decisions.Contains(fact.Kind) => DeadlineKind.AppealDue,
        _ => null,
    };

    // A rule that reads the printed date says more than the bare date, so the bare date is dropped. A hand-over stays: an application to a court ends
    // the rule and not the danger.
    private static bool IsTaken(Fact fact, DeadlineKind kind, IReadOnlyList<Clock> byRules) => byRules.Any(clock =>
        ReferenceEquals(clock.Fact, fact) && clock.Kind == kind && clock.Limit is not null
        && kind != DeadlineKind.UrgentAction
        && (kind != DeadlineKind.ReleaseDue || clock.RuleLimit?.Length.Unit == LengthUnit.None));

    private static Limit LimitOf(Fact fact, When sets, WhenWindow window) => new(
        window.IsMoment ? LimitEnd.At(window.First, sets.Zone) : LimitEnd.OnDay(window.FirstDay, sets.Zone),
        window.IsMoment ? LimitEnd.At(window.Last, sets.Zone) : LimitEnd.OnDay(window.LastDay, sets.Zone),
        [Step.Of("law.step.date-fixed." + fact.Kind.Code, ("day", NodaTime.Text.LocalDatePattern.Iso.Format(window.LastDay)))])
    {
        StartsAt = fact.First,
    };

    private static bool Ends(Fact later, Fact fact, DeadlineKind kind, WhenWindow set) => kind switch
    {
        _ when Replaces(later, fact) => true,
        // A release cancels no hearing: the request stays valid, and asylum is heard of free people too.
        DeadlineKind.HearingExpected => later.Kind.Code == "hearing_held" && later.Last >= set.First
            || CaseProgress.IsHandedOver(later) && later.First < set.First,
        DeadlineKind.UrgentAction => later.Kind.Code is "handover_failed" or "request_withdrawn" || OutOfCustody.Contains(later.Kind.Code),
        DeadlineKind.ReleaseDue => OutOfCustody.Contains(later.Kind.Code),
        DeadlineKind.AppealDue => later.Kind.Code is "appeal_filed" or "complaint_filed" or "extradition_appeal_filed",
        _ => false,
    };

    // A newly set hearing, an extended order, a renewed document: the later fact counts if it came before the date that it replaces.
    private static bool Replaces(Fact later, Fact fact) => fact.Kind.Code switch
    {
        // Of when it was set nothing is told: it stands beside those on file, since an alarm too many is better than one that was taken away.
        "hearing_set" when !later.IsDated => false,
        "hearing_set" or "interview_set" or "handover_date_set" =>
            later.Kind == fact.Kind && fact.Event.Sets?.Window is { } set && later.First < set.Last,
        "certificate_issued" or "certificate_renewed" => later.Kind.Code is "certificate_issued" or "certificate_renewed",
        _ when EventKinds.Taken.Contains(fact.Kind) || fact.Kind.Code == "custody_extended" =>
            later.Event.Sets is not null && (later.Kind.Code == "custody_extended" || EventKinds.Taken.Contains(later.Kind)),
        _ => false,
    };

    private static DeadlineState StateAfter(Fact end) => end.Kind.Code is "extradited" or "deported" or "handover_failed" or "request_withdrawn"
        ? DeadlineState.Cancelled
        : DeadlineState.Met;
}
