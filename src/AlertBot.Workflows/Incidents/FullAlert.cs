using AlertBot.Domain.Incidents;
using AlertBot.Postgres;
using AlertBot.Workflows.Alerting;

namespace AlertBot.Workflows.Incidents;

/// <summary>The full alert, to everybody who follows the case, once; and why it is sent.</summary>
public sealed class FullAlert(IncidentAlerts alerts)
{
    /// <summary>A coordinator verified it.</summary>
    public const string Verified = "told_verified";

    /// <summary>Reporters who do not depend on each other tell the same.</summary>
    public const string Corroborated = "told_corroborated";

    /// <summary>Nobody could verify or dismiss it in the time that the policy gives.</summary>
    public const string AtLimit = "told_at_limit";

    /// <param name="why">One of the above; stands in the incident's timeline.</param>
    /// <returns>The incident as it stands now.</returns>
    public async Task<Incident> RunAsync(Session session, Incident incident, string why)
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
        await alerts.TellAsync(session, view, IncidentAlerts.Full, "full", to);
        await alerts.RefreshAsync(session, view, before);
        return told;
    }
}
