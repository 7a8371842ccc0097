using AlertBot.Domain.Reports;
using AlertBot.Postgres;
using AlertBot.Workflows.Incidents;

namespace AlertBot.Workflows.Reports;

/// <summary>
/// A reporter says that a report was sent by mistake. The reporter cannot decide that, because the phone may be in other hands by now. Coordinators
/// are told with sound, read the words, and decide.
/// </summary>
public sealed class TakeBack(SendReport send, TellNews news)
{
    public async Task RunAsync(Session session, ReportId id)
    {
        if (await session.Reports.FindAsync(id) is not { } report)
            return;
        if (report.State == ReportState.Draft)
        {
            await session.Reports.DeleteDraftAsync(id);
            return;
        }

        await send.FinishAsync(session, id, isSilent: false);
        if (report.Incident is { } incident)
            await news.NotMeantAsync(session, incident, id);
    }
}
