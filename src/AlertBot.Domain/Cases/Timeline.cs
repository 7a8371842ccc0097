using NodaTime;

namespace AlertBot.Domain.Cases;

/// <summary>
/// A case's events as clocks need them: one account of each fact, in order, with the dates of service and knowledge from later events. Facts that may
/// not start clocks (the past, statements about a group) are left out.
/// </summary>
public sealed class Timeline
{
    private static readonly EventKind ExtraditionServed = new("extradition_decision_served");
    private static readonly EventKind DecisionServed = new("decision_served");
    private static readonly EventKind BecameKnown = new("decision_became_known");

    private Timeline(IReadOnlyList<Fact> facts) => Facts = facts;

    public IReadOnlyList<Fact> Facts { get; }

    /// <summary>A fact that stands people down is in doubt until a second person confirms it.</summary>
    public static Timeline Of(IReadOnlyList<CaseEvent> events)
    {
        var facts = Accounts(events.Where(@event => @event is { MayStartClocks: true, IsWithdrawn: false }).ToList())
            .OrderBy(fact => fact.First).ThenBy(fact => Rank(fact.Kind)).ThenBy(fact => fact.Event.RecordedAt).ThenBy(fact => fact.Event.Id.Value)
            .ToList();

        return new Timeline(WithDoubts(WithNotices(facts)));
    }

    /// <summary>Whether <paramref name="later"/> may have happened after <paramref name="earlier"/>, in this order of facts.</summary>
    public bool Follows(Fact later, Fact earlier) =>
        !ReferenceEquals(later, earlier) && Position(later) > Position(earlier);

    public int Position(Fact fact)
    {
        for (var at = 0; at < Facts.Count; at++)
        {
            if (ReferenceEquals(Facts[at], fact))
                return at;
        }

        return -1;
    }

    // Several accounts of one fact start one clock: the preferred one does, or else the one that the others refer to.
    private static IEnumerable<Fact> Accounts(List<CaseEvent> events)
    {
        var byId = events.ToDictionary(@event => @event.Id);
        foreach (var group in events.GroupBy(@event => Root(@event, byId)))
        {
            var preferred = group.Where(@event => @event.Preferred)
                .OrderBy(@event => @event.SameFactAs is null ? 0 : 1).ThenBy(@event => @event.Id.Value).FirstOrDefault();
            if (preferred is not null)
                yield return Fact.Of(preferred, group.Where(@event => @event.Id != preferred.Id).ToList()) with { Id = group.Key };
        }
    }

    private static EventId Root(CaseEvent @event, Dictionary<EventId, CaseEvent> byId)
    {
        var seen = new HashSet<EventId>();
        while (@event.SameFactAs is { } other && seen.Add(@event.Id) && byId.TryGetValue(other, out var next))
            @event = next;

        // Two accounts may refer to each other. Then the one with the smaller id represents both.
        return seen.Contains(@event.Id) ? seen.MinBy(id => id.Value) : @event.Id;
    }

    // "The refusal became known on the 14th" is no decision of its own: it dates the last decision before it.
    private static List<Fact> WithNotices(List<Fact> facts)
    {
        for (var at = 0; at < facts.Count; at++)
        {
            var notice = facts[at];
            if (Decided(facts, at) is not { } decided || notice.Event.When?.Window is not { } window)
                continue;

            facts[decided] = notice.Kind == BecameKnown
                ? facts[decided] with { Known = facts[decided].Known ?? window.FirstDay }
                : facts[decided] with { Served = facts[decided].Served ?? window.FirstDay };
            facts[at] = notice with { IsNotice = true };
        }

        return facts;
    }

    // Standing people down takes two people. If the person is taken again, the release in between is certain.
    private static List<Fact> WithDoubts(List<Fact> facts)
    {
        for (var at = 0; at < facts.Count; at++)
        {
            var isTakenAgain = facts[at].Kind.Code == "release" && facts.Skip(at + 1).Any(later => EventKinds.Taken.Contains(later.Kind));
            if (EventKinds.StandDown.Contains(facts[at].Kind) && !isTakenAgain && !facts[at].IsSure)
                facts[at] = facts[at] with { IsInDoubt = true };
        }

        return facts;
    }

    private static int? Decided(List<Fact> facts, int notice)
    {
        var kind = facts[notice].Kind;
        if (kind != ExtraditionServed && kind != DecisionServed && kind != BecameKnown)
            return null;

        for (var at = notice - 1; at >= 0; at--)
        {
            var isExtradition = facts[at].Kind.Code == "extradition_decision";
            if (EventKinds.Decisions.Contains(facts[at].Kind) && (kind == BecameKnown || isExtradition == (kind == ExtraditionServed)))
                return at;
        }

        return null;
    }

    // Within one day, being taken comes before a release, and a release before being taken again.
    private static int Rank(EventKind kind) => kind.Code switch
    {
        "rearrest" => 3,
        "release" or "extradited" or "deported" or "departed" => 2,
        "detention_start" or "abduction_reported" => 0,
        _ => 1,
    };
}

/// <summary>One fact on the timeline of clocks.</summary>
/// <param name="First">Its first possible moment; for a fact without a date, when it became known or was recorded.</param>
/// <param name="Others">The other accounts of it, which were not preferred.</param>
public sealed record Fact(CaseEvent Event, Instant First, Instant Last, bool IsDated, IReadOnlyList<CaseEvent> Others)
{
    public EventKind Kind => Event.Kind;

    /// <summary>The same, whichever account of the fact is preferred.</summary>
    public EventId Id { get; init; } = Event.Id;

    public LocalDate? Served { get; init; }

    public LocalDate? Known { get; init; }

    /// <summary>True if the fact would stand people down but only one person has recorded it.</summary>
    public bool IsInDoubt { get; init; }

    /// <summary>True if a second person confirmed it or told the same, or if it comes from a public record and not from one of us.</summary>
    public bool IsSure => Event.ConfirmedBy is not null || Event.RecordedBy is null
        || Others.Any(other => other.Kind == Kind && other.RecordedBy is not null && other.RecordedBy != Event.RecordedBy);

    /// <summary>The known dates from which a rule counts.</summary>
    public Law.Occasion Occasion => OccasionOf(Event);

    public Law.Occasion OccasionOf(CaseEvent account) => new(account.When) { Served = Served, Known = Known, Sets = account.Sets };

    /// <summary>True if it only dates another decision and starts nothing itself.</summary>
    public bool IsNotice { get; init; }

    internal static Fact Of(CaseEvent @event, IReadOnlyList<CaseEvent> others)
    {
        var (first, last) = @event.When?.Window is { } window ? (window.First, window.Last) : Undated(@event);
        return new Fact(@event, first, last, @event.When?.Window is not null, others) { Served = @event.Served, Known = @event.Known };
    }

    private static (Instant First, Instant Last) Undated(CaseEvent @event)
    {
        var learned = new[] { @event.Served, @event.Known }.OfType<LocalDate>().Order().Cast<LocalDate?>().FirstOrDefault();
        var at = learned is { } day ? (@event.When?.Zone ?? DateTimeZone.Utc).AtStartOfDay(day).ToInstant() : @event.RecordedAt;
        return (at, at);
    }
}
