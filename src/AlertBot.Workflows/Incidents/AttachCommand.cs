using AlertBot.Domain.Cases;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Incidents;

/// <summary>
/// <c>/attach A-CODE K-CODE</c>: it is about that registered person; <c>/attach A-CODE A-OTHER</c>: it is the same as the other one. By hand,
/// where no name led there.
/// </summary>
public sealed class AttachCommand(AttachIncident attach, RetractIncident retract) : IChatCommand
{
    public string Name => "attach";

    public Role Needs => Role.Coordinator;

    public CommandPlace Place => CommandPlace.Private;

    public async Task RunAsync(Talk talk, string arguments)
    {
        var parts = arguments.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (!talk.May(Needs) || talk.Person is null || parts.Length != 2 || !IncidentCode.TryParse(parts[0], out var code)
            || await talk.Session.Incidents.FindAsync(code) is not { } incident)
        {
            talk.Reply("attach.how");
            return;
        }

        if (CaseCode.TryParse(parts[1], out var @case))
            Say(talk, await attach.RunAsync(talk.Session, incident.Id, @case), "triage.attached", "attach.detach-first");
        else if (IncidentCode.TryParse(parts[1], out var other) && await talk.Session.Incidents.FindAsync(other) is { } kept)
            Say(talk, await retract.DuplicateAsync(talk.Session, incident.Id, kept.Id), "triage.merged", "triage.done-before");
        else
            talk.Reply("attach.how");
    }

    internal static void Say(Talk talk, TriageOutcome outcome, string done, string before)
    {
        var line = outcome switch
        {
            TriageOutcome.Done => new Line(done),
            TriageOutcome.DoneBefore => new Line(before),
            TriageOutcome.Closed => new Line("incident.is-closed"),
            TriageOutcome.NotFound => new Line("attach.how"),
            _ => new Line("unknown-command"),
        };
        talk.Reply(line.Key, line.Arguments);
    }
}

/// <summary><c>/detach A-CODE</c>: it is not about the registered person that it was taken for. Whoever was told so is told that.</summary>
public sealed class DetachCommand(DetachIncident detach) : IChatCommand
{
    public string Name => "detach";

    public Role Needs => Role.Coordinator;

    public CommandPlace Place => CommandPlace.Private;

    public async Task RunAsync(Talk talk, string arguments)
    {
        if (!talk.May(Needs) || talk.Person is null || !IncidentCode.TryParse(arguments, out var code)
            || await talk.Session.Incidents.FindAsync(code) is not { } incident)
            talk.Reply("attach.how");
        else
            AttachCommand.Say(talk, await detach.RunAsync(talk.Session, incident.Id), "attach.detached", "attach.not-attached");
    }
}
