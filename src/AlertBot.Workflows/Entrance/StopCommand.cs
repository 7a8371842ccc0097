using AlertBot.Domain.People;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.CheckIns;

namespace AlertBot.Workflows.Entrance;

/// <summary><c>/stop</c>: stops all messages. The check-in ends too, since it could no longer ask and would take that for silence.</summary>
public sealed class StopCommand(StopMessages stop, KeepCheckIn checkIns, CheckInContacts contacts) : IChatCommand
{
    public string Name => "stop";

    public Role Needs => Role.Reporter;

    public CommandPlace Place => CommandPlace.Private;

    public async Task RunAsync(Talk talk, string arguments)
    {
        if (talk.Person is { } person)
        {
            if (await checkIns.StopAsync(talk.Session, person, pressed: null))
                talk.Reply("checkin.stopped");
            await contacts.LeaveAsync(talk.Session, person, only: null);
            await stop.RunAsync(talk.Session, person, talk.Here);
        }

        talk.Reply("stop.done");
    }
}
