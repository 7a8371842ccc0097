using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Workflows.Chat;

namespace AlertBot.Workflows.Cases;

/// <summary><c>/calendar</c>: a private address from which a calendar program fetches what is due, and the same dates as a file.</summary>
public sealed class CalendarCommand(GiveCalendar give, CalendarPlace place, CalendarFeed feed) : IChatCommand, IPress
{
    private const string New = "new";
    private const string End = "end";

    public string Name => "calendar";

    public Role Needs => Role.Advocate;

    public CommandPlace Place => CommandPlace.Private;

    public string Prefix => Name;

    public async Task RunAsync(Talk talk, string arguments)
    {
        if (arguments.Length > 0 && talk.Person is { } asked)
        {
            var has = await talk.Session.CalendarFeeds.SinceAsync(asked.Id) is not null;
            talk.Reply(
                talk.Texts.Say(talk.Language, "unused-words", ("words", Shortened.To(arguments, 60))),
                has ? [[talk.Button("calendar.end", "calendar:" + End)]] : null);
            return;
        }

        if (talk.Person is { } person && await talk.Session.CalendarFeeds.SinceAsync(person.Id) is { } since)
            talk.Reply(
                talk.Texts.Say(talk.Language, "calendar.have", ("since", since.InZone(talk.Zone).Date)),
                [[talk.Button("calendar.new", "calendar:" + New), talk.Button("calendar.end", "calendar:" + End)]]);
        else
            await GiveAsync(talk);
        await SendFileAsync(talk);
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
            await give.EndAsync(talk.Session, person);
            talk.EditPressed(talk.Texts.Say(talk.Language, "calendar.ended"));
        }
        else
        {
            talk.Notice("button.stale");
        }
    }

    // For a phone whose calendar follows no address, or where the bot has none that it can reach.
    private async Task SendFileAsync(Talk talk)
    {
        if (talk.Person is not { } person || !person.MayActAs(Needs) || await feed.OfAsync(talk.Session, person) is not { Dates: > 0 } calendar)
            return;
        talk.Reply(
            talk.Texts.Say(talk.Language, "calendar.file", ("count", calendar.Dates)),
            new OutgoingFile("alertbot.ics", "text/calendar", System.Text.Encoding.UTF8.GetBytes(calendar.Text)));
    }

    private async Task GiveAsync(Talk talk)
    {
        if (talk.Person is null || await give.RunAsync(talk.Session) is not { } address)
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
