using AlertBot.Domain.Cases;
using AlertBot.Domain.Law;

namespace AlertBot.Domain.Deadlines;

/// <summary>A rule and the fact of a case that starts it.</summary>
internal sealed record RuleRun(Rule Rule, Fact Start);

/// <summary>Finds which facts of a case start which rules, by the law of the place, of the day, and of the procedure.</summary>
internal sealed class RuleRuns(CaseFile file, LawBook book, Timeline timeline)
{
    private static readonly DeadlineKind[] OneEpisode =
        [DeadlineKind.AuthorityDecisionDue, DeadlineKind.TransferWindowEnd, DeadlineKind.ResponsibilityShift];

    private readonly States _states = new(file, book);
    private readonly bool _isAsylumCase = timeline.Facts.Any(fact => EventKinds.Asylum.Contains(fact.Kind));

    /// <summary>All runs, in the order of the rules' ids.</summary>
    public IEnumerable<RuleRun> All() =>
        from rule in book.Rules.OrderBy(rule => rule.Id, StringComparer.Ordinal)
        where rule.Tier != Tier.C && !(rule.NotInAsylumCases && _isAsylumCase)
        from start in StartsOf(MasterOf(rule))
        where Applies(rule, start) && IsLawAt(rule, start) && IsAtBody(rule, start)
        select new RuleRun(rule, start);

    /// <summary>A cutoff starts and ends with the rule from whose end it is counted back.</summary>
    public Rule MasterOf(Rule rule) => rule.Before is { } id && book.Find(id) is { } before ? before : rule;

    // A filing with one committee starts no clock of another.
    private static bool IsAtBody(Rule rule, Fact start) => start.Kind.Code != "application_filed" || rule.Bodies.Count == 0
        || (start.Event.Body is { } body && rule.Bodies.Contains(body, StringComparer.OrdinalIgnoreCase));

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

        return WhileHeld(rule, candidates.Concat(restarts)).Distinct();
    }

    // A detention that is reported several times has one beginning. A new one needs a release in between.
    private List<Fact> OnePerCustody(List<Fact> candidates) => candidates
        .GroupBy(CustodyOf)
        .Select(custody => custody.FirstOrDefault(fact => fact.IsDated) ?? custody.First())
        .ToList();

    private int CustodyOf(Fact fact) => timeline.Facts.Count(other =>
        (other.Kind.Code == "release" || CaseProgress.IsHandedOver(other)) && (ReferenceEquals(other, fact) || timeline.Follows(fact, other)));

    // An application lodged on one day and registered on another is one procedure, and the rule names the day that counts.
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

    // A step taken before the detention cannot count against it. The limit then runs from the detention (Court of Justice, C-60/16, on the six weeks
    // of the Dublin Regulation).
    private IEnumerable<Fact> WhileHeld(Rule rule, IEnumerable<Fact> candidates)
    {
        if (rule.While.Count == 0)
            return candidates;

        return candidates.Select(fact => HeldAt(rule, fact) ? fact : FirstHeldAfter(rule, fact)).OfType<Fact>();
    }

    private bool HeldAt(Rule rule, Fact fact) => rule.While.Contains(fact.Kind)
        || timeline.Facts.LastOrDefault(other => timeline.Follows(fact, other) && (rule.While.Contains(other.Kind) || IsSetFree(other))) is { } last
            && rule.While.Contains(last.Kind);

    private Fact? FirstHeldAfter(Rule rule, Fact fact) => rule.Main.Kind != DeadlineKind.ReleaseDue
        ? null
        : timeline.Facts.FirstOrDefault(other =>
            timeline.Follows(other, fact) && (rule.While.Contains(other.Kind) || other.Kind.Code == "transfer_done")) is { } held
            && rule.While.Contains(held.Kind)
            ? held
            : null;

    private static bool IsSetFree(Fact fact) => fact is { Kind.Code: "release" or "transfer_done", IsInDoubt: false };

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

        // An event in Almaty starts no Uzbek clock; only a hand-over does.
        var isElsewhere = home is not null && home != rule.Jurisdiction && file.Jurisdictions.Contains(home, StringComparer.OrdinalIgnoreCase);
        return CaseProgress.IsHandedOver(fact) ? _states.LeadsTo(timeline, rule, fact) : !isElsewhere;
    }

    private bool IsLawAt(Rule rule, Fact start)
    {
        if (rule.AppliesFrom is null && rule.AppliesUntil is null)
            return true;

        // The old law keeps its criteria for older applications. Whether it also keeps its time limits is unsettled, so both are shown.
        if (rule.StepsFrom is { } steps && start.Event.When?.Window is { } step && step.LastDay >= steps)
            return true;

        var counted = rule.AppliesBy == AppliesBy.Application ? ApplicationBefore(start) ?? start : start;
        return counted.Event.When?.Window is not { } window || (!(window.LastDay < rule.AppliesFrom) && !(window.FirstDay > rule.AppliesUntil));
    }

    private Fact? ApplicationBefore(Fact start) => timeline.Facts.LastOrDefault(fact =>
        fact.Kind.Code is "asylum_application" or "asylum_registered" && fact.IsDated && timeline.Position(fact) <= timeline.Position(start));
}
