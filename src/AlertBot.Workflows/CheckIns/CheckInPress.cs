using System.Globalization;
using AlertBot.Domain.Channels;
using AlertBot.Domain.CheckIns;
using AlertBot.Domain.People;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.CheckIns;

/// <summary><c>ci:ACT</c> under a question of the check-in, or under its page. Everybody acts on their own check-in only.</summary>
public sealed class CheckInPress(
    KeepCheckIn keep, CheckInContacts contacts, CheckInConversation conversation, CheckInWords words, IReadOnlyList<IChannel> channels) : IPress
{
    private const string Pause = "pause.";
    private static readonly int[] OfferedPauses = [24, 72, 168];

    public string Prefix => "ci";

    public async Task PressAsync(Talk talk, string data)
    {
        if (talk.IsGroup || talk.Person is not { IsFrozen: false } person || await talk.Session.CheckIns.OfAsync(person.Id) is not { } one)
        {
            talk.Notice("button.stale");
            return;
        }

        switch (data)
        {
            case "well":
                await WellAsync(talk, person);
                break;
            case "add":
                await AddAsync(talk, person);
                break;
            case "contacts":
                await CheckInPage.ContactsAsync(talk, await talk.Session.CheckIns.Contacts.OfAsync(one.Id));
                break;
            case "page":
                await CheckInPage.ShowAsync(talk, one);
                break;
            case "change":
                await conversation.ChangeAsync(talk, person, one);
                break;
            case "pause":
                talk.EditPressed(talk.Texts.Say(talk.Language, "checkin.ask-pause"), Pauses(talk));
                break;
            case "on":
                await PausedAsync(talk, person, null);
                break;
            case "stop":
                talk.EditPressed(
                    talk.Texts.Say(talk.Language, one.IsOpen ? "checkin.ask-stop-open" : "checkin.ask-stop"),
                    [[talk.Button("checkin.stop-yes", "ci:stop.yes"), talk.Button("button.back", "ci:page")]]);
                break;
            case "stop.yes":
                await CheckInPage.ShowAsync(talk, await keep.WishAsync(talk.Session, one, new CheckInWish.End()));
                break;
            case "keep":
                await talk.Session.CheckIns.SaveAsync(one with { Wish = null });
                await CheckInPage.ShowAsync(talk, one with { Wish = null });
                break;
            case "words":
                await words.BeginAsync(talk, one);
                break;
            case ['d', 'r', 'o', 'p', '.', .. var id] when Guid.TryParseExact(id, "N", out var contact):
                await DropAsync(talk, one, contact);
                break;
            case ['p', 'a', 'u', 's', 'e', '.', .. var typed] when int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var hours)
                && OfferedPauses.Contains(hours):
                await PausedAsync(talk, person, talk.Now + Duration.FromHours(hours));
                break;
            default:
                talk.Notice("button.stale");
                break;
        }
    }

    private async Task WellAsync(Talk talk, Person person)
    {
        var before = await talk.Session.CheckIns.OfAsync(person.Id);
        if (await keep.WellAsync(talk.Session, person, talk.Update.About) is not { } now)
        {
            if (before is { IsWishDue: true })
                talk.EditPressed(talk.Texts.Say(talk.Language, "checkin.stopped"));
            return;
        }

        var lines = new[] { new Line("checkin.answered"), CheckInPage.StateOf(now, talk.Zone) };
        talk.Notice("checkin.answered");
        talk.EditPressed(RichText.Join("\n", lines.Select(line => line.In(talk.Language, talk.Texts))));
    }

    private async Task AddAsync(Talk talk, Person person)
    {
        if (await contacts.OfferAsync(talk.Session, person) is not { } code)
        {
            talk.Notice("checkin.too-many-contacts");
            return;
        }

        var channel = channels.FirstOrDefault(one => one.Kind == talk.Here.At.Channel);
        if (channel is not null && await channel.DeepLinkAsync(code, talk.Cancelled) is { } link)
            talk.Reply("checkin.link", ("link", link), ("code", code));
        else
            talk.Reply("checkin.link-code", ("code", code));
    }

    private async Task PausedAsync(Talk talk, Person person, Instant? until)
    {
        if (await keep.PauseAsync(talk.Session, person, until, talk.Update.About) is { } one)
            await CheckInPage.ShowAsync(talk, one);
    }

    private async Task DropAsync(Talk talk, CheckIn one, Guid id)
    {
        var all = await talk.Session.CheckIns.Contacts.OfAsync(one.Id);
        if (all.FirstOrDefault(contact => contact.Id == id) is { Person: not null })
        {
            await CheckInPage.ShowAsync(talk, await keep.WishAsync(talk.Session, one, new CheckInWish.Drop(id)));
            return;
        }

        if (all.FirstOrDefault(contact => contact.Id == id) is { } unused)
            await talk.Session.CheckIns.Contacts.DeleteAsync(unused);
        await CheckInPage.ContactsAsync(talk, all.Where(contact => contact.Id != id).ToList());
    }

    private static List<IReadOnlyList<Choice>> Pauses(Talk talk) =>
    [
        .. OfferedPauses.Select(hours => (IReadOnlyList<Choice>)[new Choice(
            talk.Texts.Plain(talk.Language, "checkin.pause-for", ("long", Duration.FromHours(hours))),
            string.Create(CultureInfo.InvariantCulture, $"ci:{Pause}{hours}"))]),
        [talk.Button("button.back", "ci:page")],
    ];
}
