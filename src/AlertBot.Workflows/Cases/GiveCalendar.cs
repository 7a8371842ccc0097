using System.Buffers.Text;
using System.Security.Cryptography;
using AlertBot.Domain.People;
using AlertBot.Postgres;

namespace AlertBot.Workflows.Cases;

/// <summary>Gives a person the address of their calendar. Whoever has it can read it, so a new one ends the one before.</summary>
/// <param name="web">Without an address there is nothing to give.</param>
public sealed class GiveCalendar(CalendarPlace web)
{
    private const int SecretSize = 32;

    /// <returns>The address, which is shown once and kept nowhere; null when the actor may not, or there is no address to give.</returns>
    public async Task<Uri?> RunAsync(Session session)
    {
        if (web.Url is not { } url || session.Actor.Person is not { } person || !person.MayActAs(Role.Advocate))
            return null;

        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretSize));
        await session.CalendarFeeds.SetAsync(person.Id, secret);
        await session.Audit.AddAsync(person.Id, new AuditAct("calendar.give"), person.Id.Value);
        return new Uri($"{url.AbsoluteUri.TrimEnd('/')}/calendar/{secret}.ics");
    }

    /// <returns>False when there was none.</returns>
    public async Task<bool> EndAsync(Session session, Person person)
    {
        if (!await session.CalendarFeeds.RemoveAsync(person.Id))
            return false;

        await session.Audit.AddAsync(person.Id, new AuditAct("calendar.end"), person.Id.Value);
        return true;
    }
}

/// <summary>Where calendars are served.</summary>
/// <param name="Url">As people outside see it; null: only the operator knows.</param>
public sealed record CalendarPlace(Uri? Url)
{
    public bool IsLocal => Url?.IsLoopback == true;
}
