using AlertBot.Domain.Incidents;
using AlertBot.Workflows.Chat;

namespace AlertBot.Workflows.Incidents;

/// <summary>A coordinator's next message says what is right; it goes to exactly those who were told otherwise.</summary>
public sealed class CorrectionConversation(RetractIncident retract) : CoordinatorWords
{
    public override string Kind => "correction";

    protected override string Question => "triage.correct-what";

    public Task BeginAsync(Talk talk, Incident incident) => AskAsync(talk, incident);

    protected override async Task<string> HearAsync(Talk talk, Incident incident, string words) =>
        await retract.CorrectAsync(talk.Session, incident.Id, words) == TriageOutcome.Done ? "triage.correction-sent" : "unknown-command";
}
