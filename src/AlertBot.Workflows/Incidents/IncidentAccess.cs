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
    public static async Task<bool> MayActAsync(Session session, Incident incident, Actor actor) =>
        actor.MayActAs(Role.Coordinator) || (incident.Case is { } @case && await CaseAccess.MaySeeAsync(session, @case, actor))
        || (actor.MayActAs(Role.Advocate) && actor.Id is { } person && await session.Subscriptions.WasToldAsync(incident.Id, person));

    /// <returns>Null when there is none of that code, or none for this actor.</returns>
    public static async Task<Incident?> FindAsync(Session session, IncidentCode code, Actor actor) =>
        await session.Incidents.FindAsync(code) is { } incident && await MayActAsync(session, incident, actor) ? incident : null;
}
