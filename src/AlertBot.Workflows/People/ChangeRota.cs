using AlertBot.Domain.Alerts;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.People;

/// <summary>Changes the on-call rota. A person whose duty begins or ends by it is told, unless they pressed the button themselves.</summary>
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
        await TellAsync(session, before, after, by);
        return after;
    }

    /// <summary>Tells the person whose turn it now is, the one whose turn it no longer is, and the neighbour of a swap.</summary>
    internal async Task TellAsync(Session session, OnCallRota before, OnCallRota after, PersonId? by)
    {
        if (before.OnDuty != after.OnDuty)
        {
            await TellAsync(session, before.OnDuty, by, after.Has(before.OnDuty ?? default) ? "oncall.over" : "oncall.left");
            await TellAsync(session, after.OnDuty, by, "oncall.begins");
            await session.OnCall.SetToldAsync(after.OnDuty);
        }
        else if (before.Next != after.Next && after.Next is { } next && before.Has(next))
        {
            await TellAsync(session, next, by, "oncall.is-next");
        }
    }

    /// <summary>Duty may change with nobody pressing anything: an absence begins or ends, or somebody is suspended.</summary>
    internal async Task TellOfTimeAsync(Session session, OnCallRota rota)
    {
        if (await session.OnCall.ToldAsync() is var told && told == rota.OnDuty)
            return;
        if (told is { } before && rota.Has(before))
            await TellAsync(session, before, null, "oncall.over");
        // Before anybody was ever told, whoever is first knows it from joining.
        if (told is not null)
            await TellAsync(session, rota.OnDuty, null, "oncall.begins");
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

    private async Task TellAsync(Session session, PersonId? whom, PersonId? by, string key)
    {
        if (whom is not { } person || person == by || await session.Addresses.OpenOfAsync([person]) is not { Count: > 0 } addresses)
            return;
        var draft = new AlertDraft(
            null, AlertKind.OnCall, Severity.Notice, string.Create(
                System.Globalization.CultureInfo.InvariantCulture, $"{key}:{person.Value:N}:{session.Now.ToUnixTimeMilliseconds()}"),
            new Line(key));
        await alerting.RaiseAsync(session, draft, addresses);
    }
}
