using AlertBot.Domain.Channels;
using AlertBot.Domain.CheckIns;
using AlertBot.Domain.People;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.CheckIns;

/// <summary>Shows the state of a person's check-in, and what they can do with it.</summary>
internal static class CheckInPage
{
    /// <param name="zone">Null: the zone of the person in the chat.</param>
    /// <param name="remark">A remark above it about what was just done.</param>
    public static async Task ShowAsync(Talk talk, CheckIn one, DateTimeZone? zone = null, Line? remark = null)
    {
        var lives = zone ?? talk.Zone;
        var contacts = await ReachableAsync(talk, await talk.Session.CheckIns.Contacts.OfAsync(one.Id));
        var lines = new List<Line>();
        if (remark is not null)
            lines.Add(remark);
        lines.Add(StateOf(one, lives));
        if (one.Wish is { } wish)
            lines.Add(new Line("checkin.wish", ("what", wish.ToString().Split(' ')[0]), ("words", one.HasWords)));
        if (one.Schedule is { } schedule)
            lines.Add(CheckInPrompts.Times(schedule, lives.Id));
        lines.Add(new Line("checkin.steps", ("grace", one.Grace)));
        lines.Add(new Line("checkin.contacts", ("count", contacts.Count)));
        lines.Add(CheckInPrompts.Name(one.Called?.Reveal()));
        talk.EditPressed(RichText.Join("\n\n", lines.Select(line => line.In(talk.Language, talk.Texts))), Buttons(talk, one));
    }

    /// <summary>When the next question comes, or why none does.</summary>
    public static Line StateOf(CheckIn one, DateTimeZone zone) => one switch
    {
        { IsOpen: true } => new Line("checkin.waiting"),
        { LookAt: { } at } => new Line(one.IsPaused ? "checkin.paused" : "checkin.next", ("at", at.InZone(zone))),
        _ => new Line("checkin.nothing-planned"),
    };

    /// <summary>
    /// The contacts who agreed and the links that wait, each with a button. Nothing about the contacts is stored that could be shown.
    /// </summary>
    public static async Task ContactsAsync(Talk talk, IReadOnlyList<CheckInContact> contacts)
    {
        var reachable = await ReachableAsync(talk, contacts);
        var lines = contacts.Select((contact, at) => contact is { AgreedAt: { } agreed, Person: { } person }
            ? new Line(
                reachable.Contains(person) ? "checkin.contact-line" : "checkin.contact-dark",
                ("number", at + 1), ("day", agreed.InZone(talk.Zone).Date))
            : new Line("checkin.link-line", ("number", at + 1), ("until", contact.ExpiresAt.InZone(talk.Zone)))).ToList();
        var rows = contacts.Select((contact, at) => (IReadOnlyList<Choice>)[new Choice(
            talk.Texts.Plain(talk.Language, "checkin.remove", ("number", at + 1)), $"ci:drop.{contact.Id:N}")]).ToList();
        rows.Add([talk.Button("button.back", "ci:page")]);
        talk.EditPressed(
            RichText.Join("\n", lines.Prepend(new Line("checkin.contacts", ("count", reachable.Count)))
                .Select(line => line.In(talk.Language, talk.Texts))),
            rows);
    }

    // A contact who blocked the bot or said /stop is told nothing. The person should know that before it matters.
    private static async Task<HashSet<PersonId>> ReachableAsync(Talk talk, IReadOnlyList<CheckInContact> contacts) =>
        (await talk.Session.Addresses.OpenOfAsync(contacts.Select(contact => contact.Person).OfType<PersonId>().ToList()))
        .Select(address => address.Person).OfType<PersonId>().ToHashSet();

    private static List<IReadOnlyList<Choice>> Buttons(Talk talk, CheckIn one)
    {
        var rows = new List<IReadOnlyList<Choice>>();
        if (!one.IsPaused)
            rows.Add([talk.Button("checkin.well", CheckInMessages.WellData)]);
        rows.Add([talk.Button("checkin.add-contact", "ci:add"), talk.Button("checkin.show-contacts", "ci:contacts")]);
        rows.Add(
            [one.IsPaused ? talk.Button("checkin.go-on", "ci:on") : talk.Button("checkin.pause", "ci:pause"),
                talk.Button("checkin.change", "ci:change")]);
        rows.Add([talk.Button("checkin.words", "ci:words"), talk.Button("checkin.stop", "ci:stop")]);
        if (one.Wish is not null)
            rows.Insert(0, [talk.Button("checkin.keep", "ci:keep")]);
        return rows;
    }
}
