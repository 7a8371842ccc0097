using AlertBot.Domain.Alerts;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Alerting;

namespace AlertBot.Workflows.Incidents;

/// <summary>
/// Whom each step of an escalation reaches. Everybody in it is cleared for the incident: being on duty opens no case, so where the one
/// on duty is not cleared, or said that they cannot, the next of the rota stands in.
/// </summary>
public sealed class IncidentCircle
{
    private readonly IReadOnlyDictionary<EscalationStep, IReadOnlyList<Subscriber>> _steps;

    private IncidentCircle(IReadOnlyDictionary<EscalationStep, IReadOnlyList<Subscriber>> steps, IReadOnlyList<Subscriber> all) =>
        (_steps, All) = (steps, all);

    /// <summary>Everybody, those who said that they cannot included: it is never left to nobody.</summary>
    public IReadOnlyList<Subscriber> All { get; }

    /// <summary>The same on every messenger they have: whoever did not answer on one may read another.</summary>
    public IReadOnlyList<Subscriber> Everywhere => All.Select(one => one with { IsChosen = true }).ToList();

    /// <summary>Waiting for somebody of whom we do not know that they read us would be lost time.</summary>
    public bool Reaches(EscalationStep step) => _steps[step].Any(one => !one.IsUnconfirmed);

    public IReadOnlyList<Subscriber> Of(IEnumerable<EscalationStep> steps) =>
        steps.SelectMany(step => _steps[step]).DistinctBy(one => one.Address).ToList();

    /// <param name="cannot">Those who are left out until the steps are through.</param>
    public static async Task<IncidentCircle> OfAsync(Session session, Incident incident, IReadOnlySet<PersonId> cannot, IncidentPolicy policy)
    {
        var cards = await session.Incidents.CardsAsync(incident.Id);
        // What the circle was not told by itself (somebody is summoned, somebody is free) is no reason to wake it either.
        var isForCircle = incident.IsToldFully || policy.Grave.Contains(incident.Kind) || cards.Any(
            card => card.Kind == AlertKind.IncidentHeadsUp || card.Kind == AlertKind.IncidentAlert);
        var subscribers = isForCircle && incident.Case is { } @case ? (await session.Subscriptions.OpenOfAsync([@case]))[@case].ToList() : [];
        var coordinators = await Recipients.CoordinatorsAsync(session);
        var told = cards.Select(card => card.At).ToHashSet();
        var onCall = isForCircle ? await OnCallAsync(session, incident, cannot) : [];
        var steps = new Dictionary<EscalationStep, IReadOnlyList<Subscriber>>
        {
            [EscalationStep.OnCall] = onCall,
            [EscalationStep.Subscribers] = Without(subscribers, cannot),
            [EscalationStep.Coordinators] = Without(coordinators, cannot),
            [EscalationStep.OtherChannel] = Without(await ElsewhereAsync(session, incident, told), cannot),
        };
        return new IncidentCircle(steps, onCall.Concat(subscribers).Concat(coordinators).DistinctBy(one => one.Address).ToList());
    }

    /// <summary>The addresses that have a card of it already.</summary>
    public static async Task<IReadOnlySet<AddressId>> ToldAsync(Session session, Incident incident) =>
        (await session.Incidents.CardsAsync(incident.Id)).Select(card => card.At).ToHashSet();

    private static List<Subscriber> Without(IEnumerable<Subscriber> people, IReadOnlySet<PersonId> cannot) =>
        people.Where(one => one.Person is not { } person || !cannot.Contains(person)).ToList();

    private static async Task<IReadOnlyList<Subscriber>> OnCallAsync(Session session, Incident incident, IReadOnlySet<PersonId> cannot)
    {
        foreach (var person in (await session.OnCall.RotaAsync()).People.Where(person => !cannot.Contains(person)))
        {
            if (await IsClearedAsync(session, incident, person) && await session.Addresses.OpenOfAsync([person]) is { Count: > 0 } addresses)
                return addresses;
        }

        return [];
    }

    // The same people where they were not told yet: a phone without data, an account that is blocked.
    private static async Task<IReadOnlyList<Subscriber>> ElsewhereAsync(Session session, Incident incident, HashSet<AddressId> told)
    {
        var people = new HashSet<PersonId>();
        foreach (var at in told)
        {
            if (await session.Addresses.FindAsync(at) is { Person: { } person } && await IsClearedAsync(session, incident, person))
                people.Add(person);
        }

        var addresses = await session.Addresses.OpenOfAsync(people);
        var used = addresses.Where(one => told.Contains(one.Address)).ToLookup(one => one.Person, one => one.Channel);
        return addresses.Where(one => !used[one.Person].Contains(one.Channel)).Select(one => one with { IsChosen = true }).ToList();
    }

    private static async Task<bool> IsClearedAsync(Session session, Incident incident, PersonId person) =>
        await session.People.FindAsync(person) is { } known && await IncidentAccess.MayActAsync(session, incident, Actor.Of(known));
}
