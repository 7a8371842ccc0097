using AlertBot.Domain.Incidents;
using AlertBot.Postgres;
using AlertBot.Workflows.Alerting;
using NodaTime;

namespace AlertBot.Workflows.Incidents;

/// <summary>
/// Looks at every incident whose time has come: nobody has it, or whoever has it was not heard of. It goes by an index on what is
/// due. Running it twice tells nothing twice, and one incident that cannot be read does not keep the others waiting.
/// </summary>
public sealed class IncidentWatch(Database database, Escalate escalate, DamagedRow damaged)
{
    private const int Batch = 50;
    private static readonly Duration Postponed = Duration.FromMinutes(1);

    public async Task RunAsync(CancellationToken ct)
    {
        // Whatever was looked at is due later or never: this comes to an end.
        while (await TickAsync(ct))
        {
        }
    }

    /// <returns>False when nothing was due.</returns>
    private async Task<bool> TickAsync(CancellationToken ct)
    {
        await using var session = await database.BeginAsync(ct);
        var due = await session.Incidents.TakeDueIdsAsync(Batch);
        foreach (var id in due)
        {
            if (await session.TryAsync(() => LookAsync(session, id), ct) is not { } failure)
                continue;
            await damaged.TellAsync(session, "incident", id.Value, failure);
            await session.Incidents.PostponeAsync(id, session.Now + Postponed);
        }

        await session.CommitAsync(ct);
        return due.Count > 0;
    }

    private async Task LookAsync(Session session, IncidentId id)
    {
        if (await session.Incidents.FindAsync(id) is { } incident)
            await escalate.LookAsync(session, incident);
    }
}
