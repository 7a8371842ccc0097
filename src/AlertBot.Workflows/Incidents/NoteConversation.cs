using AlertBot.Domain.Incidents;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Incidents;

/// <summary>The next message of a person is their note on an incident.</summary>
public sealed class NoteConversation(NoteOnIncident note) : GuidedConversation<AskedOfIncident, NoteConversation.Told>
{
    public override string Kind => "note";

    protected override string Cancelled => "ack.note-cancelled";

    public async Task BeginAsync(Talk talk, Incident incident)
    {
        if (talk.IsGroup)
            talk.Notice("ack.note-private");
        else
            await AskAsync(talk, new AskedOfIncident(incident.Code.Text), isNewMessage: true);
    }

    protected override Task BeginAnewAsync(Talk talk) => EndAsync(talk, new Line("unknown-command"));

    protected override Task<bool> PressedBesideAsync(Talk talk, string data) => LeaveAsync(talk);

    protected override int? TurnOf(AskedOfIncident state) => null;

    protected override async Task<Turn<AskedOfIncident, Told>> AnswerAsync(Talk talk, AskedOfIncident state, Said said)
    {
        if (!IncidentCode.TryParse(state.Code, out var code) || talk.Person is null
            || await IncidentAccess.FindAsync(talk.Session, code) is not { } incident)
            return new(null) { Remark = new Line("unknown-command") };
        return said is Said.Words { Text: var words } ? new(null, new Told(incident, words)) : new(state);
    }

    protected override Task<Prompt> PromptAsync(Talk talk, AskedOfIncident state) => Task.FromResult(
        new Prompt([new Line("ack.note-ask", ("code", state.Code))], [[new Option("button.cancel", "cancel")]]));

    protected override async Task FinishAsync(Talk talk, Told result) => talk.Reply(
        await note.RunAsync(talk.Session, result.Incident.Id, result.Words) ? "ack.noted" : "incident.is-closed");

    /// <summary>Prints as a mask.</summary>
    public sealed record Told(Incident Incident, string Words)
    {
        public override string ToString() => "(note)";
    }
}
