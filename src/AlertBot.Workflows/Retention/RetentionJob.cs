using System.Globalization;
using AlertBot.Domain.Alerts;
using AlertBot.Domain.Cases;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.Jobs;
using AlertBot.Domain.People;
using AlertBot.Domain.Retention;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Retention;

/// <summary>
/// Deletes what the organisation does not want to keep: coordinators hear of it before, and something new that comes to it stops it. The
/// audit log counts what went.
/// </summary>
public sealed class RetentionJob(Database database, Alerts alerting, RetentionPolicy policy) : IRecurringJob
{
    private const int StrangersAtOnce = 200;

    /// <summary>A list that nobody reads to its end helps nobody: further ones are counted.</summary>
    private const int CodesShown = 20;

    public string Name => "retention";

    public JobSchedule Schedule { get; } = new JobSchedule.Every(Duration.FromHours(1));

    public async Task RunAsync(CancellationToken ct)
    {
        foreach (var (kind, kept) in new[]
        {
            (KeptKind.SetAside, policy.SetAside), (KeptKind.Files, policy.Files), (KeptKind.Case, policy.ClosedCases),
        })
        {
            await using var session = await database.BeginAsync(ct);
            if (kept is { } length)
                await LookAsync(session, kind, length);
            await session.CommitAsync(ct);
        }

        await using var last = await database.BeginAsync(ct);
        await last.Outbox.EmptyLostAsync();
        if (policy.Strangers is { } strangers)
            await ForgetStrangersAsync(last, last.Now - strangers);
        await last.CommitAsync(ct);
    }

    private async Task LookAsync(Session session, KeptKind kind, Duration kept)
    {
        var tellBefore = session.Now - policy.TellAt(kept);
        await session.Retention.ForgetNoticesAsync(kind, tellBefore);
        var due = await session.Retention.DueAsync(kind, session.Now - kept, session.Now - policy.ToldBefore);
        if (due.Count > 0)
            await DeleteAsync(session, kind, due);
        if (await session.Retention.UntoldAsync(kind, tellBefore) is { Count: > 0 } untold)
            await TellAsync(session, kind, untold);
    }

    private async Task TellAsync(Session session, KeptKind kind, IReadOnlyList<Guid> subjects)
    {
        await session.Retention.TellAsync(kind, subjects);
        var codes = kind == KeptKind.SetAside ? [] : await CodesAsync(session, kind, subjects);
        var at = session.Now + policy.ToldBefore;
        var draft = new AlertDraft(
            null, AlertKind.Retention, Severity.Notice,
            string.Create(CultureInfo.InvariantCulture, $"retention:{kind}:{session.Now.ToUnixTimeTicks()}"),
            new Line(
                kind switch
                {
                    KeptKind.SetAside => "retention.set-aside",
                    KeptKind.Files => "retention.files",
                    _ => "retention.cases",
                },
                ("count", subjects.Count), ("at", at.InUtc()), ("codes", string.Join(", ", codes.Take(CodesShown)))))
        {
            Needs = Role.Coordinator,
        };
        await alerting.RaiseAsync(session, draft, await Recipients.CoordinatorsAsync(session));
    }

    private static async Task DeleteAsync(Session session, KeptKind kind, IReadOnlyList<Guid> subjects)
    {
        switch (kind)
        {
            case KeptKind.SetAside:
                await session.Retention.DeleteSetAsideAsync(subjects);
                await CountAsync(session, "retention.set_aside", null, subjects.Count);
                break;
            case KeptKind.Files:
                foreach (var incident in subjects)
                    await CountAsync(session, "retention.files", incident, await session.Retention.DeleteFilesAsync([incident]));
                break;
            default:
                foreach (var @case in subjects)
                {
                    await session.Retention.DeleteCaseAsync(new CaseId(@case));
                    await session.Cases.GoneAsync(new CaseId(@case));
                    await CountAsync(session, "retention.case", @case, 1);
                }

                break;
        }
    }

    // Nobody writes to a stranger's phone that they are forgotten: /privacy says it to whoever asks.
    private static async Task ForgetStrangersAsync(Session session, Instant before)
    {
        await session.Retention.DeleteHandledAsync(before);
        var count = 0;
        foreach (var id in await session.Retention.StrangersAsync(before, StrangersAtOnce))
        {
            if (await session.Addresses.FindAsync(id) is not { } address || await session.Retention.HasWrittenAsync(address.At, before))
                continue;
            await session.Conversations.EndAsync(id);
            await session.Addresses.ForgetAsync(id, session.Now);
            count++;
        }

        if (count > 0)
            await CountAsync(session, "retention.strangers", null, count);
    }

    private static Task CountAsync(Session session, string act, Guid? subject, int count) =>
        session.Audit.AddAsync(null, new AuditAct(act), subject, count.ToString(CultureInfo.InvariantCulture));

    private static async Task<IReadOnlyList<string>> CodesAsync(Session session, KeptKind kind, IReadOnlyList<Guid> subjects)
    {
        if (kind == KeptKind.Case)
            return (await session.Cases.LoadAsync(subjects.Select(id => new CaseId(id)).ToList())).Select(file => file.Code.Text).ToList();
        var codes = new List<string>();
        foreach (var id in subjects.Take(CodesShown))
        {
            if (await session.Incidents.FindAsync(new IncidentId(id)) is { } incident)
                codes.Add(incident.Code.Text);
        }

        return codes;
    }
}
