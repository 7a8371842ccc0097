using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Workflows.Cases;

namespace AlertBot.Workflows.Incidents;

/// <summary>
/// Who may act on an incident: coordinators on all, advocates on those of the cases they follow, and on those of which a coordinator
/// had them told.
/// </summary>
public static class IncidentAccess
{
    public static Task<bool> MayActAsync(Session session, Incident incident) => MayActAsync(session, incident, session.Actor);

    /// <param name="whom">Asked of somebody who does not act now.</param>
    public static async Task<bool> MayActAsync(Session session, Incident incident, Actor whom) =>
        whom.MayActAs(Role.Coordinator) || (incident.Case is { } @case && await CaseAccess.MaySeeAsync(session, @case, whom))
        || (whom.MayActAs(Role.Advocate) && whom.Id is { } person && await session.Subscriptions.WasToldAsync(incident.Id, person));

    /// <returns>Null when there is none of that code, or none for who acts.</returns>
    public static async Task<Incident?> FindAsync(Session session, IncidentCode code) =>
        await session.Incidents.FindAsync(code) is { } incident && await MayActAsync(session, incident) ? incident : null;
}
