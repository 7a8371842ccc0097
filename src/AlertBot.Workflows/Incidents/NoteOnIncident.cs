using AlertBot.Domain.Channels;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Postgres;

namespace AlertBot.Workflows.Incidents;

/// <summary>Somebody writes on an incident what others must know. Advocates and coordinators read it on their cards, groups do not.</summary>
public sealed class NoteOnIncident(IncidentAlerts alerts)
{
    private const int Longest = 1_000;

    /// <param name="words">Null: the note that a lawyer is on the way.</param>
    /// <returns>False when they may not, or it is closed.</returns>
    public async Task<bool> RunAsync(Session session, IncidentId id, string? words)
    {
        if (session.Actor.Id is not { } by || await session.Incidents.TakeAsync(id) is not { Handling: not Handling.Closed } incident
            || !await IncidentAccess.MayActAsync(session, incident))
            return false;

        await session.Incidents.NoteAsync(
            id, by, words is null ? IncidentAct.Lawyer : IncidentAct.Note, words is null ? null : Shortened.Plainly(words, Longest));
        await session.Audit.AddAsync(by, new AuditAct("incident.note"), id.Value);
        var saved = await session.Incidents.SaveAsync(incident);
        await alerts.RefreshAsync(session, await IncidentView.OfAsync(session, saved));
        return true;
    }
}
