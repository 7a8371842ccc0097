using AlertBot.Domain.CheckIns;
using AlertBot.Domain.Incidents;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Incidents;
using AlertBot.Workflows.Monitoring;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace AlertBot.Workflows.Overdue;

/// <summary>
/// The clock was ahead and went back. Whoever watches something would wait until it shows that time again, so what was written then is brought back
/// to now. The outbox and the engine look for themselves.
/// </summary>
public sealed partial class ClockWentBack(Database database, IncidentPolicy policy, DamagedRow damaged, ILogger<ClockWentBack> logger)
{
    private Instant _seen = Instant.MinValue;

    /// <summary>Looks once. What several nodes bring back is brought back once.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        await using var session = await database.BeginAsync(ct);
        // The jobs of any node say what their clock showed, also to a program that was started anew since.
        var seen = Instant.Max(_seen, await session.Ahead.SeenAsync() ?? Instant.MinValue);
        if (seen > session.Now + AheadStore.Slack)
        {
            var rows = await session.Ahead.BringBackAsync(seen, Longest());
            foreach (var id in await session.CheckIns.TakeWaitingIdsAsync())
            {
                if (await session.TryAsync(() => BringBackAsync(session, id), ct) is { } failure)
                    await damaged.TellAsync(session, "check_in", id.Value, failure);
            }

            await session.CommitAsync(ct);
            LogBroughtBack((long)(seen - session.Now).TotalMinutes, rows);
        }

        _seen = session.Now;
    }

    private LongestWaits Longest() => new(
        Duration.Max(policy.NextStepAfter, policy.RepeatEvery), policy.StillOnItAfter, policy.OpenAgainAfter, TellJoined.Patience,
        UntakenPages.Rarely, UntakenPages.OftenUntil);

    private static async Task BringBackAsync(Session session, CheckInId id)
    {
        if (await session.CheckIns.FindAsync(id) is { } one && await session.People.FindAsync(one.Person) is { } person
            && one.BroughtBack(session.Now, person.Zone) is var back && back != one)
            await session.CheckIns.SaveAsync(back);
    }

    [LoggerMessage(LogLevel.Error, "The clock went back by {Minutes} minutes: {Count} rows that waited for the time that it had shown wait no more")]
    private partial void LogBroughtBack(long minutes, int count);
}
