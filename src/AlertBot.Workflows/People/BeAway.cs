using AlertBot.Domain.Alerts;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.People;

/// <summary>
/// Somebody on the rota is away for some days: the next one stands in, and is told when their duty begins. People say so of themselves,
/// coordinators of anybody, who is told at once, as are the other coordinators: the days may lie ahead, and then nothing else would say it.
/// </summary>
public sealed class BeAway(ChangeRota rota, Alerts alerting)
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
        await TellAsync(session, before, person, "oncall.away", ("from", from), ("through", through));
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
        if (await session.People.FindAsync(absence.Person) is { } person)
            await TellAsync(session, before, person, "oncall.back", ("from", absence.From.InZone(person.Zone).Date));
        return AwayOutcome.Done;
    }

    private async Task TellAsync(Session session, OnCallRota before, Person whom, string key, params (string Name, object Value)[] days)
    {
        var after = await session.OnCall.RotaAsync();
        var told = new HashSet<PersonId>(await rota.TellAsync(session, before, after, session.Actor.Id, knows: whom.Id));
        if (session.Actor.Person is not { } by)
            return;

        var line = new Line(
            key, [("role", whom.Role), ("sign", whom.Shown), ("byrole", by.Role), ("bysign", by.Shown), .. days]);
        if (by.Id != whom.Id && await session.Addresses.OpenOfAsync([whom.Id]) is { Count: > 0 } theirs)
        {
            var draft = new AlertDraft(
                null, AlertKind.OnCall, Severity.Urgent, $"{key}-you:{whom.Id.Value:N}:{session.Now.ToUnixTimeMilliseconds()}",
                line, new Line("oncall.if-wrong"))
            {
                Needs = Role.Advocate,
            };
            await alerting.RaiseAsync(session, draft, theirs);
            told.Add(whom.Id);
        }

        await rota.TellCoordinatorsAsync(session, by.Id, told, by.Id == whom.Id ? Severity.Notice : Severity.Urgent, line);
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
