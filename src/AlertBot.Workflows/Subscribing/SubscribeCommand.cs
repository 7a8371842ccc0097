using AlertBot.Domain.Cases;
using AlertBot.Domain.People;
using AlertBot.Workflows.Chat;

namespace AlertBot.Workflows.Subscribing;

/// <summary><c>/subscribe CODE</c>: sends a case's alerts to this private chat.</summary>
public sealed class SubscribeCommand(Subscribe subscribe) : IChatCommand
{
    public string Name => "subscribe";

    public Role Needs => Role.Advocate;

    public CommandPlace Place => CommandPlace.Private;

    public async Task RunAsync(Talk talk, string arguments)
    {
        if (arguments.Length == 0)
        {
            talk.Reply("subscribe.ask");
            return;
        }

        var outcome = CaseCode.TryParse(arguments, out var code) && talk.Person is not null
            ? await subscribe.RunAsync(talk.Session, code, talk.Here)
            : Subscribed.NotFound;
        var shown = code.Text ?? arguments;
        talk.Reply(
            outcome switch
            {
                Subscribed.Done => "subscribe.done",
                Subscribed.Asked => "subscribe.asked",
                Subscribed.Already => "subscribe.already",
                Subscribed.NotAllowed => "unknown-command",
                _ => "case.not-found",
            },
            ("code", shown));
    }
}
