using AlertBot.Domain.Alerts;
using AlertBot.Domain.Jobs;
using AlertBot.Postgres;
using AlertBot.Workflows.Overdue;
using NodaTime;

namespace AlertBot.Workflows.Operations;

/// <summary>Counts the program's own work every ten minutes, for the drawings of the last week, and forgets what is older.</summary>
public sealed class KeepFigures(Database database) : IRecurringJob
{
    /// <summary>How far back the drawings go.</summary>
    public static readonly Duration Shown = Duration.FromDays(7);

    private static readonly Duration Kept = Duration.FromDays(8);
    private static readonly Duration Between = Duration.FromMinutes(10);

    /// <summary>The figures in the order in which they are drawn.</summary>
    public static readonly IReadOnlyList<string> Names =
        [Sent, Lost, Waiting, Oldest, Inbox, Untaken, Taken, Overdue, Jobs];

    private const string Sent = "sent";
    private const string Lost = "lost";
    private const string Waiting = "waiting";
    private const string Oldest = "oldest";
    private const string Inbox = "inbox";
    private const string Untaken = "untaken";
    private const string Taken = "taken";
    private const string Overdue = "overdue";
    private const string Jobs = "jobs";

    public string Name => "figures";

    public JobSchedule Schedule { get; } = new JobSchedule.Every(Between);

    public async Task RunAsync(CancellationToken ct)
    {
        await using var session = await database.BeginAsync(ct);
        await session.Figures.ForgetAsync(session.Now - Kept);
        await session.Figures.AddAsync(await CountAsync(session));
        await session.CommitAsync(ct);
    }

    private static async Task<Dictionary<string, double>> CountAsync(Session session)
    {
        var (sent, lost) = await session.Figures.DeliveredAsync(session.Now - Between);
        // What may wait until morning says nothing of whether the messenger is in reach.
        var waiting = (await session.Vitals.WaitingAsync()).Where(one => one.Class != DeliveryPriority.Digest).ToList();
        var overdue = await session.Vitals.OverdueAsync(session.Now - OverdueAuditor.Patience);
        var figures = new Dictionary<string, double>(StringComparer.Ordinal)
        {
            [Sent] = sent,
            [Lost] = lost,
            [Waiting] = waiting.Sum(one => one.Count),
            [Oldest] = waiting.Select(one => (session.Now - one.Oldest).TotalSeconds).DefaultIfEmpty(0).Max(),
            [Inbox] = (await session.Vitals.InboxAsync()).Count,
            [Untaken] = await session.Vitals.UntakenAsync(),
            [Overdue] = overdue.Escalations + overdue.Reminders + overdue.CheckIns + overdue.Messages + overdue.Updates,
            [Jobs] = (await session.JobRuns.AllAsync()).Count(run => run.FailuresInARow > 0),
        };
        if ((await session.Vitals.AcknowledgedInAsync(session.Now - Duration.FromDays(1))).Median is { } median)
            figures[Taken] = median;
        return figures;
    }
}
