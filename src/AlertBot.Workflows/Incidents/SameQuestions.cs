using AlertBot.Domain.Incidents;
using AlertBot.Domain.Jobs;
using AlertBot.Domain.Reports;
using AlertBot.Postgres;
using AlertBot.Workflows.Alerting;
using NodaTime;

namespace AlertBot.Workflows.Incidents;

/// <summary>
/// "The same, or something new?" Nobody answered in five minutes: it is told as something new, with the full ladder. To tell one event
/// twice costs a press; to take a second one for the first may cost a life.
/// </summary>
public sealed class SameQuestions(Database database, GatherReports gather, DamagedRow damaged) : IRecurringJob
{
    private const int Batch = 20;
    private static readonly Duration Failed = Duration.FromMinutes(1);

    public string Name => "same-or-new";

    public bool WatchesPeople => true;

    public JobSchedule Schedule { get; } = new JobSchedule.Every(Duration.FromSeconds(30));

    public async Task RunAsync(CancellationToken ct)
    {
        await using var session = await database.BeginAsync(ct);
        foreach (var report in await session.Incidents.TakeUnansweredAsync(Batch))
        {
            if (await session.TryAsync(() => PartAsync(session, report, null), ct) is not { } failure)
                continue;
            await damaged.TellAsync(session, "report", report.Value, failure);
            await session.Incidents.AskAgainAsync(report, session.Now + Failed);
        }

        await session.CommitAsync(ct);
    }

    /// <summary>The report tells of something else.</summary>
    /// <param name="by">Who said so; null: nobody said otherwise.</param>
    /// <returns>The incident that it is now; null: somebody answered before, or the report is gone.</returns>
    internal async Task<Incident?> PartAsync(Session session, ReportId id, Domain.People.PersonId? by)
    {
        if (!await session.Incidents.AnswerWhetherSameAsync(id, isSame: false, by)
            || await session.Reports.FindAsync(id) is not { State: ReportState.Sent, Content: not null, Incident: { } from } report
            || await session.Incidents.TakeAsync(from) is not { } incident)
            return null;
        return await gather.PartAsync(session, report, incident);
    }
}
