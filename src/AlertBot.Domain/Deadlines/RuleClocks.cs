using AlertBot.Domain.Cases;
using AlertBot.Domain.Law;

namespace AlertBot.Domain.Deadlines;

/// <summary>Starts and ends the clocks of all rules that apply to a case.</summary>
internal sealed class RuleClocks(CaseFile file, LawBook book, Timeline timeline)
{
    // A review that comes again every month is written down for at most ten years.
    private const int MostRepeats = 120;

    private static readonly DeadlineKind[] OneEpisode =
        [DeadlineKind.AuthorityDecisionDue, DeadlineKind.TransferWindowEnd, DeadlineKind.ResponsibilityShift];

    private readonly LimitCalculator _calculator = new(book);
    private readonly bool _isAsylumCase = timeline.Facts.Any(fact => EventKinds.Asylum.Contains(fact.Kind));

    public IEnumerable<Clock> Run() =>
        from rule in book.Rules.OrderBy(rule => rule.Id, StringComparer.Ordinal)
        where rule.Tier != Tier.C && !(rule.NotInAsylumCases && _isAsylumCase)
        let master = MasterOf(rule)
        from start in StartsOf(master)
        where Applies(rule, start) && IsLawAt(rule, start)
        from clock in ClocksOf(rule, master, start)
        select clock;

    // A cutoff starts and ends with the rule from whose end it is counted back.
    private Rule MasterOf(Rule rule) => rule.Before is { } id && book.Find(id) is { } before ? before : rule;

    private IEnumerable<Fact> StartsOf(Rule rule)
    {
        var candidates = timeline.Facts.Where(fact => !fact.IsNotice && rule.Starts.Contains(fact.Kind)).ToList();
        var restarts = timeline.Facts.Where(fact =>
            rule.RestartsOn.Contains(fact.Kind) && timeline.Facts.Any(
                other => rule.SuspendedOn.Contains(other.Kind) && timeline.Follows(fact, other)));

        if (rule.RunsFrom == RunsFrom.Event && rule.Starts.Any(EventKinds.Taken.Contains))
            candidates = OnePerCustody(candidates);
        else if (OneEpisode.Contains(rule.Main.Kind))
            candidates = OnePerEpisode(rule, candidates);

        return candidates.Concat(restarts).Distinct();
    }

    // A detention has one beginning, however often it is reported. A new one needs a release in between.
    private List<Fact> OnePerCustody(List<Fact> candidates) => candidates
        .GroupBy(CustodyOf)
        .Select(custody => custody.FirstOrDefault(fact => fact.IsDated) ?? custody.First())
        .ToList();

    private int CustodyOf(Fact fact) => timeline.Facts.Count(other =>
        (other.Kind.Code == "release" || CaseProgress.IsHandedOver(other)) && (ReferenceEquals(other, fact) || timeline.Follows(fact, other)));

    // An application is lodged on one day and registered on another: that is one procedure, and the rule names which day counts.
    private List<Fact> OnePerEpisode(Rule rule, List<Fact> candidates)
    {
        var chosen = new List<Fact>();
        foreach (var fact in candidates)
        {
            var last = chosen.LastOrDefault();
            var isSame = last is not null && last.Kind != fact.Kind && !timeline.Facts.Any(stop =>
                rule.Stops.Contains(stop.Kind) && timeline.Follows(stop, last) && timeline.Follows(fact, stop));

            if (!isSame)
                chosen.Add(fact);
            else if (Rank(rule, fact) < Rank(rule, last!) && (fact.IsDated || !last!.IsDated))
                chosen[^1] = fact;
        }

        return chosen;
    }

    private static int Rank(Rule rule, Fact fact) => rule.Starts.TakeWhile(kind => kind != fact.Kind).Count();

    private bool Applies(Rule rule, Fact fact)
    {
        var named = fact.Event.Jurisdiction;
        var home = fact.Event.When?.Zone is { } zone ? book.HomeOf(zone) : null;

        // A treaty binds its members: a Kazakh asylum application starts no clock of the European Union.
        if (!LawBook.IsNational(rule.Jurisdiction))
        {
            var place = named ?? home;
            return file.Jurisdictions.Contains(rule.Jurisdiction, StringComparer.OrdinalIgnoreCase)
                && (place is null || rule.Members.Count == 0 || place == rule.Jurisdiction
                    || rule.Members.Contains(place, StringComparer.OrdinalIgnoreCase));
        }

        if (named is not null)
            return string.Equals(named, rule.Jurisdiction, StringComparison.OrdinalIgnoreCase);

        if (!file.Jurisdictions.Contains(rule.Jurisdiction, StringComparer.OrdinalIgnoreCase))
            return false;

        // What happens in Almaty starts no Uzbek clock; only being handed over does.
        var isElsewhere = home is not null && home != rule.Jurisdiction && file.Jurisdictions.Contains(home, StringComparer.OrdinalIgnoreCase);
        return CaseProgress.IsHandedOver(fact) ? LeadsTo(rule, fact) : !isElsewhere;
    }

