using AlertBot.Domain.Alerts;
using AlertBot.Domain.Cases;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.Names;
using AlertBot.Domain.Reports;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Alerting;

namespace AlertBot.Workflows.Incidents;

/// <summary>
/// Brings a report to the incident it tells of, or opens one, and tells people: the circle of the case at once, coordinators
/// always, everybody once it is corroborated. What is not sure is suggested to a coordinator, and never merged silently.
/// </summary>
public sealed class GatherReports(
    IncidentAlerts alerts, Corroborate corroborate, ReportFlood flood, SuggestPeople suggestPeople, IncidentPolicy policy)
{
    /// <param name="matches">The registered people who may be meant, best first.</param>
    /// <returns>The incident as it stands now.</returns>
    public async Task<Incident> RunAsync(Session session, Report report, IReadOnlyList<NameMatch<CaseId>> matches)
    {
        var decision = GatherDecision.Of(matches);
        var kind = report.Content?.Kind ?? ReportKind.Other;
        var incident = await FindAsync(session, report, decision) ?? await OpenAsync(session, decision, kind);

        await session.Reports.SetIncidentAsync(report.Id, incident.Id);
        await session.Incidents.NoteAsync(incident.Id, null, IncidentAct.Reported);
        incident = await session.Incidents.SaveAsync(incident with { Kind = (ReportKind)Math.Min((int)incident.Kind, (int)kind) });
        await TellAsync(session, await IncidentView.OfAsync(session, incident), report);
        return incident;
    }

    /// <summary>The circle of the case hears of it, UNVERIFIED; those who decide on it have a card of their own.</summary>
    internal async Task TellCircleAsync(Session session, IncidentView view, IReadOnlyCollection<Subscriber> coordinators)
    {
        if (view.Incident.Case is not { } @case)
            return;
        var circle = (await Recipients.OfAsync(session, [@case]))(@case);
        await alerts.TellAsync(
            session, view, AlertKind.IncidentHeadsUp, "first", circle.ExceptBy(coordinators.Select(one => one.Address), one => one.Address).ToList());
    }

    private async Task<Incident?> FindAsync(Session session, Report report, GatherDecision decision)
    {
        var since = session.Now - policy.GatherWithin;
        // Two who report one event at the same moment would each see none and open one.
        await session.Incidents.GatherInTurnAsync(decision.Case);
        if (decision.Case is { } known)
            return await session.Incidents.OpenOfAsync(known, since) is [var open, ..] ? open : null;
        if (decision.Perhaps.Count > 0 || report.Content?.Who is not { } who)
            return null;

        // Of somebody not registered: the same name, surely, and nobody else of nearly that name.
        using var index = new NameIndex<IncidentId>();
        foreach (var (incident, name) in await session.Reports.NamesOfUnknownAsync(since))
            index.Add(incident, [name]);
        return index.Find(who, 2) switch
        {
            [{ Band: NameBand.Same } only] => await session.Incidents.TakeAsync(only.Id),
            [{ Band: NameBand.Same } best, { Band: not NameBand.Same }] => await session.Incidents.TakeAsync(best.Id),
            _ => null,
        };
    }

    private async Task<Incident> OpenAsync(Session session, GatherDecision decision, ReportKind kind)
    {
        var incident = new Incident(IncidentId.New(), await FreeCodeAsync(session), decision.Case, kind, session.Now)
        {
            LookAt = session.Now + policy.NextStepAfter,
        };
        await session.Incidents.AddAsync(incident);
        await suggestPeople.NoteAsync(session, incident, decision.Perhaps);
        return incident;
    }

    private async Task TellAsync(Session session, IncidentView view, Report report)
    {
        var before = await session.Incidents.CardsAsync(view.Incident.Id);
        var coordinators = await Recipients.CoordinatorsAsync(session);
        if (view.Incident.Case is not null || !await flood.HoldsBackAsync(session, coordinators))
            await alerts.TellAsync(session, view, AlertKind.IncidentTriage, "first", coordinators);

        if (corroborate.IsGrave(report))
            await TellCircleAsync(session, view, coordinators);
        await corroborate.RunAsync(session, view, before);
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
