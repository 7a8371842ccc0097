using AlertBot.Domain.Incidents;
using AlertBot.Workflows.Chat;

namespace AlertBot.Workflows.Incidents;

/// <summary>A coordinator's next message is the question to the reporter.</summary>
public sealed class AskConversation(AskReporter ask) : CoordinatorWords
{
    public override string Kind => "ask-reporter";

    protected override string Question => "triage.ask-what";

    public async Task BeginAsync(Talk talk, Incident incident)
    {
        var outcome = await ask.CanAskAsync(talk.Session, incident);
        if (outcome == AskOutcome.Asked)
            await AskAsync(talk, incident);
        else
            talk.Reply(KeyOf(outcome));
    }

    protected override async Task<string> HearAsync(Talk talk, Incident incident, string words) =>
        KeyOf(await ask.AskAsync(talk.Session, incident.Id, words));

    private static string KeyOf(AskOutcome outcome) => outcome switch
    {
        AskOutcome.Asked => "triage.asked",
        AskOutcome.NoContact => "triage.no-contact",
        AskOutcome.Gone => "triage.reporter-gone",
        _ => "unknown-command",
    };
}
