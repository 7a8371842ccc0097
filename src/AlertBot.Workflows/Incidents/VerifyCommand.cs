using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Incidents;

/// <summary><c>/verify CODE</c>: the same as the button under the card.</summary>
public sealed class VerifyCommand(VerifyIncident verify, TellWhom tellWhom) : IChatCommand
{
    public string Name => "verify";

    public Role Needs => Role.Coordinator;

    public CommandPlace Place => CommandPlace.Private;

    public async Task RunAsync(Talk talk, string arguments)
    {
        if (!IncidentCode.TryParse(arguments, out var code) || talk.Person is null
            || await talk.Session.Incidents.FindAsync(code) is not { } incident)
        {
            talk.Reply("triage.verify-which");
            return;
        }

        var outcome = await verify.RunAsync(talk.Session, incident.Id);
        if (outcome == TriageOutcome.Done && await TellWhom.IsUnheardAsync(talk.Session, incident))
        {
            talk.Reply(
                talk.Texts.Say(talk.Language, "triage.tell-whom", ("code", incident.Code.Text)),
                await tellWhom.ChoicesAsync(talk.Session, incident, talk.Language));
            return;
        }

        var line = outcome switch
        {
            TriageOutcome.Done => new Line("triage.verified"),
            TriageOutcome.DoneBefore or TriageOutcome.Closed => await DecidedBefore.OfAsync(talk, incident.Id, IncidentAct.Verified),
            _ => new Line("unknown-command"),
        };
        talk.Reply(line.Key, line.Arguments);
    }
}
