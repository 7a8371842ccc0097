using AlertBot.Domain.Channels;
using AlertBot.Domain.CheckIns;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Workflows.People;
using NodaTime;

namespace AlertBot.Workflows.CheckIns;

/// <summary>
/// A person's own acts on their check-in: begin, answer, change, pause, end. Nobody else can do them. Somebody who only holds the phone cannot do
/// them unnoticed: a change that watches the person less closely is told to the contacts and waits for one more answer.
/// </summary>
public sealed class KeepCheckIn(EndSilence end, ChooseRhythm chooseRhythm, CheckInMessages messages)
{
    /// <summary>A longer pause leaves the person alone, so the contacts are told and it waits.</summary>
    public static readonly Duration LongestQuietPause = Duration.FromHours(24);

    /// <summary>Begins a check-in, or changes the existing one and keeps its contacts.</summary>
    /// <param name="zone">Null: the person's present zone.</param>
    public async Task<CheckIn> SaveAsync(
        Session session, Person person, CheckInSchedule schedule, Duration grace, PersonName? called, DateTimeZone? zone)
    {
        if (zone is not null)
            person = await chooseRhythm.ZoneAsync(session, person, zone);

        var before = await session.CheckIns.OfAsync(person.Id);
        if (before is not null && CheckInWish.IsStretch(before, schedule, grace, session.Now, person.Zone))
        {
            var renamed = before with { Called = called };
            await session.CheckIns.SaveAsync(renamed);
            return await WishAsync(session, renamed, new CheckInWish.Stretch(schedule, grace));
        }

        var one = (before ?? new CheckIn(CheckInId.New(), person.Id)) with { Schedule = schedule, Grace = grace, Called = called, Wish = null };
        // An open question stays open, since only an answer ends it.
        if (!one.IsOpen)
            one = one.Rested(session.Now, person.Zone);
        if (before is not null)
            await session.CheckIns.SaveAsync(one);
        else
            await session.CheckIns.AddAsync(one);
        return one;
    }

    /// <summary>The person is well: whatever is open ends, and the next question is planned.</summary>
    /// <param name="pressed">The message that the press itself changes.</param>
    /// <returns>Null if there is no check-in.</returns>
    public async Task<CheckIn?> WellAsync(Session session, Person person, MessageRef? pressed)
    {
        // While the person is suspended, the phone may be in other hands, and an answer from it proves nothing.
        if (person.IsFrozen || await session.CheckIns.OfAsync(person.Id) is not { } one)
            return null;

        await end.RunAsync(session, one, person, isWell: true, pressed);
        if (one.IsWishDue)
            return await GrantAsync(session, one, person);
        // A pause goes on: it never doubted that they are well.
        if (one.IsPaused)
            return one;
        var rested = one.Rested(session.Now, person.Zone);
        await session.CheckIns.SaveAsync(rested);
        return rested;
    }

    /// <summary>
    /// The person wants a change that watches them less closely. The contacts are told now, and it takes effect after one more answer.
    /// </summary>
    public async Task<CheckIn> WishAsync(Session session, CheckIn one, CheckInWish wish)
    {
        var wished = one with { Wish = wish, WishRound = one.Round };
        await session.CheckIns.SaveAsync(wished);
        await session.Audit.AddAsync(one.Person, new AuditAct("checkin.wish"), one.Id.Value, wish.ToString().Split(' ')[0]);
        var kind = wish.ToString().Split(' ')[0];
        await messages.AllContactsAsync(session, one, $"checkin.wish-{kind}-to-contact", $"wish-{kind}-{one.Round}");
        return wished;
    }

    /// <summary>On the phone it looks as if the person had said that they are well, but nobody else is told so.</summary>
    /// <returns>Null if there is no check-in any more.</returns>
    public async Task<CheckIn?> LooksWellAsync(Session session, CheckIn one, Person person)
    {
        await session.CheckIns.Messages.SupersedeAsync(one);
        await messages.CloseQuestionsAsync(session, one, person, pressed: null);
        if (one.Wish is CheckInWish.End)
        {
            await session.CheckIns.DeleteAsync(one.Id);
            return null;
        }

        if (one.Wish is not null)
            return await GrantAsync(session, one, person);
        var rested = one.Rested(session.Now, person.Zone);
        await session.CheckIns.SaveAsync(rested);
        return rested;
    }

    /// <summary>Carries out the change that the person asked for.</summary>
    /// <returns>Null if there is no check-in any more.</returns>
    public async Task<CheckIn?> GrantAsync(Session session, CheckIn one, Person person)
    {
        var after = one with { Wish = null };
        switch (one.Wish)
        {
            case CheckInWish.End:
                await messages.AllContactsAsync(session, one, "checkin.ended-to-contact", "granted");
                await session.CheckIns.DeleteAsync(one.Id);
                return null;
            case CheckInWish.Pause pause:
                after = after.PausedUntil(session.Now + Duration.FromHours(pause.Hours), person.Zone);
                break;
            case CheckInWish.Drop drop:
                if ((await session.CheckIns.Contacts.OfAsync(one.Id)).FirstOrDefault(contact => contact.Id == drop.Contact) is { } dropped)
                    await session.CheckIns.Contacts.DeleteAsync(dropped);
                after = after.Rested(session.Now, person.Zone);
                break;
            case CheckInWish.Stretch stretch:
                after = (after with { Schedule = stretch.Schedule, Grace = stretch.Grace }).Rested(session.Now, person.Zone);
                break;
        }

        await session.CheckIns.SaveAsync(after);
        return after;
    }

    /// <summary>Asks nothing until then, and ends what is open.</summary>
    /// <param name="until">Null ends the pause now.</param>
    public async Task<CheckIn?> PauseAsync(Session session, Person person, Instant? until, MessageRef? pressed)
    {
        if (person.IsFrozen || await session.CheckIns.OfAsync(person.Id) is not { } one)
            return null;
        if (until > session.Now + LongestQuietPause)
            return await WishAsync(session, one, new CheckInWish.Pause((int)(until.Value - session.Now).TotalHours));

        await end.RunAsync(session, one, person, isWell: true, pressed);
        var next = until is { } then ? one.PausedUntil(then, person.Zone) : one.Rested(session.Now, person.Zone);
        await session.CheckIns.SaveAsync(next);
        return next;
    }

    /// <summary>
    /// Deletes the check-in at once, as /stop and /forget do. All contacts are told that it ended, but not that all is well, because the phone may
    /// be in other hands.
    /// </summary>
    /// <returns>False if there was none.</returns>
    public async Task<bool> StopAsync(Session session, Person person, MessageRef? pressed)
    {
        if (await session.CheckIns.OfAsync(person.Id) is not { } one)
            return false;

        await end.RunAsync(session, one, person, isWell: false, pressed);
        if (one.Step is not (CheckInStep.ContactsTold or CheckInStep.Alarmed))
            await messages.AllContactsAsync(session, one, "checkin.ended-to-contact", "stopped");
        await session.CheckIns.DeleteAsync(one.Id);
        return true;
    }
}