    // Some record the place that a person was handed over from, some the place of arrival. What counts is who held them before.
    private bool LeadsTo(Rule rule, Fact handOver) => rule.Starts.Contains(handOver.Kind) && HolderBefore(handOver) != rule.Jurisdiction;

    private string? HolderBefore(Fact handOver)
    {
        var held = timeline.Facts.LastOrDefault(fact => EventKinds.Taken.Contains(fact.Kind) && timeline.Follows(handOver, fact));
        return held?.Event.Jurisdiction ?? (held?.Event.When?.Zone is { } zone ? book.HomeOf(zone) : null);
    }

    private bool IsLawAt(Rule rule, Fact start)
    {
        if (rule.AppliesFrom is null && rule.AppliesTo is null)
            return true;

        var counted = rule.AppliesBy == AppliesBy.Application ? ApplicationBefore(start) ?? start : start;
        return counted.Event.When?.Window is not { } window || (!(window.LastDay < rule.AppliesFrom) && !(window.FirstDay > rule.AppliesTo));
    }

    private Fact? ApplicationBefore(Fact start) => timeline.Facts.LastOrDefault(fact =>
        fact.Kind.Code is "asylum_application" or "asylum_registered" && fact.IsDated && timeline.Position(fact) <= timeline.Position(start));

    private List<Clock> ClocksOf(Rule rule, Rule master, Fact start)
    {
        var occasion = OccasionOf(start.Event, start);
        var (ended, by) = EndOf(master, start);
        var clocks = new List<Clock>();

        foreach (var limit in rule.Limits.Where(limit => !limit.IsOtherReading && Happened(limit.After, rule, start)))
            clocks.AddRange(Start(rule, limit, start, occasion));

        SupersedeByExtension(clocks);
        foreach (var clock in clocks)
        {
            if (ended is { } state)
                clock.End(StateAtEnd(state, by!, clock, rule), by);
        }

        return clocks;
    }

    private IEnumerable<Clock> Start(Rule rule, RuleLimit limit, Fact start, Occasion occasion)
    {
        var clock = new Clock(Clock.KeyOf(rule.Id, start, limit.Name), rule.Id, start, limit.Kind, rule.Tier)
        {
            Rule = rule,
            RuleLimit = limit,
            WaitsForAnswer = limit.Kind is DeadlineKind.ConfirmFact or DeadlineKind.Watch or DeadlineKind.UrgentAction,
            Limit = _calculator.Compute(rule, limit, occasion) switch
            {
                LimitResult.Ends(var end) => end,
                LimitResult.NoNumber(var reminder) when limit.Counting == Counting.None => reminder,
                _ => null,
            },
        };

        NameOtherAccounts(rule, limit, start, clock);
        return limit.Repeats && clock.Limit is not null ? Repeat(rule, limit, start, clock) : [clock];
    }

    // Each review counts from the end of the last one; in months it counts from the start, so that the 31st does not wander.
    private IEnumerable<Clock> Repeat(Rule rule, RuleLimit limit, Fact start, Clock first)
    {
        yield return first;
        for (var turn = 2; turn <= MostRepeats; turn++)
        {
            var longer = limit with { Length = limit.Length with { Value = limit.Length.Value * turn } };
            if (_calculator.Compute(rule, longer, OccasionOf(start.Event, start)) is not LimitResult.Ends(var end))
                yield break;

            yield return new Clock(Clock.KeyOf(rule.Id, start, $"{limit.Name ?? "review"}-{turn}"), rule.Id, start, limit.Kind, rule.Tier)
            {
                Rule = rule,
                RuleLimit = limit,
                Limit = end,
            };
        }
    }

