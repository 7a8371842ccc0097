using AlertBot.Domain.Cases;
using AlertBot.Domain.Law;

namespace AlertBot.Domain.Deadlines;

/// <summary>How a run of a rule ended.</summary>
internal sealed record RuleEnd(DeadlineState? State, Fact? By, IReadOnlyList<(DoubtKind Kind, Fact Fact)> Doubts);

/// <summary>Finds what ends the clocks of rules.</summary>
internal sealed class RuleEnds
{
    private readonly RuleRuns _runs;
    private readonly Timeline _timeline;
    private readonly States _states;
    private readonly Filings _filings;

    public RuleEnds(CaseFile file, LawBook book, Timeline timeline)
    {
        _runs = new RuleRuns(file, book, timeline);
        _timeline = timeline;
        _states = new States(file, book);
        _filings = new Filings(book, timeline, this);
        _filings.Take(_runs.All().ToList());
    }

    public IReadOnlyList<RuleRun> Runs => _filings.Runs;

    public bool Touches(Rule rule, Fact start, Fact fact) => _states.Touches(rule, start, fact);

    /// <summary>How the run ended, if it did, and which facts would have ended it if they were certain.</summary>
    /// <param name="before">Only facts before this one are considered.</param>
    public RuleEnd EndOf(RuleRun run, Fact? before = null)
    {
        var (rule, start) = (_runs.MasterOf(run.Rule), run.Start);
        var doubts = new List<(DoubtKind Kind, Fact Fact)>();
        foreach (var fact in _timeline.Facts.Where(fact => _timeline.Follows(fact, start) && _states.Touches(rule, start, fact)))
        {
            if (ReferenceEquals(fact, before))
                break;
            if (fact.IsInDoubt && (rule.Stops.Contains(fact.Kind) || (CaseProgress.IsHandedOver(fact) && EndsWithHandOver(rule, fact))))
            {
                doubts.Add((DoubtKind.StopNotConfirmed, fact));
                continue;
            }

            if (rule.Stops.Contains(fact.Kind) && EventKinds.Filings.Contains(fact.Kind) && !IsAbout(fact, rule, run, doubts))
                continue;

            if (rule.Stops.Contains(fact.Kind))
                return new RuleEnd(CaseProgress.IsHandedOver(fact) ? DeadlineState.Cancelled : DeadlineState.Met, fact, doubts);
            if (rule.SupersededOn.Contains(fact.Kind) || IsRenewal(rule, fact))
                return new RuleEnd(DeadlineState.Superseded, fact, doubts);
            if (CaseProgress.IsHandedOver(fact) && EndsWithHandOver(rule, fact))
                return new RuleEnd(DeadlineState.Cancelled, fact, doubts);
            if (rule.SuspendedOn.Contains(fact.Kind))
                return new RuleEnd(IsRestarted(rule, fact) ? DeadlineState.Superseded : DeadlineState.Suspended, fact, doubts);
        }

        return new RuleEnd(null, null, doubts);
    }

    private bool IsAbout(Fact filing, Rule rule, RuleRun run, List<(DoubtKind Kind, Fact Fact)> doubts)
    {
        var meaning = _filings.MeaningOf(filing);
        if (meaning.Means(run.Start, rule))
            return true;
        if (meaning.MayMean(run.Start, rule))
            doubts.Add((DoubtKind.WhichDecision, filing));
        return false;
    }

    // A renewed certificate, or a newer decision to challenge, replaces the last one.
    private static bool IsRenewal(Rule rule, Fact fact) =>
        !fact.IsNotice && rule.Main.Counting is Counting.Document or Counting.None && rule.Starts.Contains(fact.Kind);

    private bool IsRestarted(Rule rule, Fact suspended) =>
        _timeline.Facts.Any(fact => rule.RestartsOn.Contains(fact.Kind) && _timeline.Follows(fact, suspended));

    // The clocks of the State that handed the person over stop. Those of courts and committees above the States go on.
    private bool EndsWithHandOver(Rule rule, Fact handOver) =>
        rule.Jurisdiction is "CIS" or "COE" or "EU" or "VCCR"
        || (LawBook.IsNational(rule.Jurisdiction) && !_states.LeadsTo(_timeline, rule, handOver));
}
