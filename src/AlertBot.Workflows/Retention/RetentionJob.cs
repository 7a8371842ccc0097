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
public sealed class RetentionJob(Database database, Alerts alerting, RetentionPolicy policy, DamagedRow damaged) : IRecurringJob
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
                await LookAsync(session, kind, length, ct);
            await session.CommitAsync(ct);
        }

        await using var last = await database.BeginAsync(ct);
        await last.Outbox.EmptyLostAsync();
        // They hold receipts, and programs that ask no more would keep them here for ever.
        await last.ApiAnswers.ForgetOldAsync();
        if (policy.Strangers is { } strangers)
            await ForgetStrangersAsync(last, last.Now - strangers, ct);
        await last.CommitAsync(ct);
    }

    private async Task LookAsync(Session session, KeptKind kind, Duration kept, CancellationToken ct)
    {
        var tellBefore = session.Now - policy.TellAt(kept);
        await session.Retention.ForgetNoticesAsync(kind, tellBefore);
        var due = await session.Retention.DueAsync(kind, session.Now - kept, session.Now - policy.ToldBefore);
        if (due.Count > 0)
            await DeleteAsync(session, kind, due, ct);
        if (await session.Retention.UntoldAsync(kind, tellBefore) is { Count: > 0 } untold)
            await TellAsync(session, kind, untold, ct);
    }

    private async Task TellAsync(Session session, KeptKind kind, IReadOnlyList<Guid> subjects, CancellationToken ct)
    {
        await session.Retention.TellAsync(kind, subjects);
        var codes = kind == KeptKind.SetAside ? [] : await CodesAsync(session, kind, subjects, ct);
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

    private async Task DeleteAsync(Session session, KeptKind kind, IReadOnlyList<Guid> subjects, CancellationToken ct)
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
                    // One that cannot be deleted keeps none of the others here.
                    if (await session.TryAsync(() => DeleteCaseAsync(session, @case), ct) is { } failure)
                        await damaged.TellAsync(session, "case_file", @case, failure);
                }

                break;
        }
    }

    private static async Task DeleteCaseAsync(Session session, Guid @case)
    {
        await session.Retention.DeleteCaseAsync(new CaseId(@case));
        await session.Cases.GoneAsync(new CaseId(@case));
        await CountAsync(session, "retention.case", @case, 1);
    }

    // Nobody writes to a stranger's phone that they are forgotten: /privacy says it to whoever asks.
    private async Task ForgetStrangersAsync(Session session, Instant before, CancellationToken ct)
    {
        await session.Retention.DeleteHandledAsync(before);
        var count = 0;
        foreach (var id in await session.Retention.StrangersAsync(before, StrangersAtOnce))
        {
            var isForgotten = false;
            if (await session.TryAsync(async () => isForgotten = await ForgetAsync(session, id, before), ct) is { } failure)
                await damaged.TellAsync(session, "address", id.Value, failure, isOfPerson: true);
            count += isForgotten ? 1 : 0;
        }

        if (count > 0)
            await CountAsync(session, "retention.strangers", null, count);
    }

    private static async Task<bool> ForgetAsync(Session session, AddressId id, Instant before)
    {
        if (await session.Addresses.FindAsync(id) is not { } address || await session.Retention.HasWrittenAsync(address.At, before))
            return false;
        await session.Conversations.EndAsync(id);
        await session.Addresses.ForgetAsync(id, session.Now);
        return true;
    }

    private static Task CountAsync(Session session, string act, Guid? subject, int count) =>
        session.Audit.AddAsync(null, new AuditAct(act), subject, count.ToString(CultureInfo.InvariantCulture));

    private async Task<IReadOnlyList<string>> CodesAsync(Session session, KeptKind kind, IReadOnlyList<Guid> subjects, CancellationToken ct)
    {
        if (kind == KeptKind.Case)
            return (await session.Cases.CodesAsync(subjects.Select(id => new CaseId(id)).ToList())).Select(code => code.Text).ToList();
        var codes = new List<string>();
        foreach (var id in subjects.Take(CodesShown))
        {
            Incident? incident = null;
            if (await session.TryAsync(async () => incident = await session.Incidents.FindAsync(new IncidentId(id)), ct) is { } failure)
                await damaged.TellAsync(session, "incident", id, failure);
            if (incident is not null)
                codes.Add(incident.Code.Text);
        }

        return codes;
    }
}
