using System.Globalization;
using AlertBot.Domain.Alerts;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.People;

/// <summary>
/// Changes the on-call rota. A person whose duty begins or ends by it, or who is put off by somebody else, is told, unless they pressed the button
/// themselves. So are coordinators, but of somebody who joins: nobody takes a colleague off call without a word.
/// </summary>
public sealed class ChangeRota(Alerts alerting)
{
    /// <param name="change">Changes the current rota.</param>
    /// <param name="by">Who changes it; null: the weekly job.</param>
    public async Task<OnCallRota> RunAsync(Session session, Func<OnCallRota, OnCallRota> change, PersonId? by)
    {
        var before = await session.OnCall.TakeRotaAsync();
        var after = change(before);
        if (before.People.SequenceEqual(after.People))
            return before;

        await session.OnCall.SaveAsync(after);
        await BackAsync(session, before, after);
        await session.Audit.AddAsync(by, new AuditAct("oncall.change"), by?.Value);
        var told = await TellAsync(session, before, after, by);
        if (by is { } actor)
            await TellCoordinatorsAsync(session, before, after, actor, told);
        return after;
    }

    /// <summary>
    /// Tells the person whose turn it now is, the one whose turn it no longer is, the neighbour of a swap, and whoever somebody else took off the
    /// rota or put off.
    /// </summary>
    /// <param name="knows">Somebody who was told by other words.</param>
    /// <returns>Those who were told.</returns>
    internal async Task<IReadOnlySet<PersonId>> TellAsync(
        Session session, OnCallRota before, OnCallRota after, PersonId? by, PersonId? knows = null)
    {
        var told = new HashSet<PersonId>();
        async Task SayAsync(PersonId? whom, string key, Severity severity = Severity.Notice)
        {
            if (whom is { } person && person != by && person != knows && told.Add(person))
                await TellAsync(session, person, key, severity);
        }

        if (before.OnDuty != after.OnDuty)
        {
            await SayAsync(before.OnDuty, after.Has(before.OnDuty ?? default) ? "oncall.over" : "oncall.left", Loud(by));
            await SayAsync(after.OnDuty, "oncall.begins");
            await session.OnCall.SetToldAsync(after.OnDuty);
        }
        else if (before.Next != after.Next && after.Next is { } next && before.Has(next))
        {
            await SayAsync(next, "oncall.is-next");
        }

        if (by is null)
            return told;
        foreach (var person in before.People)
        {
            if (!after.Has(person))
                await SayAsync(person, "oncall.left", Severity.Urgent);
            else if (IsLater(person, before, after))
                await SayAsync(person, "oncall.put-off");
        }

        return told;
    }

    /// <summary>Tells coordinators what somebody did to the rota, but whoever did it and whoever was told by other words.</summary>
    internal async Task TellCoordinatorsAsync(
        Session session, PersonId by, IReadOnlySet<PersonId> told, Severity severity, params IReadOnlyList<Line> lines)
    {
        var others = (await Recipients.CoordinatorsAsync(session)).Where(one => one.Person is { } who && who != by && !told.Contains(who)).ToList();
        if (others.Count == 0)
            return;
        var draft = new AlertDraft(
            null, AlertKind.OnCall, severity, string.Create(
                CultureInfo.InvariantCulture, $"{lines[0].Key}:{by.Value:N}:{session.Now.ToUnixTimeMilliseconds()}"), lines)
        {
            Needs = Role.Coordinator,
        };
        await alerting.RaiseAsync(session, draft, others);
    }

    /// <summary>Duty may change with nobody pressing anything: an absence begins or ends, or somebody is suspended.</summary>
    internal async Task TellOfTimeAsync(Session session, OnCallRota rota)
    {
        if (await session.OnCall.ToldAsync() is var told && told == rota.OnDuty)
            return;
        if (told is { } before)
            await TellAsync(session, before, "oncall.over");
        // Before anybody was ever told, whoever is first knows it from joining.
        if (told is not null && rota.OnDuty is { } now)
            await TellAsync(session, now, "oncall.begins");
        await session.OnCall.SetToldAsync(rota.OnDuty);
    }

    // Whoever joins is not away.
    private static async Task BackAsync(Session session, OnCallRota before, OnCallRota after)
    {
        var back = after.People.Where(person => !before.Has(person)).ToHashSet();
        if (back.Count > 0)
            await session.OnCall.RemoveAsync([.. (await session.OnCall.AbsencesAsync())
                .Where(one => back.Contains(one.Person) && one.Has(session.Now)).Select(one => one.Id)]);
    }

    private async Task TellCoordinatorsAsync(Session session, OnCallRota before, OnCallRota after, PersonId by, IReadOnlySet<PersonId> told)
    {
        var left = before.People.Where(person => !after.Has(person)).ToList();
        var isDutyTaken = before.OnDuty is { } had && had != after.OnDuty;
        if (await session.People.FindAsync(by) is not { } actor
            || (left.Count == 0 && !isDutyTaken && !before.People.Any(person => after.Has(person) && IsLater(person, before, after))))
            return;

        var shown = await session.People.ShownAsync(left.Concat(after.People.Take(1)));
        string NameOf(PersonId person) => shown.GetValueOrDefault(person) ?? PersonSign.Of(person);
        // Of what people do to their own turn they may read in the morning.
        var isOwn = left.All(person => person == by) && (!isDutyTaken || before.OnDuty == by);
        await TellCoordinatorsAsync(session, by, told, isOwn ? Severity.Notice : Severity.Urgent, [
            new Line(
                "oncall.changed", ("role", actor.Role), ("sign", actor.Shown), ("duty", after.OnDuty is { } duty ? NameOf(duty) : "–")),
            .. left.Count == 0 ? Array.Empty<Line>() : [new Line("oncall.off", ("signs", string.Join(", ", left.Select(NameOf))))],
        ]);
    }

    private static bool IsLater(PersonId person, OnCallRota before, OnCallRota after) =>
        after.People.ToList().IndexOf(person) > before.People.ToList().IndexOf(person);

    // What somebody else does to them people must hear; what comes with the week waits for the morning.
    private static Severity Loud(PersonId? by) => by is null ? Severity.Notice : Severity.Urgent;

    private async Task TellAsync(Session session, PersonId person, string key, Severity severity = Severity.Notice)
    {
        if (await session.Addresses.OpenOfAsync([person]) is not { Count: > 0 } addresses)
            return;
        var draft = new AlertDraft(
            null, AlertKind.OnCall, severity, string.Create(
                CultureInfo.InvariantCulture, $"{key}:{person.Value:N}:{session.Now.ToUnixTimeMilliseconds()}"),
            new Line(key))
        {
            Needs = Role.Advocate,
        };
        await alerting.RaiseAsync(session, draft, addresses);
    }
}
