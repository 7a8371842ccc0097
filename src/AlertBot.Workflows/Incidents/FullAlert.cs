using AlertBot.Domain.Alerts;
using AlertBot.Domain.Incidents;
using AlertBot.Postgres;
using AlertBot.Workflows.Alerting;

namespace AlertBot.Workflows.Incidents;

/// <summary>The full alert, to everybody who follows the case, once; and why it is sent.</summary>
public sealed class FullAlert(IncidentAlerts alerts)
{
    /// <param name="why">One of the three that begin with "told"; stands in the incident's timeline.</param>
    /// <returns>The incident as it stands now.</returns>
    public async Task<Incident> RunAsync(Session session, Incident incident, IncidentAct why)
    {
        if (incident.IsToldFully || incident.Handling == Handling.Closed)
            return incident;

        var told = await session.Incidents.SaveAsync(incident with { IsToldFully = true });
        await session.Incidents.NoteAsync(told.Id, null, why);
        var view = await IncidentView.OfAsync(session, told);
        var to = told.Case is { } @case
            ? (await Recipients.OfAsync(session, [@case]))(@case)
            : await Recipients.CoordinatorsAsync(session);
        var before = await session.Incidents.CardsAsync(told.Id);
        await alerts.TellAsync(session, view, AlertKind.IncidentAlert, "full", to);
        await alerts.RefreshAsync(session, view, before);
        return told;
    }
}
