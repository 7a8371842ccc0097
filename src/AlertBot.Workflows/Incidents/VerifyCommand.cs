using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Incidents;

/// <summary><c>/verify CODE</c>: the same as the button under the card.</summary>
public sealed class VerifyCommand(VerifyIncident verify) : IChatCommand
{
    public string Name => "verify";

    public Role Needs => Role.Coordinator;

    public CommandPlace Place => CommandPlace.Private;

    public async Task RunAsync(Talk talk, string arguments)
    {
        if (!IncidentCode.TryParse(arguments, out var code) || talk.Actor is not { } actor
            || await talk.Session.Incidents.FindAsync(code) is not { } incident)
        {
            talk.Reply("triage.verify-which");
            return;
        }

        var line = await verify.RunAsync(talk.Session, incident.Id, actor) switch
        {
            TriageOutcome.Done => new Line("triage.verified"),
            TriageOutcome.DoneBefore or TriageOutcome.Closed => await DecidedBefore.OfAsync(talk, incident.Id, IncidentAct.Verified),
            _ => new Line("unknown-command"),
        };
        talk.Reply(line.Key, line.Arguments);
    }
}
