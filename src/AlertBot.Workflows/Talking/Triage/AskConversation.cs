using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Incidents;

namespace AlertBot.Workflows.Talking.Triage;

/// <summary>A coordinator's next message is the question to the reporter.</summary>
public sealed class AskConversation(AskReporter ask) : IConversation
{
    private const int Version = 1;
    private const int Longest = 1_000;

    public string Kind => "ask-reporter";

    public async Task BeginAsync(Talk talk, Incident incident)
    {
        if (await AskReporter.CanAskAsync(talk.Session, incident) is not AskOutcome.Asked and var why)
        {
            talk.Reply(KeyOf(why));
            return;
        }

        await talk.Session.Conversations.SaveAsync(talk.Here.Id, Kind, Version, new State(incident.Code.Text), talk.Now);
        talk.Reply("triage.ask-what", ("code", incident.Code.Text));
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

        if (talk.Update.Text is not { Length: > 0 } question)
        {
            talk.Reply("talk.words-please");
            return;
        }

        if (question.Length > Longest)
        {
            talk.Reply("talk.too-long", ("limit", Longest));
            return;
        }

        await talk.Session.Conversations.EndAsync(talk.Here.Id);
        talk.Reply(KeyOf(await ask.AskAsync(talk.Session, incident.Id, question, actor, talk.Now)));
    }

    private static string KeyOf(AskOutcome outcome) => outcome switch
    {
        AskOutcome.Asked => "triage.asked",
        AskOutcome.NoContact => "triage.no-contact",
        AskOutcome.Gone => "triage.reporter-gone",
        _ => "unknown-command",
    };

    private sealed record State(string Code);
}
