using AlertBot.Domain.Cases;
using AlertBot.Domain.Law;

namespace AlertBot.Domain.Deadlines;

/// <summary>
/// Finds the decision and body that a filing is about. A complaint to a committee meets no limit of a court, and an appeal against an arrest none of
/// a refusal of asylum. If nothing is named and several are possible, the filing meets none.
/// </summary>
internal sealed class Filings
{
    private readonly Timeline _timeline;
    private readonly RuleEnds _ends;
    private readonly LimitCalculator _calculator;
    private readonly HashSet<string> _bodies;
    private readonly Dictionary<EventId, FilingMeaning> _known = [];

    public Filings(LawBook book, Timeline timeline, RuleEnds ends)
    {
        _timeline = timeline;
        _ends = ends;
        _calculator = new LimitCalculator(book);
        _bodies = book.Rules.Where(rule => rule.Bodies.Count > 0).SelectMany(rule => rule.Bodies.Append(rule.Jurisdiction))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    public IReadOnlyList<RuleRun> Runs { get; private set; } = [];

    /// <summary>Registers what the facts start.</summary>
    public void Take(IReadOnlyList<RuleRun> all)
    {
        Runs = all.Where(run => run.Rule.About.Count == 0).ToList();

        // What a filing starts depends on its decision, which the clocks of decisions show.
        var ofFilings = all.Where(run => run.Rule.About.Count > 0 && IsAboutKind(run)).ToList();
        _known.Clear();
        Runs = all.Where(run => run.Rule.About.Count == 0 || ofFilings.Contains(run)).ToList();
    }

    public FilingMeaning MeaningOf(Fact filing)
    {
        if (_known.TryGetValue(filing.Id, out var known))
            return known;

        var could = Runs.Where(run => CouldMean(filing, run) && _ends.EndOf(run, filing).State is null).ToList();
        var inTime = could.Where(run => IsInTime(run, filing)).ToList();
        var meant = inTime.Count > 0 ? inTime : could;
        var isOne = meant.Select(SubjectOf).Distinct().Count() <= 1;
        return _known[filing.Id] = new FilingMeaning(isOne ? meant : [], isOne ? [] : meant);
    }

    // One application to a court or committee covers all that happened at home. At home each decision is challenged separately.
    private static (string Body, EventId Decision) SubjectOf(RuleRun run) =>
        run.Rule.Bodies.Count > 0 ? (run.Rule.Jurisdiction, default) : ("", run.Start.Id);

    private bool CouldMean(Fact filing, RuleRun run) =>
        run.Rule.Stops.Contains(filing.Kind)
        && _timeline.Follows(filing, run.Start)
        && _ends.Touches(run.Rule, run.Start, filing)
        && IsBefore(filing, run.Rule)
        && IsOf(filing, run);

    private bool IsBefore(Fact filing, Rule rule)
    {
        var body = filing.Event.Body ?? (filing.Event.Jurisdiction is { } named && _bodies.Contains(named) ? named : null);
        if (body is null)
            return true;
        if (rule.Bodies.Count > 0)
            return rule.Bodies.Append(rule.Jurisdiction).Contains(body, StringComparer.OrdinalIgnoreCase);

        return !_bodies.Contains(body) && (!LawBook.IsNational(rule.Jurisdiction) || body.Length != 2
            || string.Equals(body, rule.Jurisdiction, StringComparison.OrdinalIgnoreCase));
    }

    // A removal is challenged whichever decision led to it.
    private bool IsOf(Fact filing, RuleRun run)
    {
        if (filing.Event.About is not { } about || run.Rule.Main.Kind == DeadlineKind.UrgentAction || !IsDecisionOrFiling(run.Start))
            return true;

        return IsAccountOf(run.Start, about)
            || (run.Start.Event.About is { } same && _timeline.Facts.Any(fact => IsAccountOf(fact, about) && IsAccountOf(fact, same)));
    }

    private static bool IsDecisionOrFiling(Fact fact) =>
        EventKinds.Decisions.Contains(fact.Kind) || EventKinds.Filings.Contains(fact.Kind) || EventKinds.Taken.Contains(fact.Kind);

    private static bool IsAccountOf(Fact fact, EventId id) => fact.Id == id || fact.Event.Id == id || fact.Others.Any(other => other.Id == id);

    private bool IsInTime(RuleRun run, Fact filing) =>
        _calculator.Compute(run.Rule, run.Rule.Main, run.Start.Occasion) is not LimitResult.Ends(var limit) || limit.Latest.Instant > filing.First;

    private bool IsAboutKind(RuleRun run)
    {
        if (run.Start.Event.About is { } about)
            return _timeline.Facts.Any(fact => IsAccountOf(fact, about) && run.Rule.About.Contains(fact.Kind));
        return MeaningOf(run.Start).Meant.Any(meant => run.Rule.About.Contains(meant.Start.Kind));
    }
}

/// <summary>The runs that a filing ends, or one of which it may end.</summary>
internal sealed record FilingMeaning(IReadOnlyList<RuleRun> Meant, IReadOnlyList<RuleRun> MayBeMeant)
{
    public bool Means(Fact start, Rule rule) => Meant.Any(run => Is(run, start, rule));

    public bool MayMean(Fact start, Rule rule) => MayBeMeant.Any(run => Is(run, start, rule));

    private static bool Is(RuleRun run, Fact start, Rule rule) => ReferenceEquals(run.Start, start) && run.Rule == rule;
}
