using AlertBot.Domain.Cases;
using AlertBot.Domain.People;
using AlertBot.Workflows.Chat;

namespace AlertBot.Workflows.Subscribing;

/// <summary><c>/unsubscribe CODE</c>: stops a case's alerts here.</summary>
public sealed class UnsubscribeCommand(Subscribe subscribe) : IChatCommand
{
    public string Name => "unsubscribe";

    public Role Needs => Role.Advocate;

    public CommandPlace Place => CommandPlace.Private;

    public async Task RunAsync(Talk talk, string arguments)
    {
        if (arguments.Length == 0)
        {
            talk.Reply("unsubscribe.ask");
            return;
        }

        var isDone = CaseCode.TryParse(arguments, out var code) && talk.Person is not null
            && await subscribe.EndAsync(talk.Session, code, talk.Here);
        talk.Reply(isDone ? "unsubscribe.done" : "unsubscribe.not", ("code", code.Text ?? arguments));
    }
}
