using AlertBot.Domain.People;
using AlertBot.Domain.Reports;
using AlertBot.Postgres;
using AlertBot.Workflows.Incidents;

namespace AlertBot.Workflows.Reports;

/// <summary>
/// A reporter deletes a report. Its key, words and files go at once, together with their traces on cards; backups hold the report without its key.
/// The fact that something was reported, and what was done about it, remains.
/// </summary>
public sealed class ForgetReports(TellNews news)
{
    public async Task OneAsync(Session session, ReportId id)
    {
        if (await session.Reports.FindAsync(id) is not { State: not ReportState.Withdrawn } report)
            return;
        if (report.State == ReportState.Draft)
        {
            await session.Reports.DeleteDraftAsync(id);
            return;
        }

        await session.Reports.ForgetAsync(id);
        if (report.Incident is { } incidentId && await session.Incidents.TakeAsync(incidentId) is not null)
        {
            await session.Incidents.ForgetAnswersAsync(incidentId);
            // The phone may be in other hands, so a deletion is news for people and no reason to stop.
            await news.WithdrawnAsync(session, incidentId, id);
        }
    }

    /// <summary>Deletes all reports of an address.</summary>
    public async Task AllAsync(Session session, AddressId from)
    {
        foreach (var report in await session.Reports.OfAsync(from))
            await OneAsync(session, report.Id);
    }
}
