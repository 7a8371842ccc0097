using System.Globalization;
using AlertBot.Domain.Alerts;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Cases;
using AlertBot.Workflows.People;
using NodaTime;

namespace AlertBot.Workflows.Incidents;

/// <summary>
/// It was closed, and is not over. For a day whoever was told so may say that it is wrong, and coordinators at any time. All is as it was:
/// what it stands for, its reports, the clocks of the case, and the steps begin anew with everybody told.
/// </summary>
public sealed class ReopenIncident(IncidentAlerts alerts, RecordEvent record, IncidentPolicy policy) : IUndo
{
    public static readonly Duration Within = Duration.FromHours(24);

    public IReadOnlyCollection<AuditAct> Acts => [AuditAct.IncidentClosed, AuditAct.IncidentFalseAlarm, AuditAct.IncidentJoined];

    async Task<bool> IUndo.RunAsync(Session session, AuditEntry act) =>
        act.Subject is { } id && await RunAsync(session, new IncidentId(id)) == ReopenOutcome.Open;

    public async Task<ReopenOutcome> RunAsync(Session session, IncidentId id)
    {
        if (await session.Incidents.TakeAsync(id) is not { } incident || !await MayAsync(session, incident))
            return ReopenOutcome.NotAllowed;
        if (incident.Handling != Handling.Closed)
            return ReopenOutcome.OpenBefore;
        if (!session.Actor.MayActAs(Role.Coordinator) && incident.ClosedAt < session.Now - Within)
            return ReopenOutcome.TooLate;

        await SetAsideAsync(session, incident);
        if (incident.DuplicateOf is not null)
            await session.Reports.MoveBackAsync(id);
        var saved = await session.Incidents.SaveAsync(Escalation.OpenAgain(incident, policy, session.Now) with
        {
            Outcome = null,
            DuplicateOf = null,
            ClosedAt = null,
            Standing = incident.Standing != Standing.Retracted ? incident.Standing
                : incident.VerifiedBy is null ? Standing.Unverified : Standing.Verified,
        });
        await session.Incidents.NoteAsync(id, session.Actor.Id, IncidentAct.Reopened);
        await session.Audit.AddAsync(session.Actor.Id, new AuditAct("incident.reopen"), id.Value);
        await TellAsync(session, saved);
        return ReopenOutcome.Open;
    }

    private static async Task<bool> MayAsync(Session session, Incident incident)
    {
        if (await IncidentAccess.MayActAsync(session, incident))
            return true;
        if (session.Actor.Id is not { } person || !session.Actor.MayActAs(Role.Advocate))
            return false;
        var told = (await session.Incidents.ReceivedAsync(incident.Id)).Select(one => one.Address).ToHashSet();
        return (await session.Addresses.OfAsync(person)).Any(address => told.Contains(address.Id));
    }

    // A release that was put on the case by this closing stops no clock any more.
    private async Task SetAsideAsync(Session session, Incident incident)
    {
        if (incident is not { Case: { } @case, ClosedAt: { } closed } || await session.Cases.FindAsync(@case, withDetail: true) is not { } file)
            return;
        var events = file.Events.Where(one => one.Preferred && one.RecordedAt >= closed && one.Detail.Source == incident.Code.Text)
            .Select(one => one.Id).ToList();
        if (events.Count > 0)
            await record.SetAsideAsync(session, file, events);
    }

    private async Task TellAsync(Session session, Incident open)
    {
        var circle = await IncidentCircle.OfAsync(session, open, new HashSet<PersonId>(), policy);
        var own = session.Actor.Id is { } id ? (await session.Addresses.OfAsync(id)).Select(one => one.Id).ToHashSet() : [];
        var to = circle.Everywhere.Concat(await session.Incidents.ReceivedAsync(open.Id)).DistinctBy(one => one.Address)
            .Where(one => !own.Contains(one.Address)).ToList();
        var view = await IncidentView.OfAsync(session, open);
        var before = await session.Incidents.CardsAsync(open.Id);
        await alerts.TellAsync(
            session, view, AlertKind.IncidentReopened, "v" + open.Version.ToString(CultureInfo.InvariantCulture), to);
        await alerts.RefreshAsync(session, view, before);
    }
}

public enum ReopenOutcome
{
    Open,
    OpenBefore,
    TooLate,
    NotAllowed,
}
