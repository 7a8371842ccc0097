using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Postgres;

namespace AlertBot.Workflows.Incidents;

/// <summary>A coordinator stands for it: the full alert goes out.</summary>
public sealed class VerifyIncident(FullAlert full, IncidentAlerts alerts)
{
    public async Task<TriageOutcome> RunAsync(Session session, IncidentId id)
    {
        if (!session.Actor.MayActAs(Role.Coordinator) || await session.Incidents.TakeAsync(id) is not { } incident)
            return TriageOutcome.NotAllowed;
        if (incident.Handling == Handling.Closed)
            return TriageOutcome.Closed;
        if (incident.Standing == Standing.Verified)
            return TriageOutcome.DoneBefore;

        var verified = await session.Incidents.SaveAsync(incident with { Standing = Standing.Verified, VerifiedBy = session.Actor.Id });
        await session.Incidents.NoteAsync(id, session.Actor.Id, IncidentAct.Verified);
        await session.Audit.AddAsync(session.Actor.Id, new AuditAct("incident.verify"), id.Value);
        if (verified.IsToldFully)
            await alerts.RefreshAsync(session, await IncidentView.OfAsync(session, verified));
        else
            await full.RunAsync(session, verified, IncidentAct.ToldVerified);
        return TriageOutcome.Done;
    }
}

/// <summary>What became of a decision of a coordinator.</summary>
public enum TriageOutcome
{
    Done,

    /// <summary>Somebody decided the same before.</summary>
    DoneBefore,

    Closed,
    NotAllowed,

    /// <summary>There is no such case or incident.</summary>
    NotFound,
}
