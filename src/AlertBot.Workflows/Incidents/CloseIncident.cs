using System.Globalization;
using AlertBot.Domain.Alerts;
using AlertBot.Domain.Cases;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Domain.Time;
using AlertBot.Postgres;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Cases;
using AlertBot.Workflows.Configuration;

namespace AlertBot.Workflows.Incidents;

/// <summary>
/// An incident is over, and how. Whoever has it proposes so, and a coordinator closes it: nobody stands people down alone. Whoever was told
/// of it hears that, with who decided, and can open it again for a day. What it means for the case is a fact of its own, put on the
/// timeline on request: unconfirmed, and no more exact than the day.
/// </summary>
public sealed class CloseIncident(IncidentAlerts alerts, Corrections corrections, RecordEvent record)
{
    public async Task<CloseOutcome> RunAsync(Session session, IncidentId id, Outcome outcome)
    {
        if (await session.Incidents.TakeAsync(id) is not { } incident || !await MayAsync(session, incident))
            return CloseOutcome.NotAllowed;
        // A duplicate says of what, and its reports move there.
        if (outcome == Outcome.Duplicate)
            return CloseOutcome.NotAllowed;
        if (incident.Handling == Handling.Closed)
            return CloseOutcome.ClosedBefore;
        if (!session.Actor.MayActAs(Role.Coordinator))
            return await ProposeAsync(session, incident, outcome);

        var saved = await session.Incidents.SaveAsync(incident with
        {
            Handling = Handling.Closed,
            Outcome = outcome,
            ClosedAt = session.Now,
            AskedAt = null,
            LookAt = null,
            Standing = outcome == Outcome.FalseAlarm ? Standing.Retracted : incident.Standing,
        });
        await session.Incidents.NoteAsync(id, session.Actor.Id, IncidentAct.Closed, Words.Snake(outcome.ToString()));
        await session.Audit.AddAsync(session.Actor.Id, AuditAct.IncidentClosed, id.Value, Words.Snake(outcome.ToString()));
        await corrections.ClosedAsync(session, saved);
        return CloseOutcome.Closed;
    }

    /// <summary>A coordinator does not follow the proposal: it goes on.</summary>
    public async Task<CloseOutcome> GoesOnAsync(Session session, IncidentId id)
    {
        if (!session.Actor.MayActAs(Role.Coordinator) || await session.Incidents.TakeAsync(id) is not { } incident)
            return CloseOutcome.NotAllowed;
        if (incident.Handling == Handling.Closed)
            return CloseOutcome.ClosedBefore;

        await session.Incidents.NoteAsync(id, session.Actor.Id, IncidentAct.GoesOn);
        await session.Audit.AddAsync(session.Actor.Id, new AuditAct("incident.goes_on"), id.Value);
        await alerts.RefreshAsync(session, await IncidentView.OfAsync(session, await session.Incidents.SaveAsync(incident)));
        return CloseOutcome.GoesOn;
    }

    // It stays theirs, and its clocks and its circle stay as they are, until a coordinator has decided.
    private async Task<CloseOutcome> ProposeAsync(Session session, Incident incident, Outcome outcome)
    {
        await session.Incidents.NoteAsync(incident.Id, session.Actor.Id, IncidentAct.Proposed, Words.Snake(outcome.ToString()));
        await session.Audit.AddAsync(session.Actor.Id, new AuditAct("incident.propose"), incident.Id.Value, Words.Snake(outcome.ToString()));
        var saved = await session.Incidents.SaveAsync(incident);
        var view = await IncidentView.OfAsync(session, saved);
        var before = await session.Incidents.CardsAsync(saved.Id);
        await alerts.TellAsync(
            session, view, AlertKind.IncidentProposed, "v" + saved.Version.ToString(CultureInfo.InvariantCulture),
            await Recipients.CoordinatorsAsync(session));
        await alerts.RefreshAsync(session, view, before);
        return CloseOutcome.Proposed;
    }

    /// <summary>Whether that outcome is a fact for the timeline of the case.</summary>
    public static bool HasEvent(Incident incident) => incident.Case is not null && KindOf(incident.Outcome) is not null;

    /// <summary>Puts the outcome on the timeline of the case, once.</summary>
    /// <returns>The event; null when they may not, there is none, or it is there already.</returns>
    public async Task<CaseEvent?> RecordAsync(Session session, IncidentId id)
    {
        if (await session.Incidents.TakeAsync(id) is not { Handling: Handling.Closed, Case: { } @case } incident
            || KindOf(incident.Outcome) is not { } kind
            || !await IncidentAccess.MayActAsync(session, incident) || await session.Cases.FindAsync(@case) is not { } file
            || (await session.Incidents.EntriesAsync(id)).LastOrDefault(
                entry => entry.Act is IncidentAct.Recorded or IncidentAct.Reopened) is { Act: IncidentAct.Recorded })
            return null;

        // Held since it was reported; released or handed over on the day it was found out.
        var day = (incident.Outcome == Outcome.ConfirmedHeld ? incident.OpenedAt : incident.ClosedAt ?? session.Now).InZone(file.Zone).Date;
        var @event = new CaseEvent(EventId.New(), kind, new When(day, null, file.Zone, Precision.Day))
        {
            Detail = EventDetail.None with { Source = incident.Code.Text },
        };
        if (await record.RunAsync(session, @case, @event) is null)
            return null;
        await session.Incidents.NoteAsync(id, session.Actor.Id, IncidentAct.Recorded, kind.Code);
        return @event;
    }

    public async Task<bool> MayAsync(Session session, Incident incident) =>
        session.Actor.MayActAs(Role.Coordinator)
        || (incident.TakenBy is { } holder && holder == session.Actor.Id && await IncidentAccess.MayActAsync(session, incident));

    private static EventKind? KindOf(Outcome? outcome) => outcome switch
    {
        Outcome.Released => EventKinds.Find("release"),
        Outcome.ConfirmedHeld => EventKinds.Find("detention_start"),
        Outcome.HandedOver => EventKinds.Find("extradited"),
        _ => null,
    };
}

public enum CloseOutcome
{
    Closed,

    /// <summary>Coordinators are asked to decide.</summary>
    Proposed,

    GoesOn,
    ClosedBefore,
    NotAllowed,
}
