using AlertBot.Domain.Alerts;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.Monitoring;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Monitoring;

/// <summary>
/// Another program's monitoring tells of what it watches. Whoever is on call is paged of what is new or worse, once, and reads when it is over.
/// </summary>
public sealed class PageOnCall(Alerts alerting, AlertCards cards, IncidentPolicy policy)
{
    private static readonly Duration KeptFor = Duration.FromDays(90);

    /// <param name="group">The monitoring's own name for these alerts.</param>
    /// <param name="more">Alerts that it left out.</param>
    /// <returns>How many were told, and how many are over; null when the actor may not.</returns>
    public async Task<(int Paged, int Over)?> RunAsync(Session session, string group, IReadOnlyCollection<MonitoredAlert> alerts, int more = 0)
    {
        if (!session.Actor.MayActAs(Role.Coordinator) || session.Actor.Id is not { } whose)
            return null;

        var source = await session.Pages.TakeAsync(whose, group);
        var (news, over) = (new List<MonitoredAlert>(), new List<(PageId Page, string Name)>());
        foreach (var alert in alerts.GroupBy(alert => alert.Fingerprint, StringComparer.Ordinal).Select(same => same.MaxBy(one => one.BeganAt)!))
        {
            var before = await session.Pages.FindAsync(source, alert.Fingerprint);
            if (ToldBefore.IsNews(alert, before))
            {
                news.Add(alert);
            }
            else if (alert.IsOver && before is { IsOver: false })
            {
                await session.Pages.EndAlertAsync(source, alert.Fingerprint);
                over.Add((before.Page, alert.Name));
            }
        }

        foreach (var page in await session.Pages.EndAsync(source))
            await cards.ReplaceAsync(session, PageWords.KeysOf(page.Id), new Line("monitoring.over", ("names", page.Names)));
        foreach (var ended in over.GroupBy(one => one.Page, one => one.Name))
            await TellOverAsync(session, ended.Key, string.Join(", ", ended.Distinct(StringComparer.Ordinal)));
        if (news.Count > 0)
            await PageAsync(session, source, news, more);
        await session.Pages.ForgetAsync(session.Now - KeptFor);
        if (news.Count + over.Count > 0)
            await session.Audit.AddAsync(
                session.Actor.Id, new AuditAct("monitoring.page"), session.Actor.Token?.Value, $"{news.Count}:{over.Count}");
        return (news.Count, over.Count);
    }

    private async Task PageAsync(Session session, PageSource source, List<MonitoredAlert> news, int more)
    {
        var page = new Page(
            PageId.New(), news.Max(alert => alert.Severity),
            news.OrderByDescending(alert => alert.Severity).Select(alert => new PagedAlert(alert.Name, alert.Text)).ToList(), session.Now, Step: 0);
        await session.Pages.AddAsync(
            source, page, news, page.Severity >= Severity.Urgent ? session.Now + policy.NextStepAfter : null);
        var draft = PageWords.DraftOf(page, new Line("monitoring.firing", ("severity", page.Severity)), more);
        await alerting.RaiseAsync(session, draft, await OnDutyAsync(session));
    }

    // Their cards change as well, but an edit makes no sound.
    private async Task TellOverAsync(Session session, PageId page, string names)
    {
        var told = new List<Subscriber>();
        foreach (var to in (await session.Outbox.ToldAsync(PageWords.KeysOf(page))).Select(one => one.To).Distinct())
        {
            if (await session.Addresses.FindAsync(to) is { Person: { } person })
                told.AddRange((await session.Addresses.OpenOfAsync([person])).Where(one => one.Address == to));
        }

        if (told.Count == 0)
            return;
        var draft = new AlertDraft(
            null, AlertKind.Monitoring, Severity.Notice, $"page-over:{page.Value:N}:{session.Now.ToUnixTimeTicks()}",
            new Line("monitoring.over", ("names", names)))
        {
            Needs = Role.Advocate,
        };
        await alerting.RaiseAsync(session, draft, told);
    }

    private static async Task<IReadOnlyCollection<Subscriber>> OnDutyAsync(Session session) =>
        (await session.OnCall.RotaAsync()).OnDuty is { } person && await session.Addresses.OpenOfAsync([person]) is { Count: > 0 } open
            ? open
            : await Recipients.CoordinatorsAsync(session);
}
