using AlertBot.Domain.Cases;
using AlertBot.Domain.People;
using AlertBot.Workflows.Chat;

namespace AlertBot.Workflows.Subscribing;

/// <summary><c>/link CODE</c> in a group or topic: sends a case's alerts there. Only for coordinators, whoever runs the group.</summary>
public sealed class LinkCommand(LinkGroup linkGroup) : IChatCommand
{
    public string Name => "link";

    public Role Needs => Role.Coordinator;

    public CommandPlace Place => CommandPlace.Anywhere;

    public async Task RunAsync(Talk talk, string arguments)
    {
        if (!talk.IsGroup || arguments.Length == 0)
        {
            talk.Reply("link.only-in-group");
            return;
        }

        var outcome = CaseCode.TryParse(arguments, out var code) && talk.Person is not null
            ? await linkGroup.RunAsync(talk.Session, code, talk.Here)
            : Subscribed.NotFound;
        if (outcome == Subscribed.Done && await talk.Session.Addresses.FindAsync(talk.Here.Id) is { } here)
            talk.Language = here.Language;

        // People without the role get no answer in a group, as for an unknown command.
        if (outcome != Subscribed.NotAllowed)
        {
            talk.Reply(
                outcome switch { Subscribed.Done => "link.done", Subscribed.Already => "link.already", _ => "case.not-found" },
                ("code", code.Text ?? arguments));
        }
    }
}
