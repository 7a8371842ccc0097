using AlertBot.Domain.Alerts;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Postgres;

namespace AlertBot.Workflows.Incidents;

/// <summary>What people answer about an incident: I can't, I still have it, I must hand it over. Only those cleared for its case.</summary>
public sealed class AnswerIncident(IncidentAlerts alerts, Escalate escalate, IncidentPolicy policy)
{
    /// <summary>
    /// Somebody cannot take it. When nobody is left of those told so far, the next people are told at once, not when their time
    /// would have come.
    /// </summary>
    public async Task<AnswerOutcome> CannotAsync(Session session, IncidentId id)
    {
        if (session.Actor.Id is not { } by || await HeldAsync(session, id) is not { } incident)
            return AnswerOutcome.NotAllowed;
        if (incident.Handling != Handling.Open)
            return incident.Handling == Handling.Closed
                ? AnswerOutcome.Closed
                : incident.TakenBy == by ? AnswerOutcome.IsYours : AnswerOutcome.IsTaken;
        if ((await StoryAsync(session, incident)).CannotTake.Contains(by))
            return AnswerOutcome.SaidBefore;

        await session.Incidents.NoteAsync(id, by, IncidentAct.Cannot);
        await session.Audit.AddAsync(by, new AuditAct("incident.cannot"), id.Value);
        var cannot = (await StoryAsync(session, incident)).CannotTake;
        var isHurried = !(await AskedAsync(session, incident)).Except(cannot).Any();
        var saved = isHurried
            ? await escalate.LookAsync(session, incident with { LookAt = session.Now })
            : await session.Incidents.SaveAsync(incident);
        await alerts.RefreshAsync(session, await IncidentView.OfAsync(session, saved));
        return isHurried ? AnswerOutcome.NextAreTold : AnswerOutcome.Done;
    }

    /// <summary>The answer to "still on it?". It may be given before the question.</summary>
    public async Task<AnswerOutcome> StillAsync(Session session, IncidentId id)
    {
        if (await HeldAsync(session, id) is not { } incident)
            return AnswerOutcome.NotAllowed;
        if (incident.Handling != Handling.Taken || incident.TakenBy != session.Actor.Id)
            return incident.Handling == Handling.Closed ? AnswerOutcome.Closed : AnswerOutcome.NotYours;

        await session.Incidents.NoteAsync(id, session.Actor.Id, IncidentAct.Still);
        var saved = await session.Incidents.SaveAsync(Escalation.StillOnIt(incident, policy, session.Now));
        await alerts.RefreshAsync(session, await IncidentView.OfAsync(session, saved));
        return AnswerOutcome.Done;
    }

    /// <summary>Whoever has it gives it away: it is open again.</summary>
    public async Task<AnswerOutcome> HandOnAsync(Session session, IncidentId id)
    {
        if (await HeldAsync(session, id) is not { } incident)
            return AnswerOutcome.NotAllowed;
        if (incident.Handling != Handling.Taken || incident.TakenBy != session.Actor.Id)
            return incident.Handling == Handling.Closed ? AnswerOutcome.Closed : AnswerOutcome.NotYours;

        await session.Audit.AddAsync(session.Actor.Id, new AuditAct("incident.hand_on"), id.Value);
        await escalate.OpenAgainAsync(session, incident, session.Actor.Id);
        return AnswerOutcome.Done;
    }

    private static async Task<Incident?> HeldAsync(Session session, IncidentId id) =>
        session.Actor.Id is not null && await session.Incidents.TakeAsync(id) is { } incident
        && await IncidentAccess.MayActAsync(session, incident) ? incident : null;

    private static async Task<IncidentStory> StoryAsync(Session session, Incident incident) =>
        new(incident, await session.Incidents.EntriesAsync(incident.Id));

    // Those whom an alert asks to take it. A coordinator who is only to decide what a report is was not asked; a group asks nobody in person.
    private static async Task<HashSet<PersonId>> AskedAsync(Session session, Incident incident)
    {
        var people = new HashSet<PersonId>();
        foreach (var card in (await session.Incidents.CardsAsync(incident.Id)).Where(card => card.Kind != AlertKind.IncidentTriage))
        {
            if (await session.Addresses.FindAsync(card.At) is { Person: { } person })
                people.Add(person);
        }

        return people;
    }
}

public enum AnswerOutcome
{
    Done,

    /// <summary>They were the last of those told so far.</summary>
    NextAreTold,

    SaidBefore,
    IsYours,
    IsTaken,
    NotYours,
    Closed,
    NotAllowed,
}
