using AlertBot.Domain.CheckIns;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.People;
using NodaTime;

namespace AlertBot.Workflows.CheckIns;

/// <summary>
/// Those who are told when a person at risk does not answer. The person passes a link on by themselves, and whoever opens it must agree:
/// nobody becomes a contact unasked, and neither side learns the other's account from us.
/// </summary>
public sealed class CheckInContacts(CheckInMessages messages, CheckInPolicy policy)
{
    /// <summary>After so many wrong links from one address it is not even looked any more.</summary>
    public const int MostWrongContactLinks = 5;

    private const char Mark = 'c';
    private const string Kind = "check-in";
    private static readonly Duration Memory = Duration.FromHours(1);

    /// <summary>Whether what follows <c>/start</c> has the form of such a link.</summary>
    public static bool IsLink(string typed) => CodeIn(typed) is not null;

    /// <returns>What follows <c>/start</c>, shown once; null when there are as many as there can be, or no check-in.</returns>
    public async Task<string?> OfferAsync(Session session, Person person)
    {
        if (await session.CheckIns.OfAsync(person.Id) is not { } one
            || (await session.CheckIns.Contacts.OfAsync(one.Id)).Count >= policy.MostContacts)
            return null;

        var code = InviteCode.New();
        await session.CheckIns.Contacts.AddAsync(one.Id, code, session.Now + policy.LinkLives);
        return Mark + code;
    }

    /// <summary>Finds the contact link that somebody followed. Whoever guesses gets the same answer as to no link.</summary>
    public async Task<CheckInContact?> FindAsync(Session session, string typed, Address here)
    {
        if (await session.WrongCodes.CountAsync(here.Id, Kind, session.Now - Memory) >= MostWrongContactLinks)
            return null;
        if (CodeIn(typed) is { } code && await session.CheckIns.Contacts.TakeAsync(code) is { } contact)
            return contact;

        await session.WrongCodes.AddAsync(here.Id, Kind);
        return null;
    }

    /// <summary>They agree to be told.</summary>
    /// <returns>The contact they are now; null when the link is good for nothing any more, or their own.</returns>
    public async Task<CheckInContact?> AgreeAsync(Session session, string typed, Person person, Address here)
    {
        if (await FindAsync(session, typed, here) is not { } contact || contact.NamedBy == person.Id)
            return null;
        if (!await session.CheckIns.Contacts.AgreeAsync(contact, person.Id))
            return (await session.CheckIns.Contacts.NamingAsync(person.Id)).FirstOrDefault(one => one.CheckIn == contact.CheckIn);

        await messages.OfContactsAsync(session, contact, "checkin.contact-came");
        return contact with { Person = person.Id, AgreedAt = session.Now };
    }

    /// <summary>They no longer want to be told. Whoever named them hears of it.</summary>
    /// <param name="only">Null: of nobody.</param>
    /// <returns>False when they were no contact.</returns>
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
