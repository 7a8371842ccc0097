using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Incidents;

/// <summary>
/// A coordinator pressed a button of an incident that wants words: their next message is those words. Whoever pressed it by
/// mistake presses the button under the question, or gives any command.
/// </summary>
public abstract class CoordinatorWords : GuidedConversation<AskedOfIncident, CoordinatorWords.Told>
{
    public const int Longest = 1_000;

    public override Role Needs => Role.Coordinator;

    protected override string Cancelled => "triage.cancelled";

    /// <summary>Key of what is asked.</summary>
    protected abstract string Question { get; }

    protected Task AskAsync(Talk talk, Incident incident) => AskAsync(talk, new AskedOfIncident(incident.Code.Text), isNewMessage: true);

    protected override Task BeginAnewAsync(Talk talk) => EndAsync(talk, new Line("unknown-command"));

    protected override Task<bool> PressedBesideAsync(Talk talk, string data) => LeaveAsync(talk);

    protected override int? TurnOf(AskedOfIncident state) => null;

    protected override async Task<Turn<AskedOfIncident, Told>> AnswerAsync(Talk talk, AskedOfIncident state, Said said)
    {
        if (talk.Person is null || !IncidentCode.TryParse(state.Code, out var code)
            || await talk.Session.Incidents.FindAsync(code) is not { } incident)
            return new(null) { Remark = new Line("unknown-command") };
        return said is not Said.Words { Text: var words } ? new(state) { Remark = new Line("talk.words-please"), LeavesQuestion = true }
            : talk.Update.Text!.Length > Longest ? new(state) { Remark = new Line("talk.too-long", ("limit", Longest)), LeavesQuestion = true }
            : new(null, new Told(incident, words));
    }

    protected override Task<Prompt> PromptAsync(Talk talk, AskedOfIncident state) => Task.FromResult(
        new Prompt([new Line(Question, ("code", state.Code))], [[new Option("button.cancel", "cancel")]]));

    protected override async Task FinishAsync(Talk talk, Told result) =>
        talk.Reply(await HearAsync(talk, result.Incident, result.Words), ("code", result.Incident.Code.Text));

    /// <returns>Key of the answer.</returns>
    protected abstract Task<string> HearAsync(Talk talk, Incident incident, string words);

    /// <summary>Prints as a mask.</summary>
    public sealed record Told(Incident Incident, string Words)
    {
        public override string ToString() => "(words of a coordinator)";
    }
}

/// <summary>Of which incident something is asked.</summary>
public sealed record AskedOfIncident(string Code);
