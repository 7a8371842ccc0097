using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Domain.Incidents;

/// <summary>Who will have duty when, as the rota and the absences stand now.</summary>
/// <param name="Everybody">The rota with those who are away, in order.</param>
public sealed record DutyPlan(IReadOnlyList<PersonId> Everybody, IReadOnlyList<Absence> Absences, IncidentPolicy Policy, Instant Now)
{
    /// <summary>Who has duty at that moment; null: nobody, since nobody is on the rota or all are away.</summary>
    public PersonId? At(Instant at)
    {
        var people = Everybody;
        for (var next = OnCallRota.HandOverAfter(Policy, Now); next <= at; next = OnCallRota.HandOverAfter(Policy, next))
        {
            var there = There(people, next);
            people = there.HandOver(There(people, next - Duration.Epsilon).OnDuty).Among(people, there.People.ToHashSet());
        }

        return There(people, at).OnDuty;
    }

    private OnCallRota There(IEnumerable<PersonId> people, Instant at) => new(people.Where(one => !IsAway(one, at)).ToList());

    public bool IsAway(PersonId person, Instant at) => Absences.Any(one => one.Person == person && one.Has(at));

    /// <summary>The weeks from hand-over to hand-over; the first one is under way.</summary>
    public IReadOnlyList<DutyWeek> Weeks(int count)
    {
        var weeks = new List<DutyWeek>();
        for (var from = OnCallRota.HandOverBefore(Policy, Now); weeks.Count < count;)
        {
            var until = OnCallRota.HandOverAfter(Policy, from);
            weeks.Add(new DutyWeek(from, until, Turns(Instant.Max(from, Now), until)));
            from = until;
        }

        return weeks;
    }

    // Duty changes within a week where an absence begins or ends.
    private List<(Instant From, PersonId? Person)> Turns(Instant from, Instant until)
    {
        var turns = new List<(Instant From, PersonId? Person)>();
        var changes = Absences.SelectMany(one => new[] { one.From, one.Until }).Where(at => at > from && at < until);
        foreach (var at in changes.Append(from).Distinct().Order())
        {
            if (At(at) is var person && (turns.Count == 0 || turns[^1].Person != person))
                turns.Add((at, person));
        }

        return turns;
    }
}

/// <param name="Turns">Who has duty, in order, each from when.</param>
public sealed record DutyWeek(Instant From, Instant Until, IReadOnlyList<(Instant From, PersonId? Person)> Turns);

/// <summary>Somebody on the rota is away.</summary>
public sealed record Absence(AbsenceId Id, PersonId Person, Instant From, Instant Until)
{
    public bool Has(Instant at) => From <= at && at < Until;
}

public readonly record struct AbsenceId(Guid Value)
{
    public static AbsenceId New() => new(Guid.CreateVersion7());
}
