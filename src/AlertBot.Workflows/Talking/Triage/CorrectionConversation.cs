using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Incidents;

namespace AlertBot.Workflows.Talking.Triage;

/// <summary>A coordinator's next message says what is right; it goes to exactly those who were told otherwise.</summary>
public sealed class CorrectionConversation(RetractIncident retract) : IConversation
{
    private const int Version = 1;
    private const int Longest = 1_000;

    public string Kind => "correction";

    public async Task BeginAsync(Talk talk, Incident incident)
    {
        await talk.Session.Conversations.SaveAsync(talk.Here.Id, Kind, Version, new State(incident.Code.Text), talk.Now);
        talk.Reply("triage.correct-what", ("code", incident.Code.Text));
    }

    public async Task ContinueAsync(Talk talk, Conversation saved)
    {
        if (!talk.May(Role.Coordinator) || talk.Actor is not { } actor || saved.Read<State>(Version) is not { } state
            || !IncidentCode.TryParse(state.Code, out var code) || await talk.Session.Incidents.FindAsync(code) is not { } incident)
        {
            await talk.Session.Conversations.EndAsync(talk.Here.Id);
            talk.Reply("unknown-command");
            return;
        }

        if (talk.Update.Text is not { Length: > 0 } text)
        {
            talk.Reply("talk.words-please");
            return;
        }

        if (text.Length > Longest)
        {
            talk.Reply("talk.too-long", ("limit", Longest));
            return;
        }

        await talk.Session.Conversations.EndAsync(talk.Here.Id);
        await retract.CorrectAsync(talk.Session, incident.Id, text, actor, talk.Now);
        talk.Reply("triage.correction-sent", ("code", state.Code));
    }

    private sealed record State(string Code);
}
