using AlertBot.Domain.Incidents;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Chat;

namespace AlertBot.Workflows.Incidents;

/// <summary>The next message of a person is their note on an incident.</summary>
public sealed class NoteConversation(NoteOnIncident note) : IConversation, IPress
{
    private const int StateVersion = 1;

    public string Kind => "note";

    public string Prefix => Kind;

    public async Task BeginAsync(Talk talk, Incident incident)
    {
        if (talk.IsGroup)
        {
            talk.Notice("ack.note-private");
            return;
        }

        await talk.Session.Conversations.SaveAsync(talk.Here.Id, Kind, StateVersion, new State(incident.Code.Text));
        Ask(talk, incident.Code.Text);
    }

    public async Task ContinueAsync(Talk talk, Conversation saved)
    {
        if (saved.Read<State>(StateVersion) is not { } state || !IncidentCode.TryParse(state.Code, out var code) || talk.Actor is not { } actor
            || await IncidentAccess.FindAsync(talk.Session, code, actor) is not { } incident)
        {
            await talk.Session.Conversations.EndAsync(talk.Here.Id);
            talk.Reply("unknown-command");
            return;
        }

        if (string.IsNullOrWhiteSpace(talk.Update.Text))
        {
            Ask(talk, state.Code);
            return;
        }

        await talk.Session.Conversations.EndAsync(talk.Here.Id);
        talk.Reply(await note.RunAsync(talk.Session, incident.Id, talk.Update.Text.Trim(), actor) ? "ack.noted" : "incident.is-closed");
    }

    /// <summary>The only button under the question: never mind.</summary>
    public async Task PressAsync(Talk talk, string data)
    {
        if (!talk.IsGroup && await talk.Session.Conversations.FindAsync(talk.Here.Id) is { } saved && saved.Kind == Kind)
            await talk.Session.Conversations.EndAsync(talk.Here.Id);
        talk.EditPressed(talk.Texts.Say(talk.Language, "ack.note-cancelled"));
    }

    private static void Ask(Talk talk, string code) => talk.Reply(
        talk.Texts.Say(talk.Language, "ack.note-ask", ("code", code)), [[talk.Button("button.cancel", "note:cancel")]]);

    private sealed record State(string Code);
}
