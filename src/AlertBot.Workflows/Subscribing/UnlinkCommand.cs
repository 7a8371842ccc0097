using AlertBot.Domain.Cases;
using AlertBot.Domain.People;
using AlertBot.Workflows.Chat;

namespace AlertBot.Workflows.Subscribing;

/// <summary><c>/unlink CODE</c> in a group or topic: stops a case's alerts there.</summary>
public sealed class UnlinkCommand(LinkGroup linkGroup) : IChatCommand
{
    public string Name => "unlink";

    public Role Needs => Role.Coordinator;

    public CommandPlace Place => CommandPlace.Anywhere;

    public async Task RunAsync(Talk talk, string arguments)
    {
        if (!talk.IsGroup || arguments.Length == 0)
        {
            talk.Reply("unlink.only-in-group");
            return;
        }

        var outcome = CaseCode.TryParse(arguments, out var code) && talk.Person is not null
            ? await linkGroup.EndAsync(talk.Session, code, talk.Here)
            : Subscribed.NotFound;
        if (outcome != Subscribed.NotAllowed)
            talk.Reply(outcome == Subscribed.Done ? "unlink.done" : "unlink.not", ("code", code.Text ?? arguments));
    }
}
