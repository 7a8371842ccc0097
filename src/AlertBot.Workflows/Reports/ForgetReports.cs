using AlertBot.Domain.People;
using AlertBot.Domain.Reports;
using AlertBot.Postgres;
using AlertBot.Workflows.CheckIns;
using AlertBot.Workflows.Incidents;
using NodaTime;

namespace AlertBot.Workflows.Reports;

/// <summary>
/// A reporter deletes what they told: its key, words and files go at once, and with them what stands of it on cards; backups hold
/// it without its key. That something was reported, and what was done about it, remains without them.
/// </summary>
public sealed class ForgetReports(IncidentAlerts alerts, KeepCheckIn checkIns, CheckInContacts contacts)
{
    public async Task OneAsync(Session session, ReportId id, Instant now)
    {
        if (await session.Reports.FindAsync(id) is not { State: not ReportState.Withdrawn } report)
            return;
        if (report.State == ReportState.Draft)
        {
            await session.Reports.DeleteDraftAsync(id);
            return;
        }

        await session.Reports.ForgetAsync(id, now);
        if (report.Incident is { } incidentId && await session.Incidents.TakeAsync(incidentId) is { } incident)
        {
            await session.Incidents.ForgetAnswersAsync(incidentId);
            await session.Incidents.NoteAsync(incidentId, now, null, "withdrawn");
            incident = await session.Incidents.SaveAsync(incident);
            await alerts.RefreshAsync(session, await IncidentView.OfAsync(session, incident), now);
        }
    }

    /// <summary>Everything an address told, and the check-in of its owner; and, where its owner is nothing but a reporter, the owner.</summary>
    /// <param name="person">Whose address it is.</param>
    /// <param name="update">By which they ask for it: it is being handled, the others are emptied.</param>
    public async Task AllAsync(Session session, Address here, Person? person, Guid update, Instant now)
    {
        if (person is not null)
        {
            await checkIns.StopAsync(session, person, pressed: null, now);
            await contacts.LeaveAsync(session, person, only: null, now);
        }

        foreach (var report in await session.Reports.OfAsync(here.Id))
            await OneAsync(session, report.Id, now);
        await session.Conversations.EndAsync(here.Id);
        await session.Inbox.ForgetAsync(here.At, update);
        if (person is { Role: Role.Reporter })
            await session.Addresses.ForgetAsync(here.Id, now);
    }
}
