using AlertBot.Domain.Channels;
using AlertBot.Domain.CheckIns;
using AlertBot.Domain.People;
using AlertBot.Domain.Time;
using AlertBot.Postgres;
using NodaTime;

namespace AlertBot.Workflows.People;

/// <summary>A person's own time: the zone they live by, their quiet hours, how often they want a summary.</summary>
public sealed class ChooseRhythm
{
    /// <summary>What is held back already goes by the new hours too: where they are over, it comes at once.</summary>
    /// <param name="quiet">Null: never quiet.</param>
    /// <returns>False when the person may not: whoever gets no alerts needs no hours without them.</returns>
    public async Task<bool> QuietAsync(Session session, Person person, QuietHours? quiet)
    {
        if (!person.MayActAs(Role.Advocate))
            return false;

        await session.Rhythms.SaveAsync(await session.Rhythms.OfAsync(person.Id) with { Quiet = quiet });
        await session.Outbox.HoldUntilAsync(person.Id, quiet?.OpenFrom(session.Now, person.Zone) ?? session.Now);
        return true;
    }

    /// <summary>What goes by the person's clock goes by the new one from now on.</summary>
    /// <returns>The person as they are now.</returns>
    public async Task<Person> ZoneAsync(Session session, Person person, DateTimeZone zone)
    {
        var moved = person with { Zone = zone };
        await session.People.UpdateAsync(moved);
        var rhythm = await session.Rhythms.OfAsync(person.Id);
        if (rhythm.Digest is { } interval)
            await session.Rhythms.SaveAsync(rhythm with { DigestAt = DigestTime.NextAfter(session.Now, interval, zone) });
        await session.Outbox.HoldUntilAsync(person.Id, rhythm.Quiet?.OpenFrom(session.Now, zone) ?? session.Now);
        if (await session.CheckIns.OfAsync(person.Id) is { Schedule: CheckInSchedule.Daily, IsOpen: false, IsPaused: false } checkIn)
            await session.CheckIns.SaveAsync(checkIn.Rested(session.Now, zone));
        return moved;
    }

    /// <param name="interval">Null: no summary, but each thing by itself.</param>
    /// <returns>What waited for a summary that will not come; null when the person may not.</returns>
    public async Task<IReadOnlyList<RichText>?> DigestAsync(Session session, Person person, DigestInterval? interval)
    {
        if (!person.MayActAs(Role.Advocate))
            return null;

        var before = await session.Rhythms.OfAsync(person.Id);
        await session.Rhythms.SaveAsync(before with
        {
            Digest = interval,
            DigestSince = interval is null ? null : before.DigestSince ?? session.Now,
            DigestAt = interval is { } wanted ? DigestTime.NextAfter(session.Now, wanted, person.Zone) : null,
        });
        return interval is null ? await session.Rhythms.TakeKeptAsync(person.Id) : [];
    }
}
