using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Domain.Time;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Chat;
using NodaTime;

namespace AlertBot.Workflows.People;

/// <summary><c>/quiet [22:00-08:00|off|CITY]</c>: the hours without messages that can wait, and the zone of their clock.</summary>
public sealed class QuietCommand(ChooseRhythm chooseRhythm) : IChatCommand, IConversation, IPress
{
    private const int StateVersion = 1;
    private const string Off = "off";
    private const string Zones = "zones";
    private const string Zone = "zone.";
    private static readonly string[] Usual = ["22:00-07:00", "22:00-08:00", "23:00-08:00", "00:00-09:00"];

    public string Name => "quiet";

    public Role Needs => Role.Advocate;

    public CommandPlace Place => CommandPlace.Private;

    public string Kind => Name;

    public string Prefix => Name;

    public Task RunAsync(Talk talk, string arguments) => arguments.Length == 0 ? ShowAsync(talk) : TakeAsync(talk, arguments);

    public async Task ContinueAsync(Talk talk, Conversation saved)
    {
        if (talk.May(Needs))
        {
            await TakeAsync(talk, talk.Update.Text ?? "");
            return;
        }

        await talk.Session.Conversations.EndAsync(talk.Here.Id);
        talk.Reply("unknown-command");
    }

    public async Task PressAsync(Talk talk, string data)
    {
        if (talk.IsGroup || !talk.May(Needs))
            talk.Notice("button.stale");
        else if (data == Zones)
            await AskZoneAsync(talk);
        else if (data.StartsWith(Zone, StringComparison.Ordinal))
            await TakeAsync(talk, data[Zone.Length..]);
        else
            await TakeAsync(talk, data);
    }

    private async Task TakeAsync(Talk talk, string said)
    {
        if (talk.Person is not { } person)
            return;

        if (said.Equals(Off, StringComparison.OrdinalIgnoreCase))
            await ChangeAsync(talk, person, null);
        else if (QuietHours.Read(said) is { } hours)
            await ChangeAsync(talk, person, hours);
        else if (ZoneName.Find(talk, said) is { } zone)
            await MoveAsync(talk, person, zone);
        else if (ZoneName.Near(said) is { } near)
            await AskAsync(
                talk, talk.Texts.Say(talk.Language, "zone-near", ("zone", near)), [ZoneName.Choice(talk, "quiet:" + Zone, near), .. Spans(talk)]);
        else
            await AskAsync(
                talk, talk.Texts.Say(talk.Language, said.Any(char.IsDigit) ? "quiet.bad-hours" : "quiet.not-understood"), Spans(talk));
    }

    private async Task ChangeAsync(Talk talk, Person person, QuietHours? hours)
    {
        await talk.Session.Conversations.EndAsync(talk.Here.Id);
        if (!await chooseRhythm.QuietAsync(talk.Session, person, hours))
            talk.Reply("unknown-command");
        else if (hours is null)
            talk.EditPressed(talk.Texts.Say(talk.Language, "quiet.off"));
        else if (person.Zone.Id == DateTimeZone.Utc.Id)
            await AskAsync(
                talk, Said(talk, hours, person.Zone) + RichText.Of("\n\n") + talk.Texts.Say(talk.Language, "quiet.ask-zone"),
                ZoneName.Choices(talk, "quiet:" + Zone));
        else
            talk.EditPressed(Said(talk, hours, person.Zone), [[talk.Button("quiet.other-zone", "quiet:" + Zones)]]);
    }

    private async Task MoveAsync(Talk talk, Person person, DateTimeZone zone)
    {
        var moved = await chooseRhythm.ZoneAsync(talk.Session, person, zone);
        await talk.Session.Conversations.EndAsync(talk.Here.Id);
        var hours = (await talk.Session.Rhythms.OfAsync(person.Id)).Quiet;
        talk.EditPressed(
            hours is null ? talk.Texts.Say(talk.Language, "quiet.zone-set", ("zone", moved.Zone)) : Said(talk, hours, moved.Zone),
            hours is null ? Spans(talk) : null);
    }

    private async Task ShowAsync(Talk talk)
    {
        var hours = talk.Person is { } person ? (await talk.Session.Rhythms.OfAsync(person.Id)).Quiet : null;
        var now = hours is null ? talk.Texts.Say(talk.Language, "quiet.none") : Said(talk, hours, talk.Zone);
        await AskAsync(talk, now + RichText.Of("\n\n") + talk.Texts.Say(talk.Language, "quiet.ask", ("zone", talk.Zone)), Spans(talk));
    }

    private Task AskZoneAsync(Talk talk) => AskAsync(talk, talk.Texts.Say(talk.Language, "quiet.ask-zone"), ZoneName.Choices(talk, "quiet:" + Zone));

    // The person's next message answers this.
    private async Task AskAsync(Talk talk, RichText text, IReadOnlyList<IReadOnlyList<Choice>> choices)
    {
        await talk.Session.Conversations.SaveAsync(talk.Here.Id, Kind, StateVersion, new Asked());
        talk.EditPressed(text, choices);
    }

    private static RichText Said(Talk talk, QuietHours hours, DateTimeZone zone) =>
        talk.Texts.Say(talk.Language, "quiet.done", ("from", hours.From), ("to", hours.To), ("zone", zone));

    private static List<IReadOnlyList<Choice>> Spans(Talk talk) =>
    [
        .. Usual.Select(span => new Choice(span.Replace("-", " – ", StringComparison.Ordinal), "quiet:" + span)).Chunk(2),
        [talk.Button("quiet.none-wanted", "quiet:" + Off), talk.Button("quiet.other-zone", "quiet:" + Zones)],
    ];

    /// <summary>Empty, because only the fact that the question was put must be saved.</summary>
    private sealed record Asked;
}
