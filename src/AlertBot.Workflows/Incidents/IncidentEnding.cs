using AlertBot.Domain.Channels;
using AlertBot.Domain.Incidents;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Configuration;

namespace AlertBot.Workflows.Incidents;

/// <summary>How an incident ended: asked, said, and put on the timeline of its case.</summary>
public sealed class IncidentEnding(CloseIncident close, ReopenIncident reopen)
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
            case "goes-on":
                talk.Notice(await close.GoesOnAsync(talk.Session, incident.Id) switch
                {
                    CloseOutcome.GoesOn => "ack.does-go-on",
                    CloseOutcome.ClosedBefore => "incident.is-closed",
                    _ => "ack.not-yours",
                });
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
            case CloseOutcome.Proposed:
                talk.EditPressed(talk.Texts.Say(talk.Language, "ack.is-proposed", ("code", incident.Code.Text), ("outcome", outcome)));
                return;
        }


        Choice[][] offer = CloseIncident.HasEvent(incident with { Outcome = outcome })
            ? [[talk.Button("ack.record", $"inc:event:{incident.Code.Text}")]]
            : [];
        var ended = talk.Texts.Say(talk.Language, "ack.ended", ("code", incident.Code.Text), ("outcome", outcome));
        // A card says by itself that it is over.
        if (talk.Update.About is not { } pressed || await talk.Session.Incidents.CardAtAsync(incident.Id, talk.Here.Id, pressed) is null)
            talk.EditPressed(ended, offer);
        else if (talk.IsGroup || offer.Length == 0)
            talk.Notice("ack.ended", ("code", incident.Code.Text), ("outcome", outcome));
        else
            talk.Reply(ended, offer);
    }

    /// <summary>Whoever was told that it is over, and knows better.</summary>
    public async Task ReopenAsync(Talk talk, Incident incident)
    {
        var outcome = await reopen.RunAsync(talk.Session, incident.Id);
        talk.Notice(outcome switch
        {
            ReopenOutcome.Open => "ack.is-open",
            ReopenOutcome.OpenBefore => "ack.was-open",
            ReopenOutcome.TooLate => "ack.too-late",
            _ => "incident.not-allowed",
        });
    }

    private async Task RecordAsync(Talk talk, Incident incident)
    {
        if (await close.RecordAsync(talk.Session, incident.Id) is not { When: { } when } recorded)
            talk.Notice("button.stale");
        else
            talk.EditPressed(talk.Texts.Say(talk.Language, "ack.recorded", ("code", incident.Code.Text), ("kind", recorded.Kind), ("when", when)));
    }
}
