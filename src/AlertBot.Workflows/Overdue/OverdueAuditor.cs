using System.Security.Cryptography;
using AlertBot.Domain.Alerts;
using AlertBot.Domain.Jobs;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Backups;
using AlertBot.Workflows.Texts;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace AlertBot.Workflows.Overdue;

/// <summary>
/// Watches the jobs that watch people, from outside the job engine. Work that is more than five minutes overdue it does once itself. Then it tells
/// owners, who must find out why nobody did it.
/// </summary>
public sealed partial class OverdueAuditor(
    Database database, IEnumerable<IRecurringJob> jobs, ClockWentBack wentBack, Alerts alerting, IClock clock, ILogger<OverdueAuditor> logger)
{
    /// <summary>A restarting node, or a short job behind a slow one, is no reason to call anybody.</summary>
    public static readonly Duration Patience = Duration.FromMinutes(5);

    // Owners are told once, and again only if it goes on.
    private static readonly Duration TellAgainAfter = Duration.FromHours(1);

    private Instant _began = clock.GetCurrentInstant();

    /// <summary>Looks once. Several nodes may look: doing the work twice does no harm, and owners are told once.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        await HealClockAsync(ct);
        var (overdue, late) = await LookAsync(ct);
        if (overdue.IsNothing && late.Count == 0)
            return;

        // Any of the jobs that watch people may be behind an overdue row, so all of them run.
        var once = overdue is { Escalations: 0, Reminders: 0, CheckIns: 0 } ? late : jobs.Where(job => job.WatchesPeople).ToList();
        foreach (var job in once)
            await DoAsync(job, ct);

        await using var session = await database.BeginAsync(ct);
        var left = await session.Vitals.OverdueAsync(session.Now - Patience);
        await TellAsync(session, overdue, left, late);
        await session.CommitAsync(ct);
    }

    // Whatever becomes of it, what is overdue is still looked for.
    private async Task HealClockAsync(CancellationToken ct)
    {
        try
        {
            await wentBack.RunAsync(ct);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            LogNotHealed(RandomNumberGenerator.GetHexString(8), failure.GetType().Name);
        }
    }

    private async Task<(OverdueWork Rows, List<IRecurringJob> Late)> LookAsync(CancellationToken ct)
    {
        await using var session = await database.BeginAsync(ct);
        // The clock went back. What follows counts from the time that it shows now.
        if (session.Now < _began)
            _began = session.Now;
        // After a pause of the whole program everything is late, and is already being done.
        if (session.Now - _began < Patience)
            return (new(0, 0, 0, 0, 0), []);

        var runs = (await session.JobRuns.AllAsync()).ToDictionary(run => run.Name, run => run.LastSucceeded);
        return (
            await session.Vitals.OverdueAsync(session.Now - Patience),
            jobs.Where(job => job.WatchesPeople && IsLate(job, runs.GetValueOrDefault(job.Name) ?? _began, session.Now)).ToList());
    }

    private static bool IsLate(IRecurringJob job, Instant last, Instant now) =>
        // A last run in the future is one of before the clock went back. The engine waits for the time after it.
        job.Schedule is JobSchedule.Every every && (now - last > every.Interval + Patience || last - now > Patience);

    private async Task DoAsync(IRecurringJob job, CancellationToken ct)
    {
        try
        {
            await job.RunAsync(ct);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            // A failing job does not hold up the others.
            LogFailed(job.Name, RandomNumberGenerator.GetHexString(8), failure.GetType().Name);
        }
    }

    private async Task TellAsync(
        Session session, OverdueWork found, OverdueWork left, List<IRecurringJob> late)
    {
        var lines = new List<Line> { new("overdue.title") };
        Add("overdue.escalations", found.Escalations, left.Escalations);
        Add("overdue.reminders", found.Reminders, left.Reminders);
        Add("overdue.check-ins", found.CheckIns, left.CheckIns);
        Add("overdue.messages", found.Messages, left.Messages);
        Add("overdue.updates", found.Updates, left.Updates);
        lines.AddRange(late.Select(job => new Line("overdue.job", ("name", job.Name))));
        lines.Add(new Line("overdue.look"));
        var hour = session.Now.ToUnixTimeSeconds() / (long)TellAgainAfter.TotalSeconds;
        var draft = new AlertDraft(null, AlertKind.Overdue, Severity.Urgent, $"overdue:{hour}", lines);
        if (await alerting.RaiseAsync(session, draft, await BackUp.OperatorsAsync(session)))
            LogOverdue(found.Escalations, found.Reminders, found.CheckIns, found.Messages, found.Updates, late.Count);

        void Add(string key, int count, int stillLate)
        {
            if (count > 0)
                lines.Add(new Line(key, ("count", count), ("left", stillLate)));
        }
    }

    [LoggerMessage(LogLevel.Error,
        "Overdue by five minutes: {Escalations} escalations, {Reminders} reminders, {CheckIns} check-ins, {Messages} messages, {Updates} updates, "
        + "{Jobs} jobs")]
    private partial void LogOverdue(int escalations, int reminders, int checkIns, int messages, int updates, int jobs);

    [LoggerMessage(LogLevel.Error, "What waited for the time that a clock had shown still waits for it ({Code}, {Failure}); tried again in a minute")]
    private partial void LogNotHealed(string code, string failure);

    [LoggerMessage(LogLevel.Error, "Job {Name}, done because it was late, failed ({Code}, {Failure})")]
    private partial void LogFailed(string name, string code, string failure);
}
