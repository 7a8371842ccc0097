using AlertBot.Domain.Cases;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.Names;
using AlertBot.Domain.Reports;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Alerting;
using NodaTime;

namespace AlertBot.Workflows.Incidents;

/// <summary>
/// Brings a report to the incident it tells of, or opens one, and tells people: the circle of the case at once, coordinators
/// always, everybody once it is corroborated.
/// </summary>
public sealed class GatherReports(IncidentAlerts alerts, IncidentPolicy policy)
{
    /// <param name="matches">The registered people who may be meant, best first.</param>
    /// <returns>The incident as it stands now.</returns>
    public async Task<Incident> RunAsync(Session session, Report report, IReadOnlyList<NameMatch<CaseId>> matches, Instant now)
    {
        var @case = matches is [{ Band: NameBand.Same, Id: var id }, ..] ? id : (CaseId?)null;
        var kind = report.Content?.Kind ?? ReportKind.Other;
        var incident = @case is { } known && await session.Incidents.OpenOfAsync(known, now - policy.GatherWithin) is [var open, ..]
            ? open
            : await OpenAsync(session, @case, kind, now);

        await session.Reports.SetIncidentAsync(report.Id, incident.Id);
        await session.Incidents.NoteAsync(incident.Id, now, null, "reported");
        incident = await session.Incidents.SaveAsync(incident with { Kind = (ReportKind)Math.Min((int)incident.Kind, (int)kind) });
        await TellAsync(session, await IncidentView.OfAsync(session, incident), now);
        return incident;
    }

    private async Task<Incident> OpenAsync(Session session, CaseId? @case, ReportKind kind, Instant now)
    {
        var incident = new Incident(IncidentId.New(), await FreeCodeAsync(session), @case, kind, now) { LookAt = now + policy.NextStepAfter };
        await session.Incidents.AddAsync(incident);
        return incident;
    }

    private async Task TellAsync(Session session, IncidentView view, Instant now)
    {
        IReadOnlyCollection<Subscriber> circle = view.Incident.Case is { } @case ? (await Alerts.RecipientsAsync(session, [@case]))(@case) : [];
        var coordinators = await Alerts.CoordinatorsAsync(session);
        await alerts.TellAsync(session, view, IncidentAlerts.Triage, "first", coordinators, now);
        await alerts.TellAsync(session, view, IncidentAlerts.HeadsUp, "first", circle.ExceptBy(coordinators.Select(one => one.Address), one => one.Address).ToList(), now);
        await alerts.RefreshAsync(session, view, now);
    }

    private static async Task<IncidentCode> FreeCodeAsync(Session session)
    {
        while (true)
        {
            var code = IncidentCode.New();
            if (await session.Incidents.FindAsync(code) is null)
                return code;
        }
    }
}
