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
/// Another program's monitoring tells of what it watches. Whoever is on call is paged of what is new or worse, once, and reads when it is over. More
/// pages of one maker than people can read are told together, so that a broken monitoring, or a token in other hands, hides no report.
/// </summary>
public sealed class PageOnCall(Alerts alerting, AlertCards cards, IncidentPolicy policy)
{
    /// <summary>So many pages of one maker come one by one, within <see cref="CrowdedFor"/>.</summary>
    public const int MostPages = 10;

    /// <summary>So many alerts of one call are read, the gravest first; further ones are counted.</summary>
    public const int MostAlerts = 500;

    private const int MostNamed = 30;

    public static readonly Duration CrowdedFor = Duration.FromMinutes(10);

    private static readonly Duration KeptFor = Duration.FromDays(90);

    /// <param name="group">The monitoring's own name for these alerts.</param>
    /// <param name="more">Alerts that it left out.</param>
    /// <returns>Null when the actor may not.</returns>
    public async Task<PagedAlerts?> RunAsync(Session session, string group, IReadOnlyCollection<MonitoredAlert> alerts, int more = 0)
    {
        if (!session.Actor.MayActAs(Role.Coordinator) || session.Actor.Id is not { } whose)
            return null;

        // What is over counts apart: unread it would be told for ever.
        var read = alerts.Where(alert => !alert.IsOver).OrderByDescending(alert => alert.Severity).Take(MostAlerts)
            .Concat(alerts.Where(alert => alert.IsOver).Take(MostAlerts)).ToList();
        var unread = alerts.Count - read.Count;
        more += alerts.Count(alert => !alert.IsOver) - read.Count(alert => !alert.IsOver);

        var source = await session.Pages.TakeAsync(whose, group);
        var (news, over) = (new List<MonitoredAlert>(), new List<(PageId Page, string Name)>());
        foreach (var alert in read.GroupBy(alert => alert.Fingerprint, StringComparer.Ordinal).Select(same => same.MaxBy(one => one.BeganAt)!))
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
        {
            // Of what was told together the card alone says so: what comes and goes by the hundred would be told by the hundred.
            if (await session.Pages.FindAsync(ended.Key) is not { IsHeld: true })
                await TellOverAsync(session, ended.Key, string.Join(", ", ended.Distinct(StringComparer.Ordinal)));
        }

        var isHeld = news.Count > 0 && await PageAsync(session, source, news, more);
        await session.Pages.ForgetAsync(session.Now - KeptFor);
        if (news.Count + over.Count > 0)
            await session.Audit.AddAsync(
                session.Actor.Id, new AuditAct("monitoring.page"), session.Actor.Token?.Value, $"{news.Count}:{over.Count}");
        return new PagedAlerts(isHeld ? 0 : news.Count, isHeld ? news.Count : 0, over.Count, unread);
    }

    /// <returns>True if it is told together with others.</returns>
    private async Task<bool> PageAsync(Session session, PageSource source, List<MonitoredAlert> news, int more)
    {
        var page = new Page(
            PageId.New(), news.Max(alert => alert.Severity),
            news.OrderByDescending(alert => alert.Severity).Select(alert => new PagedAlert(alert.Name, alert.Text)).ToList(), session.Now, Step: 0)
        {
            More = more,
        };
        await session.ApiTokens.CountAloneAsync(source.Maker);
        if (await session.Pages.CrowdAsync(source, page.Severity >= Severity.Urgent, session.Now - CrowdedFor) >= MostPages)
        {
            await HoldAsync(session, source, page, news);
            return true;
        }

        await session.Pages.AddAsync(
            source, page, news, page.Severity >= Severity.Urgent ? session.Now + policy.NextStepAfter : null);
        var draft = PageWords.DraftOf(page, new Line("monitoring.firing", ("severity", page.Severity)));
        await alerting.RaiseAsync(session, draft, await OnDutyAsync(session));
        return false;
    }

    // The first one makes a sound at once, and says that further ones are told together. The job for untaken pages tells those.
    private async Task HoldAsync(Session session, PageSource source, Page news, List<MonitoredAlert> alerts)
    {
        var before = await session.Pages.HeldAsync(source, news.Severity >= Severity.Urgent, session.Now - CrowdedFor);
        var all = (before?.Content ?? []).Concat(news.Content).ToList();
        var page = (before ?? news) with
        {
            Severity = before is { } old && old.Severity > news.Severity ? old.Severity : news.Severity,
            Content = all.Take(MostNamed).ToList(),
            More = (before?.More ?? 0) + news.More + Math.Max(0, all.Count - MostNamed),
            IsHeld = true,
        };
        if (before is not null)
        {
            await session.Pages.AppendAsync(source, page, alerts, session.Now + CrowdedFor);
            return;
        }

        await session.Pages.AddAsync(
            source, page, alerts, session.Now + (page.Severity >= Severity.Urgent ? policy.NextStepAfter : CrowdedFor));
        var draft = PageWords.DraftOf(
            page, new Line("monitoring.firing", ("severity", page.Severity)),
            new Line(
                "monitoring.crowded", ("count", MostPages), ("role", session.Actor.Person?.Role ?? Role.Owner),
                ("sign", session.Actor.Person?.Shown ?? "–")));
        await alerting.RaiseAsync(
            session, draft,
            (await OnDutyAsync(session)).Concat(await Recipients.CoordinatorsAsync(session)).DistinctBy(one => one.Address).ToList());
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

/// <summary>What came of the alerts of one call.</summary>
/// <param name="Paged">Of these those on call were told.</param>
/// <param name="Held">These are told together with others, since so many came at once.</param>
/// <param name="Over">These ended.</param>
/// <param name="Unread">These were not read: there are too many in one call.</param>
public sealed record PagedAlerts(int Paged, int Held, int Over, int Unread);
