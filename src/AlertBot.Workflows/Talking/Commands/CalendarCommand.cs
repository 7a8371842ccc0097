using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Workflows.Calendars;

namespace AlertBot.Workflows.Talking.Commands;

/// <summary><c>/calendar</c>: a private address from which a calendar program fetches what is due.</summary>
public sealed class CalendarCommand(GiveCalendar give, CalendarPlace place) : IChatCommand, IPress
{
    private const string New = "new";
    private const string End = "end";

    public string Name => "calendar";

    public Role Needs => Role.Advocate;

    public CommandPlace Place => CommandPlace.Private;

    public string Prefix => Name;

    public async Task RunAsync(Talk talk, string arguments)
    {
        if (talk.Person is { } person && await talk.Session.CalendarFeeds.SinceAsync(person.Id) is { } since)
            talk.Reply(
                talk.Texts.Say(talk.Language, "calendar.have", ("since", since.InZone(talk.Zone).Date)),
                [[talk.Button("calendar.new", "calendar:" + New), talk.Button("calendar.end", "calendar:" + End)]]);
        else
            await GiveAsync(talk);
    }

    public async Task PressAsync(Talk talk, string data)
    {
        if (talk.IsGroup || !talk.May(Needs) || talk.Person is not { } person)
        {
            talk.Notice("button.stale");
        }
        else if (data == New)
        {
            await GiveAsync(talk);
        }
        else if (data == End)
        {
            await GiveCalendar.EndAsync(talk.Session, person, talk.Now);
            talk.EditPressed(talk.Texts.Say(talk.Language, "calendar.ended"));
        }
        else
        {
            talk.Notice("button.stale");
        }
    }

    private async Task GiveAsync(Talk talk)
    {
        if (talk.Actor is not { } actor || await give.RunAsync(talk.Session, actor, talk.Now) is not { } address)
        {
            talk.Reply("calendar.no-place");
            return;
        }

        var text = talk.Texts.Say(talk.Language, "calendar.given", ("address", address.AbsoluteUri));
        talk.EditPressed(
            place.IsLocal ? text + RichText.Of("\n\n") + talk.Texts.Say(talk.Language, "calendar.local-only") : text,
            [[talk.Button("calendar.new", "calendar:" + New), talk.Button("calendar.end", "calendar:" + End)]]);
    }
}
