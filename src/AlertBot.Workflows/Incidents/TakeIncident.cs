using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Postgres;

namespace AlertBot.Workflows.Incidents;

/// <summary>Somebody takes an incident on. Only those cleared for its case can, whoever else sees the message.</summary>
public sealed class TakeIncident(IncidentAlerts alerts, IncidentPolicy policy)
{
    public async Task<TakeOutcome> RunAsync(Session session, IncidentId id)
    {
        if (session.Actor.Id is not { } by || await session.Incidents.TakeAsync(id) is not { } incident
            || !await IncidentAccess.MayActAsync(session, incident))
            return TakeOutcome.NotAllowed;
        if (incident.Handling == Handling.Closed)
            return TakeOutcome.Closed;
        if (incident.Handling == Handling.Taken)
            return incident.TakenBy == by ? TakeOutcome.YoursAlready : TakeOutcome.TakenBefore;

        var taken = await session.Incidents.SaveAsync(incident with
        {
            Handling = Handling.Taken,
            TakenBy = by,
            TakenAt = session.Now,
            AskedAt = null,
            Step = 0,
            LookAt = session.Now + policy.StillOnItAfter,
        });
        await session.Incidents.NoteAsync(id, by, IncidentAct.Taken);
        await session.Audit.AddAsync(by, new AuditAct("incident.take"), id.Value);
        await alerts.RefreshAsync(session, await IncidentView.OfAsync(session, taken));
        return TakeOutcome.Taken;
    }
}

public enum TakeOutcome
{
    Taken,
    YoursAlready,
    TakenBefore,
    Closed,
    NotAllowed,
}
