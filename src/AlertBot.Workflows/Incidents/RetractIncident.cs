using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Domain.Reports;
using AlertBot.Postgres;
using AlertBot.Workflows.Alerting;

namespace AlertBot.Workflows.Incidents;

/// <summary>A coordinator finds that it is not true, not quite true, or told twice: whoever was told it is told that.</summary>
public sealed class RetractIncident(Corrections corrections, GatherReports gatherReports)
{
    /// <summary>It did not happen.</summary>
    public async Task<TriageOutcome> FalseAlarmAsync(Session session, IncidentId id)
    {
        if (!session.Actor.MayActAs(Role.Coordinator) || await session.Incidents.TakeAsync(id) is not { } incident)
            return TriageOutcome.NotAllowed;
        if (incident.Handling == Handling.Closed)
            return incident.Outcome == Outcome.FalseAlarm ? TriageOutcome.DoneBefore : TriageOutcome.Closed;

        var retracted = await session.Incidents.SaveAsync(incident with
        {
            Standing = Standing.Retracted,
            Handling = Handling.Closed,
            Outcome = Outcome.FalseAlarm,
            ClosedAt = session.Now,
            AskedAt = null,
            LookAt = null,
        });
        await session.Incidents.NoteAsync(id, session.Actor.Id, IncidentAct.FalseAlarm);
        await session.Audit.AddAsync(session.Actor.Id, new AuditAct("incident.false-alarm"), id.Value);
        await corrections.SendAsync(session, retracted, null);
        return TriageOutcome.Done;
    }

    /// <summary>It happened otherwise.</summary>
    public async Task<TriageOutcome> CorrectAsync(Session session, IncidentId id, string text)
    {
        if (!session.Actor.MayActAs(Role.Coordinator) || await session.Incidents.TakeAsync(id) is not { } incident)
            return TriageOutcome.NotAllowed;

        var corrected = await session.Incidents.SaveAsync(incident);
        await session.Incidents.NoteAsync(id, session.Actor.Id, IncidentAct.Corrected, text);
        await session.Audit.AddAsync(session.Actor.Id, new AuditAct("incident.correct"), id.Value);
        await corrections.SendAsync(session, corrected, text);
        return TriageOutcome.Done;
    }

    /// <summary>The same event stands on file already: its reports go there, and its cards say so.</summary>
    public async Task<TriageOutcome> DuplicateAsync(Session session, IncidentId id, IncidentId of)
    {
        // In one order, so that two who merge crosswise do not wait for each other.
        var (first, second) = id.Value.CompareTo(of.Value) < 0 ? (id, of) : (of, id);
        if (!session.Actor.MayActAs(Role.Coordinator))
            return TriageOutcome.NotAllowed;
        if (id == of || await session.Incidents.TakeAsync(first) is not { } one || await session.Incidents.TakeAsync(second) is not { } other)
            return TriageOutcome.NotFound;

        var (doubled, kept) = one.Id == id ? (one, other) : (other, one);
        if (doubled.Handling == Handling.Closed)
            return doubled.Outcome == Outcome.Duplicate ? TriageOutcome.DoneBefore : TriageOutcome.Closed;

        // What people watch over must not end in something that is over, nor in what befell another person.
        if (kept.Handling == Handling.Closed)
            return TriageOutcome.Closed;
        if (doubled.Case is not null && kept.Case is not null && doubled.Case != kept.Case)
            return TriageOutcome.NotFound;

        await session.Reports.MoveAllAsync(id, of);
        var closed = await session.Incidents.SaveAsync(doubled with
        {
            Handling = Handling.Closed,
            Outcome = Outcome.Duplicate,
            DuplicateOf = of,
            ClosedAt = session.Now,
            AskedAt = null,
            LookAt = null,
        });
        var joined = await session.Incidents.SaveAsync(kept with
        {
            Case = kept.Case ?? doubled.Case,
            Kind = (ReportKind)Math.Min((int)kept.Kind, (int)doubled.Kind),
        });
        await session.Incidents.NoteAsync(id, session.Actor.Id, IncidentAct.Duplicate);
        await session.Incidents.NoteAsync(of, session.Actor.Id, IncidentAct.Merged, closed.Code.Text);
        await session.Audit.AddAsync(session.Actor.Id, new AuditAct("incident.duplicate"), id.Value);
        if (kept.Case is null && joined.Case is not null)
            await gatherReports.TellCircleAsync(session, await IncidentView.OfAsync(session, joined), await Recipients.CoordinatorsAsync(session));
        await corrections.RefreshAsync(session, id);
        await corrections.RefreshAsync(session, of);
        return TriageOutcome.Done;
    }
}
