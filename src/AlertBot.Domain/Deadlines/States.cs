using AlertBot.Domain.Cases;
using AlertBot.Domain.Law;

namespace AlertBot.Domain.Deadlines;

/// <summary>Finds the State whose procedure a fact belongs to.</summary>
internal sealed class States(CaseFile file, LawBook book)
{
    /// <summary>
    /// In a Dublin loop every State has a procedure of its own: Austria's decision answers nothing in Poland. But a person who is free, gone or moved
    /// is so for every State.
    /// </summary>
    public bool Touches(Rule rule, Fact start, Fact fact)
    {
        if (EventKinds.OfWhereabouts.Contains(fact.Kind) || StateOf(fact) is not { } state)
            return true;
        if (LawBook.IsNational(rule.Jurisdiction))
            return string.Equals(state, rule.Jurisdiction, StringComparison.OrdinalIgnoreCase);

        // All share one law, but each State applies it in its own courts.
        return rule.Bodies.Count > 0 || !EventKinds.Filings.Contains(fact.Kind)
            || StateOf(start) is not { } other || string.Equals(state, other, StringComparison.OrdinalIgnoreCase);
    }

    public string? StateOf(Fact fact) =>
        fact.Event.Jurisdiction is { } named
            ? LawBook.IsNational(named) ? named : null
            : fact.Event.When?.Zone is { } zone && book.HomeOf(zone) is { } home
                && file.Jurisdictions.Contains(home, StringComparer.OrdinalIgnoreCase) ? home : null;

    // Some people record the hand-over with the State that handed the person over, others with the State of arrival. The State that held the person
    // before decides.
    public bool LeadsTo(Timeline timeline, Rule rule, Fact handOver) =>
        rule.Starts.Contains(handOver.Kind) && HolderBefore(timeline, handOver) != rule.Jurisdiction;

    private string? HolderBefore(Timeline timeline, Fact handOver)
    {
        var held = timeline.Facts.LastOrDefault(fact => EventKinds.Taken.Contains(fact.Kind) && timeline.Follows(handOver, fact));
        return held?.Event.Jurisdiction ?? (held?.Event.When?.Zone is { } zone ? book.HomeOf(zone) : null);
    }
}
