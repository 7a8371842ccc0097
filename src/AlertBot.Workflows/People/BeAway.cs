using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using NodaTime;

namespace AlertBot.Workflows.People;

/// <summary>
/// Somebody on the rota is away for some days: the next one stands in, and is told when their duty begins. People say so of themselves,
/// coordinators of anybody.
/// </summary>
public sealed class BeAway(ChangeRota rota)
{
    public const int MostDays = 90;

    private const int MostOfOne = 12;

    /// <param name="from">The first day, by the person's own clock.</param>
    /// <param name="through">The last day.</param>
    public async Task<AwayOutcome> RunAsync(Session session, PersonId whom, LocalDate from, LocalDate through)
    {
        if (!May(session.Actor, whom))
            return AwayOutcome.NotAllowed;
        var before = await session.OnCall.TakeRotaAsync();
        if (await session.People.FindAsync(whom) is not { } person || !(await session.OnCall.EverybodyAsync()).Contains(whom))
            return AwayOutcome.NotOnRota;
        if (through < from || through < session.Now.InZone(person.Zone).Date || Period.DaysBetween(from, through) >= MostDays
            || (await session.OnCall.AbsencesAsync()).Count(one => one.Person == whom) >= MostOfOne)
            return AwayOutcome.NoSuchDays;

        await session.OnCall.RemoveAsync();
        await session.OnCall.AddAsync(new Absence(
            AbsenceId.New(), whom, person.Zone.AtStartOfDay(from).ToInstant(), person.Zone.AtStartOfDay(through.PlusDays(1)).ToInstant()));
        await session.Audit.AddAsync(session.Actor.Id, new AuditAct("oncall.away"), whom.Value);
        await rota.TellAsync(session, before, await session.OnCall.RotaAsync(), session.Actor.Id);
        return AwayOutcome.Done;
    }

    /// <summary>They are there after all.</summary>
    public async Task<AwayOutcome> EndAsync(Session session, AbsenceId id)
    {
        var before = await session.OnCall.TakeRotaAsync();
        if ((await session.OnCall.AbsencesAsync()).FirstOrDefault(one => one.Id == id) is not { } absence)
            return AwayOutcome.NoSuchDays;
        if (!May(session.Actor, absence.Person))
            return AwayOutcome.NotAllowed;

        await session.OnCall.RemoveAsync(id);
        await session.Audit.AddAsync(session.Actor.Id, new AuditAct("oncall.back"), absence.Person.Value);
        await rota.TellAsync(session, before, await session.OnCall.RotaAsync(), session.Actor.Id);
        return AwayOutcome.Done;
    }

    private static bool May(Actor actor, PersonId whom) =>
        actor.MayActAs(Role.Coordinator) || (actor.MayActAs(Role.Advocate) && actor.Id == whom);
}

public enum AwayOutcome
{
    Done,
    NotAllowed,

    /// <summary>They have no turn that somebody could take.</summary>
    NotOnRota,

    /// <summary>Over, the wrong way round, too long, or too many.</summary>
    NoSuchDays,
}
