using AlertBot.Domain.Incidents;
using AlertBot.Postgres;
using AlertBot.Workflows.Alerting;
using NodaTime;

namespace AlertBot.Workflows.Incidents;

/// <summary>Tells everybody what nobody verified or dismissed in time: silence must not keep it from them.</summary>
public sealed class IncidentVerifyJob(Database database, FullAlert full, IncidentPolicy policy, DamagedRow damaged)
{
    private const int Batch = 50;
    private static readonly Duration Postponed = Duration.FromMinutes(5);

    public async Task RunAsync(CancellationToken ct)
    {
        // Whatever was looked at is told, or looked at later: this comes to an end.
        while (await TickAsync(ct))
        {
        }
    }

    /// <returns>False when there is no more.</returns>
    private async Task<bool> TickAsync(CancellationToken ct)
    {
        await using var session = await database.BeginAsync(ct);
        var due = await session.Incidents.TakeUntoldIdsAsync(session.Now - policy.TellFullyAfter, Batch);
        // Each is read by itself: one that is damaged keeps nobody from hearing of the others, nor does it stand before them the next time.
        foreach (var id in due)
        {
            var isTold = false;
            var failure = await session.TryAsync(async () => isTold = await TellAsync(session, id), ct);
            if (failure is not null)
                await damaged.TellAsync(session, "incident", id.Value, failure);
            if (!isTold)
                await session.Incidents.PostponeFullAsync(id, session.Now + Postponed);
        }

        await session.CommitAsync(ct);
        return due.Count == Batch;
    }

    private async Task<bool> TellAsync(Session session, IncidentId id)
    {
        if (await session.Incidents.FindAsync(id) is not { } incident)
            return false;
        await full.RunAsync(session, incident, IncidentAct.ToldAtLimit);
        return true;
    }
}
