using AlertBot.Domain.Incidents;
using AlertBot.Domain.Reports;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;

namespace AlertBot.Workflows.Incidents;

/// <summary>Once enough people tell of an incident who do not depend on each other, everybody who follows the case hears of it.</summary>
public sealed class Corroborate(IncidentAlerts alerts, FullAlert full, IncidentPolicy policy)
{
    /// <summary>
    /// Nobody said what happened, or it was read from words that may mean anything: as long as it may be an arrest, it is told as one.
    /// </summary>
    public bool IsGrave(Report report) => report.Content is not { Kind: { } kind, IsKindRead: false } || policy.Grave.Contains(kind);

    /// <param name="cards">Those that do not show yet how it stands now.</param>
    public async Task RunAsync(Session session, IncidentView view, IReadOnlyList<IncidentCard> cards)
    {
        // Whoever tells of a release does not confirm an arrest.
        if (view.Incident is { Case: not null, IsToldFully: false } && Independence.Count(view.Reports.Where(IsGrave)) >= policy.IndependentReporters)
            await full.RunAsync(session, view.Incident, IncidentAct.ToldCorroborated);
        else
            await alerts.RefreshAsync(session, view, cards);
    }

    /// <summary>The files of a report have been seen, or cannot be had: what may have been a copy need not be one.</summary>
    public async Task FilesSeenAsync(Session session, ReportId id)
    {
        if (await session.Reports.FindAsync(id) is not { State: ReportState.Sent, HasUnseenFiles: false, Incident: { } of }
            || await session.Incidents.TakeAsync(of) is not { Handling: not Handling.Closed } incident)
            return;

        var view = await IncidentView.OfAsync(session, incident);
        var before = view with { Reports = view.Reports.Select(report => report.Id == id ? report with { HasUnseenFiles = true } : report).ToList() };
        if (view.IndependentReporters == before.IndependentReporters)
            return;

        var saved = await session.Incidents.SaveAsync(incident);
        await RunAsync(session, view with { Incident = saved }, await session.Incidents.CardsAsync(of));
    }
}
