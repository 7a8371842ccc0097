using AlertBot.Domain.Channels;
using AlertBot.Domain.CheckIns;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Domain.Reports;
using AlertBot.Postgres;
using AlertBot.Workflows.Incidents;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.CheckIns;

/// <summary>Ends a silence: exactly the people who were told of it learn that it is over, and waiting messages are dropped.</summary>
public sealed class EndSilence(CheckInMessages messages, Corrections corrections)
{
    /// <param name="isWell">False if they ended the check-in, which does not say how they are.</param>
    /// <param name="pressed">The message that the press itself changes.</param>
    public async Task RunAsync(Session session, CheckIn one, Person person, bool isWell, MessageRef? pressed)
    {
        if (!one.IsOpen)
            return;

        await session.CheckIns.Messages.SupersedeAsync(one);
        await messages.CloseQuestionsAsync(session, one, person, pressed);
        await messages.OverToContactsAsync(session, one, isWell);
        if (one.Incident is { } id)
            await TellIncidentAsync(session, id, isWell);
    }

    private async Task TellIncidentAsync(Session session, IncidentId id, bool isWell)
    {
        if (await TakeAsync(session, id) is not { Standing: not Standing.Retracted } incident)
            return;

        await session.Incidents.NoteAsync(incident.Id, null, isWell ? IncidentAct.SaidWell : IncidentAct.CheckInEnded);
        // A press does not undo what others reported or a coordinator verified, because the phone may be in other hands.
        var isOver = isWell && incident is { Handling: Handling.Open, Standing: Standing.Unverified }
            && (await session.Reports.OfAsync(incident.Id)).All(
                report => report.State != ReportState.Sent || report.Content is { IsSilence: true, Words.Count: 0 });
        if (isOver)
            incident = incident with { Handling = Handling.Closed, Outcome = Outcome.Other, ClosedAt = session.Now, AskedAt = null, LookAt = null };
        var saved = await session.Incidents.SaveAsync(incident);
        await corrections.SendAsync(
            session, saved, new Line(isWell ? "checkin.well-to-coordinator" : "checkin.ended-to-coordinator", ("code", saved.Code.Text)), isOver);
    }

    // If it was merged, people look at the other incident.
    private static async Task<Incident?> TakeAsync(Session session, IncidentId id)
    {
        var seen = new HashSet<IncidentId>();
        while (seen.Add(id) && await session.Incidents.TakeAsync(id) is { } incident)
        {
            if (incident.DuplicateOf is not { } kept)
                return incident;
            id = kept;
        }

        return null;
    }
}
