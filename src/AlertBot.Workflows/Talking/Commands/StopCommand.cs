using AlertBot.Domain.People;
using AlertBot.Workflows.People;

namespace AlertBot.Workflows.Talking.Commands;

/// <summary><c>/stop</c>: no more messages.</summary>
public sealed class StopCommand(StopMessages stop) : IChatCommand
{
    public string Name => "stop";

    public Role Needs => Role.Reporter;

    public CommandPlace Place => CommandPlace.Private;

    public async Task RunAsync(Talk talk, string arguments)
    {
        if (talk.Person is { } person)
            await stop.RunAsync(talk.Session, person, talk.Here, talk.Now);
        talk.Reply("stop.done");
    }
}
