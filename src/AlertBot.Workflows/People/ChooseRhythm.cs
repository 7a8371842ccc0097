using AlertBot.Domain.Channels;
using AlertBot.Domain.CheckIns;
using AlertBot.Domain.People;
using AlertBot.Domain.Time;
using AlertBot.Postgres;
using NodaTime;

namespace AlertBot.Workflows.People;

/// <summary>Sets a person's time zone, quiet hours and digest.</summary>
public sealed class ChooseRhythm
{
    /// <summary>Sets the quiet hours. They also apply to messages already held back, which come at once if the hours are over.</summary>
    /// <param name="quiet">Null: never quiet.</param>
    /// <returns>False if the person may not: without a role there are no alerts to hold back.</returns>
    public async Task<bool> QuietAsync(Session session, Person person, QuietHours? quiet)
    {
        if (!person.MayActAs(Role.Advocate))
            return false;

        await session.Rhythms.SaveAsync(await session.Rhythms.OfAsync(person.Id) with { Quiet = quiet });
        await session.Outbox.HoldUntilAsync(person.Id, quiet?.OpenFrom(session.Now, person.Zone) ?? session.Now);
        return true;
    }

    /// <summary>Sets the person's time zone, which from now on decides everything that goes by their clock.</summary>
    /// <returns>The person with the new zone.</returns>
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

    /// <param name="interval">Null: no digest, but each message by itself.</param>
    /// <returns>What waited for a digest that will not come; null if the person may not.</returns>
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
