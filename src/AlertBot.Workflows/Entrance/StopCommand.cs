using AlertBot.Domain.People;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.CheckIns;

namespace AlertBot.Workflows.Entrance;

/// <summary><c>/stop</c>: no more messages. A check-in that cannot ask any more would take that for silence, so it ends too.</summary>
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
