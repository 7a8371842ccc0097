using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Domain.CheckIns;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.CheckIns;

/// <summary>The messages of a check-in, to the person at risk and to their contacts.</summary>
public sealed class CheckInMessages(TextCatalog texts)
{
    /// <summary>The button under every message to the person, the only possible answer.</summary>
    public const string WellData = "ci:well";

    // A question still waiting after a long outage would look like one that nobody answered.
    private static readonly Duration WorthSending = Urgency.WorthSendingFor(Severity.Critical);

    /// <summary>Asks the person, or says what was done for want of an answer, on all their accounts.</summary>
    /// <param name="hasContacts">Decides who is named as the next to be told.</param>
    /// <param name="isOurFault">True if the question is repeated because the program was down.</param>
    public async Task ToPersonAsync(Session session, CheckIn one, Person person, bool hasContacts, bool isOurFault)
    {
        var line = one switch
        {
            { Step: CheckInStep.ContactsTold } => new Line("checkin.told-contacts", ("grace", one.Grace)),
            { Step: CheckInStep.Alarmed } => new Line("checkin.told-coordinators"),
            _ when isOurFault => new Line("checkin.ask-late", ("grace", one.Grace)),
            { Step: CheckInStep.AskedAgain } => new Line(
                "checkin.ask-again", ("grace", one.Grace), ("next", hasContacts ? "contacts" : "coordinators")),
            _ => new Line("checkin.ask", ("grace", one.Grace)),
        };
        var button = new Choice(texts.Plain(person.Language, "checkin.well"), WellData) { ByThumb = true };
        await SendAsync(
            session, CheckInMessageStore.ToPerson(one), await session.Addresses.OpenOfAsync([person.Id]),
            to => new OutgoingMessage(line.In(to.Language, texts), [[button]]));
    }

    public async Task ToContactsAsync(Session session, CheckIn one, IReadOnlyList<CheckInContact> contacts, IReadOnlyCollection<Subscriber> to)
    {
        foreach (var reader in to)
        {
            var zone = reader.Person is { } id && await session.People.FindAsync(id) is { } person ? person.Zone : DateTimeZone.Utc;
            var line = new Line(
                "checkin.to-contact", ("who", WhoFor(one, contacts, reader.Person, session.Now, zone)),
                ("at", (one.AskedAt ?? session.Now).InZone(zone)), ("grace", one.Grace));
            await SendAsync(session, CheckInMessageStore.ToContacts(one), [reader], _ => new OutgoingMessage(line.In(reader.Language, texts)));
        }
    }

    /// <summary>Tells the contacts who knew of a silence that it is over, and how.</summary>
    public async Task OverToContactsAsync(Session session, CheckIn one, bool isWell)
    {
        var contacts = await session.CheckIns.Contacts.OfAsync(one.Id);
        foreach (var reader in await session.CheckIns.Messages.ReceivedAsync(CheckInMessageStore.ToContacts(one)))
        {
            var zone = reader.Person is { } id && await session.People.FindAsync(id) is { } person ? person.Zone : DateTimeZone.Utc;
            var line = new Line(
                isWell ? "checkin.well-to-contact" : "checkin.ended-to-contact", ("who", WhoFor(one, contacts, reader.Person, session.Now, zone)));
            await SendAsync(session, CheckInMessageStore.Over(one), [reader], _ => new OutgoingMessage(line.In(reader.Language, texts)));
        }
    }

    /// <summary>Tells all contacts who agreed something about the person, whether or not a silence is open.</summary>
    /// <param name="also">A former contact to tell too.</param>
    public async Task AllContactsAsync(Session session, CheckIn one, string key, string cause, PersonId? also = null)
    {
        var contacts = await session.CheckIns.Contacts.OfAsync(one.Id);
        var people = contacts.Select(contact => contact.Person).Append(also).OfType<PersonId>().Distinct().ToList();
        foreach (var reader in await session.Addresses.OpenOfAsync(people))
        {
            var zone = (await session.People.FindAsync(reader.Person!.Value))?.Zone ?? DateTimeZone.Utc;
            var line = new Line(key, ("who", WhoFor(one, contacts, reader.Person, session.Now, zone)));
            await SendAsync(
                session, $"checkin-told:{one.Id.Value:N}:{cause}:{session.Now.ToUnixTimeMilliseconds()}", [reader],
                _ => new OutgoingMessage(line.In(reader.Language, texts)));
        }
    }

    /// <summary>Tells somebody that their contacts have changed.</summary>
    public async Task OfContactsAsync(Session session, CheckInContact contact, string key)
    {
        var count = (await session.CheckIns.Contacts.OfAsync(contact.CheckIn)).Count(one => one.Person is not null);
        var line = new Line(key, ("count", count));
        await SendAsync(
            session, $"{key}:{contact.Id:N}", await session.Addresses.OpenOfAsync([contact.NamedBy]), to =>
                new OutgoingMessage(line.In(to.Language, texts)));
    }

    /// <summary>Removes the buttons of the round's other questions, so that nobody wonders which one counts.</summary>
    /// <param name="pressed">The message that the press itself changes.</param>
    public async Task CloseQuestionsAsync(Session session, CheckIn one, Person person, MessageRef? pressed)
    {
        var addresses = (await session.Addresses.OpenOfAsync([person.Id])).ToDictionary(address => address.Address);
        var others = await session.CheckIns.Messages.SentAsync(one, addresses.Keys);
        var edits = others.Where(sent => sent.Message != pressed).Select(sent => new NewDelivery(
            $"checkin-closed:{sent.Id.Value:N}", sent.To, addresses[sent.To].Channel, DeliveryPriority.Urgent,
            new OutgoingMessage(texts.Say(person.Language, "checkin.answered")), texts.Say(person.Language, "alert.repeat"),
            session.Now, session.Now + WorthSending)
        {
            Edits = sent.Id,
        });
        await session.Outbox.AddAsync(edits.ToList());
    }

    /// <summary>The name they gave, or else the day of the link, by which a contact remembers who gave it to them.</summary>
    public static object WhoOf(CheckIn one, Instant linkedAt, DateTimeZone zone) => one.Called is { } name
        ? name.Reveal()
        : new Line("checkin.giver", ("day", linkedAt.InZone(zone).Date));

    private static object WhoFor(CheckIn one, IReadOnlyList<CheckInContact> contacts, PersonId? reader, Instant now, DateTimeZone zone) =>
        WhoOf(one, contacts.FirstOrDefault(contact => contact.Person == reader)?.AgreedAt ?? now, zone);

    private Task<int> SendAsync(Session session, string reason, IReadOnlyCollection<Subscriber> to, Func<Subscriber, OutgoingMessage> message) =>
        session.Outbox.AddAsync(to.Select(reader => new NewDelivery(
            reason, reader.Address, reader.Channel, DeliveryPriority.Now, message(reader),
            texts.Say(reader.Language, "alert.repeat"), session.Now, session.Now + WorthSending)).ToList());
}
