using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Chat;

namespace AlertBot.Workflows.Incidents;

/// <summary>
/// A coordinator pressed a button of an incident that wants words: their next message is those words. Whoever pressed it by
/// mistake presses the button under the question, or gives any command.
/// </summary>
public abstract class CoordinatorWords : IConversation, IPress
{
    private const int Version = 1;
    private const int Longest = 1_000;

    public abstract string Kind { get; }

    public string Prefix => Kind;

    public async Task ContinueAsync(Talk talk, Conversation saved)
    {
        if (!talk.May(Role.Coordinator) || talk.Actor is not { } actor || saved.Read<State>(Version) is not { } state
            || !IncidentCode.TryParse(state.Code, out var code) || await talk.Session.Incidents.FindAsync(code) is not { } incident)
        {
            await talk.Session.Conversations.EndAsync(talk.Here.Id);
            talk.Reply("unknown-command");
        }
        else if (string.IsNullOrWhiteSpace(talk.Update.Text))
        {
            talk.Reply("talk.words-please");
        }
        else if (talk.Update.Text.Length > Longest)
        {
            talk.Reply("talk.too-long", ("limit", Longest));
        }
        else
        {
            await talk.Session.Conversations.EndAsync(talk.Here.Id);
            talk.Reply(await HearAsync(talk, incident, actor, talk.Update.Text.Trim()), ("code", incident.Code.Text));
        }
    }

    /// <summary>The only button under the question: never mind.</summary>
    public async Task PressAsync(Talk talk, string data)
    {
        if (!talk.IsGroup && await talk.Session.Conversations.FindAsync(talk.Here.Id) is { } saved && saved.Kind == Kind)
            await talk.Session.Conversations.EndAsync(talk.Here.Id);
        talk.EditPressed(talk.Texts.Say(talk.Language, "triage.cancelled"));
    }

    /// <param name="question">Key of what is asked.</param>
    protected async Task AskAsync(Talk talk, Incident incident, string question)
    {
        await talk.Session.Conversations.SaveAsync(talk.Here.Id, Kind, Version, new State(incident.Code.Text));
        talk.Reply(talk.Texts.Say(talk.Language, question, ("code", incident.Code.Text)), [[talk.Button("button.cancel", $"{Kind}:cancel")]]);
    }

    /// <returns>Key of the answer.</returns>
    protected abstract Task<string> HearAsync(Talk talk, Incident incident, Actor actor, string words);

    private sealed record State(string Code);
}
