using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Incidents;

/// <summary>It is about somebody else than it was taken for. It goes on without its case, and those who were told hear that.</summary>
public sealed class DetachIncident(Corrections corrections)
{
    public async Task<TriageOutcome> RunAsync(Session session, IncidentId id)
    {
        if (!session.Actor.MayActAs(Role.Coordinator) || await session.Incidents.TakeAsync(id) is not { } incident)
            return TriageOutcome.NotAllowed;
        if (incident.Handling == Handling.Closed)
            return TriageOutcome.Closed;
        if (incident.Case is not { } @case || await session.Cases.FindAsync(@case) is not { } file)
            return TriageOutcome.DoneBefore;

        // An advocate has it because they follow that case: it is open again, and the steps look for somebody at once.
        var detached = await session.Incidents.SaveAsync(incident with
        {
            Case = null,
            Handling = Handling.Open,
            TakenBy = null,
            TakenAt = null,
            AskedAt = null,
            Step = 0,
            LookAt = session.Now,
        });
        await session.Incidents.NoteAsync(id, session.Actor.Id, IncidentAct.Detached, file.Code.Text);
        await session.Audit.AddAsync(session.Actor.Id, new AuditAct("incident.detach"), id.Value, file.Code.Text);
        await corrections.SendAsync(
            session, detached, new Line("attach.detached-told", ("code", detached.Code.Text), ("case", file.Code.Text)), isOver: false);
        return TriageOutcome.Done;
    }
}
