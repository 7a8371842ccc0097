using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Domain.Time;
using AlertBot.Postgres;
using NodaTime;

namespace AlertBot.Workflows.People;

/// <summary>A person's own time: the zone they live by, their quiet hours, how often they want a summary.</summary>
public static class ChooseRhythm
{
    /// <param name="quiet">Null: never quiet.</param>
    /// <returns>False when the person may not: whoever gets no alerts needs no hours without them.</returns>
    public static async Task<bool> QuietAsync(Session session, Person person, QuietHours? quiet)
    {
        if (!person.MayActAs(Role.Advocate))
            return false;

        await session.Rhythms.SaveAsync(await session.Rhythms.OfAsync(person.Id) with { Quiet = quiet });
        return true;
    }

    /// <summary>What goes by the person's clock goes by the new one from now on.</summary>
    /// <returns>The person as they are now.</returns>
    public static async Task<Person> ZoneAsync(Session session, Person person, DateTimeZone zone, Instant now)
    {
        var moved = person with { Zone = zone };
        await session.People.UpdateAsync(moved);
        if (await session.Rhythms.OfAsync(person.Id) is { Digest: { } interval } rhythm)
            await session.Rhythms.SaveAsync(rhythm with { DigestAt = DigestTime.NextAfter(now, interval, zone) });
        return moved;
    }

    /// <param name="interval">Null: no summary, but each thing by itself.</param>
    /// <returns>What waited for a summary that will not come; null when the person may not.</returns>
    public static async Task<IReadOnlyList<RichText>?> DigestAsync(Session session, Person person, DigestInterval? interval, Instant now)
    {
        if (!person.MayActAs(Role.Advocate))
            return null;

        var before = await session.Rhythms.OfAsync(person.Id);
        await session.Rhythms.SaveAsync(before with
        {
            Digest = interval,
            DigestSince = interval is null ? null : before.DigestSince ?? now,
            DigestAt = interval is { } wanted ? DigestTime.NextAfter(now, wanted, person.Zone) : null,
        });
        return interval is null ? await session.Rhythms.TakeKeptAsync(person.Id) : [];
    }
}
