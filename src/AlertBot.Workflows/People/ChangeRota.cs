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
        await session.Audit.AddAsync(by, new AuditAct("oncall.change"), by?.Value);
        // Tells the person whose turn it now is, the one whose turn it no longer is, and the neighbour of a swap.
        if (before.OnDuty != after.OnDuty)
        {
            await TellAsync(session, before.OnDuty, by, after.Has(before.OnDuty ?? default) ? "oncall.over" : "oncall.left");
            await TellAsync(session, after.OnDuty, by, "oncall.begins");
        }
        else if (before.Next != after.Next && after.Next is { } next && before.Has(next))
        {
            await TellAsync(session, next, by, "oncall.is-next");
        }

        return after;
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
