using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Workflows.Incidents;

namespace AlertBot.Workflows.Talking.Triage;

/// <summary><c>/verify CODE</c>: the same as the button under the card.</summary>
public sealed class VerifyCommand(VerifyIncident verify) : IChatCommand
{
    public string Name => "verify";

    public Role Needs => Role.Coordinator;

    public CommandPlace Place => CommandPlace.Private;

    public async Task RunAsync(Talk talk, string arguments)
    {
        if (!IncidentCode.TryParse(arguments, out var code) || talk.Actor is not { } actor || await talk.Session.Incidents.FindAsync(code) is not { } incident)
        {
            talk.Reply("triage.verify-which");
            return;
        }

        talk.Reply(await verify.RunAsync(talk.Session, incident.Id, actor, talk.Now) switch
        {
            TriageOutcome.Done => "triage.verified",
            TriageOutcome.DoneBefore => "triage.done-before",
            TriageOutcome.Closed => "incident.is-closed",
            _ => "unknown-command",
        });
    }
}
