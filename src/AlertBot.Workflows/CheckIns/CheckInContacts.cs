using AlertBot.Domain.CheckIns;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.People;
using NodaTime;

namespace AlertBot.Workflows.CheckIns;

/// <summary>
/// The contacts who are told when a person at risk does not answer. The person passes on a link, and a contact must agree: nobody becomes one
/// unasked, and neither side learns the other's account from us.
/// </summary>
public sealed class CheckInContacts(CheckInMessages messages, CheckInPolicy policy)
{
    /// <summary>After this many wrong links from one address no more are looked up.</summary>
    public const int MostWrongContactLinks = 5;

    private const char Mark = 'c';
    private const string Kind = "check-in";
    private static readonly Duration Memory = Duration.FromHours(1);

    /// <summary>Whether the text after <c>/start</c> has the form of such a link.</summary>
    public static bool IsLink(string typed) => CodeIn(typed) is not null;

    /// <returns>The text after <c>/start</c>, shown once; null if the limit of contacts is reached, or without a check-in.</returns>
    public async Task<string?> OfferAsync(Session session, Person person)
    {
        if (await session.CheckIns.OfAsync(person.Id) is not { } one
            || (await session.CheckIns.Contacts.OfAsync(one.Id)).Count >= policy.MostContacts)
            return null;

        var code = InviteCode.New();
        await session.CheckIns.Contacts.AddAsync(one.Id, code, session.Now + policy.LinkLives);
        return Mark + code;
    }

    /// <summary>Finds the contact link that somebody followed. After too many wrong links the answer is always that there is none.</summary>
    public async Task<CheckInContact?> FindAsync(Session session, string typed, Address here)
    {
        if (await session.WrongCodes.CountAsync(here.Id, Kind, session.Now - Memory) >= MostWrongContactLinks)
            return null;
        if (CodeIn(typed) is { } code && await session.CheckIns.Contacts.TakeAsync(code) is { } contact)
            return contact;

        await session.WrongCodes.AddAsync(here.Id, Kind);
        return null;
    }

    /// <summary>Somebody agrees to be a contact.</summary>
    /// <returns>The new contact; null if the link no longer works, or is the person's own.</returns>
    public async Task<CheckInContact?> AgreeAsync(Session session, string typed, Person person, Address here)
    {
        if (await FindAsync(session, typed, here) is not { } contact || contact.NamedBy == person.Id)
            return null;
        if (!await session.CheckIns.Contacts.AgreeAsync(contact, person.Id))
            return (await session.CheckIns.Contacts.NamingAsync(person.Id)).FirstOrDefault(one => one.CheckIn == contact.CheckIn);

        await messages.OfContactsAsync(session, contact, "checkin.contact-came");
        return contact with { Person = person.Id, AgreedAt = session.Now };
    }

    /// <summary>A contact no longer wants to be told, and the person who named them learns of it.</summary>
    /// <param name="only">The contact to end; null: all of theirs.</param>
    /// <returns>False if they were no contact.</returns>
    public async Task<bool> LeaveAsync(Session session, Person person, Guid? only)
    {
        var left = (await session.CheckIns.Contacts.NamingAsync(person.Id)).Where(contact => only is null || contact.Id == only).ToList();
        foreach (var contact in left)
        {
            await session.CheckIns.Contacts.DeleteAsync(contact);
            await messages.OfContactsAsync(session, contact, "checkin.contact-went");
        }

        return left.Count > 0;
    }

    private static string? CodeIn(string typed) => typed.Length > 1 && char.ToLowerInvariant(typed[0]) == Mark ? InviteCode.Read(typed[1..]) : null;
}
