using AlertBot.Domain.Channels;
using AlertBot.Domain.CheckIns;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Workflows.People;
using NodaTime;

namespace AlertBot.Workflows.CheckIns;

/// <summary>What a person at risk does with their own check-in: begin, answer, change, pause, end. Nobody does it for them.</summary>
public sealed class KeepCheckIn(EndSilence end, ChooseRhythm chooseRhythm)
{
    /// <summary>Begins one, or changes the one there is; its contacts stay.</summary>
    /// <param name="zone">Null: the one they live by already.</param>
    public async Task<CheckIn> SaveAsync(
        Session session, Person person, CheckInSchedule schedule, Duration grace, PersonName? called, DateTimeZone? zone)
    {
        if (zone is not null)
            person = await chooseRhythm.ZoneAsync(session, person, zone);

        var before = await session.CheckIns.OfAsync(person.Id);
        var one = (before ?? new CheckIn(CheckInId.New(), person.Id)) with { Schedule = schedule, Grace = grace, Called = called };
        // A question that is open stays open: only the answer ends it.
        if (!one.IsOpen)
            one = one.Rested(session.Now, person.Zone);
        if (before is not null)
            await session.CheckIns.SaveAsync(one);
        else
            await session.CheckIns.AddAsync(one);
        return one;
    }

    /// <summary>They are well: whatever is open is over, and the next question is planned.</summary>
    /// <param name="pressed">The message that is changed by the press itself.</param>
    /// <returns>Null when there is no check-in.</returns>
    public async Task<CheckIn?> WellAsync(Session session, Person person, MessageRef? pressed)
    {
        if (await session.CheckIns.OfAsync(person.Id) is not { } one)
            return null;

        await end.RunAsync(session, one, person, isWell: true, pressed);
        // A pause goes on: that they are well now was never in question.
        if (one.IsPaused)
            return one;
        var rested = one.Rested(session.Now, person.Zone);
        await session.CheckIns.SaveAsync(rested);
        return rested;
    }

    /// <summary>Nothing is asked until then; whatever is open is over.</summary>
    /// <param name="until">Null: the pause ends now.</param>
    public async Task<CheckIn?> PauseAsync(Session session, Person person, Instant? until, MessageRef? pressed)
    {
        if (await session.CheckIns.OfAsync(person.Id) is not { } one)
            return null;

        await end.RunAsync(session, one, person, isWell: true, pressed);
        var next = until is { } then ? one.PausedUntil(then, person.Zone) : one.Rested(session.Now, person.Zone);
        await session.CheckIns.SaveAsync(next);
        return next;
    }

    /// <summary>Everything of it is deleted. Those who were told of a silence hear that it ended, and not that all is well.</summary>
    /// <returns>False when there was none.</returns>
    public async Task<bool> StopAsync(Session session, Person person, MessageRef? pressed)
    {
        if (await session.CheckIns.OfAsync(person.Id) is not { } one)
            return false;

        await end.RunAsync(session, one, person, isWell: false, pressed);
        await session.CheckIns.DeleteAsync(one.Id);
        return true;
    }
}
