using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Domain.Incidents;

/// <summary>
/// The order in which people are told if nobody takes an incident. The first one is on duty, and moves to the end at the hand-over.
/// </summary>
public sealed record OnCallRota(IReadOnlyList<PersonId> People)
{
    public PersonId? OnDuty => People.Count > 0 ? People[0] : null;

    public PersonId? Next => People.Count > 1 ? People[1] : null;

    public bool Has(PersonId person) => People.Contains(person);

    public OnCallRota Join(PersonId person) => Has(person) ? this : new OnCallRota([.. People, person]);

    public OnCallRota Leave(PersonId person) => new(People.Where(one => one != person).ToList());

    public OnCallRota HandOver() => HandOver(OnDuty);

    /// <param name="had">Who had duty until now. Whoever was stood in for while away has their turn when they are back.</param>
    public OnCallRota HandOver(PersonId? had) => People.Count > 1 && had is { } over && Has(over) ? Leave(over).Join(over) : this;

    /// <summary>This order of those who are there, among all: whoever is left out for now keeps their place.</summary>
    /// <param name="all">The order of before, with those who are left out.</param>
    /// <param name="there">Those of them who are not left out.</param>
    public IReadOnlyList<PersonId> Among(IEnumerable<PersonId> all, IReadOnlySet<PersonId> there)
    {
        var (turns, order) = (new Queue<PersonId>(People), new List<PersonId>());
        foreach (var one in all)
        {
            if (!there.Contains(one) && !Has(one))
                order.Add(one);
            else if (turns.TryDequeue(out var next))
                order.Add(next);
        }

        return [.. order, .. turns];
    }

    /// <summary>Swaps a person's turn with the next one's. The last one stays.</summary>
    public OnCallRota SwapWithNext(PersonId person)
    {
        var people = People.ToList();
        var at = people.IndexOf(person);
        if (at < 0 || at == people.Count - 1)
            return this;
        (people[at], people[at + 1]) = (people[at + 1], people[at]);
        return new OnCallRota(people);
    }

    public OnCallRota MoveUp(PersonId person) =>
        People.ToList().IndexOf(person) is > 0 and var at ? SwapWithNext(People[at - 1]) : this;

    /// <summary>The last hand-over at or before that moment.</summary>
    public static Instant HandOverBefore(IncidentPolicy policy, Instant now)
    {
        var day = now.InZone(policy.HandOverZone).Date.PlusDays(1);
        while (true)
        {
            day = day.Previous(policy.HandOverDay);
            if (On(policy, day) is var at && at <= now)
                return at;
        }
    }

    /// <summary>The first hand-over after that moment.</summary>
    public static Instant HandOverAfter(IncidentPolicy policy, Instant now)
    {
        var day = now.InZone(policy.HandOverZone).Date.PlusDays(-1);
        while (true)
        {
            day = day.Next(policy.HandOverDay);
            if (On(policy, day) is var at && at > now)
                return at;
        }
    }

    private static Instant On(IncidentPolicy policy, LocalDate day) => policy.HandOverZone.AtLeniently(day.At(policy.HandOverAt)).ToInstant();
}
