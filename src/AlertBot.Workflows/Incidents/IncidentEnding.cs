using AlertBot.Domain.Channels;
using AlertBot.Domain.Incidents;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Configuration;

namespace AlertBot.Workflows.Incidents;

/// <summary>How an incident ended: asked, said, and put on the timeline of its case.</summary>
public sealed class IncidentEnding(CloseIncident close)
{
    /// <param name="act"><c>end</c>, <c>end.OUTCOME</c> or <c>event</c>.</param>
    /// <returns>False when it is nothing of that.</returns>
    public async Task<bool> PressAsync(Talk talk, Incident incident, string act)
    {
        switch (act)
        {
            case "end" when !await close.MayAsync(talk.Session, incident):
                talk.Notice("ack.not-yours");
                return true;
            case "end":
                talk.Reply(
                    talk.Texts.Say(talk.Language, "ack.end-how", ("code", incident.Code.Text)),
                    IncidentButtons.Outcomes(await IncidentView.OfAsync(talk.Session, incident), talk.Language, talk.Texts));
                return true;
            case "event":
                await RecordAsync(talk, incident);
                return true;
            case ['e', 'n', 'd', '.', .. var word] when Enum.GetValues<Outcome>()
                .Where(one => Words.Snake(one.ToString()) == word).ToList() is [var outcome]
                && outcome != Outcome.Duplicate:
                await CloseAsync(talk, incident, outcome);
                return true;
            default:
                return false;
        }
    }

    private async Task CloseAsync(Talk talk, Incident incident, Outcome outcome)
    {
        switch (await close.RunAsync(talk.Session, incident.Id, outcome))
        {
            case CloseOutcome.NotAllowed:
                talk.Notice("ack.not-yours");
                return;
            case CloseOutcome.ClosedBefore:
                talk.Notice("incident.is-closed");
                return;
        }

        Choice[][] offer = CloseIncident.HasEvent(incident with { Outcome = outcome })
            ? [[talk.Button("ack.record", $"inc:event:{incident.Code.Text}")]]
            : [];
        talk.EditPressed(talk.Texts.Say(talk.Language, "ack.ended", ("code", incident.Code.Text), ("outcome", outcome)), offer);
    }

    private async Task RecordAsync(Talk talk, Incident incident)
    {
        if (await close.RecordAsync(talk.Session, incident.Id) is not { When: { } when } recorded)
            talk.Notice("button.stale");
        else
            talk.EditPressed(talk.Texts.Say(talk.Language, "ack.recorded", ("code", incident.Code.Text), ("kind", recorded.Kind), ("when", when)));
    }
}