    // If the account that was not preferred is true, this may end earlier. A person should see that.
    private void NameOtherAccounts(Rule rule, RuleLimit limit, Fact start, Clock clock)
    {
        foreach (var other in start.Others)
        {
            if (clock.Limit is { } ours
                && _calculator.Compute(rule, limit, OccasionOf(other, start)) is LimitResult.Ends(var theirs)
                && theirs.Earliest.Instant < ours.Earliest.Instant)
            {
                clock.Add(Step.Of("law.step.other-account", ("earliest", theirs.Earliest.LocalText)));
            }
        }
    }

    private static Occasion OccasionOf(CaseEvent @event, Fact fact) =>
        new(@event.When) { Served = fact.Served, Known = fact.Known, Sets = @event.Sets };

    private bool Happened(IReadOnlyList<EventKind> needed, Rule rule, Fact start) =>
        needed.Count == 0 || timeline.Facts.Any(fact => needed.Contains(fact.Kind) && timeline.Follows(fact, start) && Touches(rule, fact));

    private static void SupersedeByExtension(List<Clock> clocks)
    {
        if (clocks.Where(clock => clock.RuleLimit!.After.Count > 0)
            .MaxBy(clock => clock.RuleLimit!.Length.RoughDays) is not { Limit: not null } extended)
            return;

        foreach (var clock in clocks.Where(clock => clock != extended && clock.Kind == extended.Kind))
        {
            clock.Add(Step.Of("law.step.extended", ("latest", extended.Limit.Latest.LocalText)));
            clock.End(DeadlineState.Superseded);
        }
    }

    private (DeadlineState? State, Fact? By) EndOf(Rule rule, Fact start)
    {
        foreach (var fact in timeline.Facts.Where(fact => timeline.Follows(fact, start) && Touches(rule, fact)))
        {
            if (rule.Stops.Contains(fact.Kind))
                return (CaseProgress.IsHandedOver(fact) ? DeadlineState.Cancelled : DeadlineState.Met, fact);
            if (rule.SupersededOn.Contains(fact.Kind) || IsRenewal(rule, fact))
                return (DeadlineState.Superseded, fact);
            if (CaseProgress.IsHandedOver(fact) && EndsWithHandOver(rule, fact))
                return (DeadlineState.Cancelled, fact);
            if (rule.SuspendedOn.Contains(fact.Kind))
                return IsRestarted(rule, fact) ? (DeadlineState.Superseded, fact) : (DeadlineState.Suspended, fact);
        }

        return (null, null);
    }

    // In a Dublin loop every State has a procedure of its own: Austria's decision answers nothing in Poland.
    // But a person who is free, gone or moved is so everywhere.
    private bool Touches(Rule rule, Fact fact) =>
        !LawBook.IsNational(rule.Jurisdiction)
        || EventKinds.OfWhereabouts.Contains(fact.Kind)
        || StateOf(fact) is not { } state
        || string.Equals(state, rule.Jurisdiction, StringComparison.OrdinalIgnoreCase);

    private string? StateOf(Fact fact) =>
        fact.Event.Jurisdiction
        ?? (fact.Event.When?.Zone is { } zone && book.HomeOf(zone) is { } home
            && file.Jurisdictions.Contains(home, StringComparer.OrdinalIgnoreCase) ? home : null);

    // A renewed certificate, or a newer decision to act against, takes the place of the last one.
    private static bool IsRenewal(Rule rule, Fact fact) =>
        !fact.IsNotice && rule.Main.Counting is Counting.Document or Counting.None && rule.Starts.Contains(fact.Kind);

    private bool IsRestarted(Rule rule, Fact suspended) =>
        timeline.Facts.Any(fact => rule.RestartsOn.Contains(fact.Kind) && timeline.Follows(fact, suspended));

    // The clocks of the State that handed over stop; courts and committees above the States go on.
    private bool EndsWithHandOver(Rule rule, Fact handOver) =>
        rule.Jurisdiction is "CIS" or "COE" or "EU" or "VCCR"
        || (LawBook.IsNational(rule.Jurisdiction) && !LeadsTo(rule, handOver));

    private static DeadlineState StateAtEnd(DeadlineState state, Fact by, Clock clock, Rule rule) =>
        // A release after a year and not after 72 hours shows that a longer limit had taken the place of this one, though nobody said so.
        state == DeadlineState.Met && rule.SupersededBy is not null && clock.Limit is { } limit && by.First >= limit.Latest.Instant
            ? DeadlineState.Superseded
            : state;
}
