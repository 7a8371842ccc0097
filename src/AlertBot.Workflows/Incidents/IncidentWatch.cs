using System.Security.Cryptography;
using AlertBot.Domain.Incidents;
using AlertBot.Postgres;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace AlertBot.Workflows.Incidents;

/// <summary>
/// Looks at every incident whose time has come: nobody has it, or whoever has it was not heard of. It goes by an index on what is
/// due. Running it twice tells nothing twice, and one incident that cannot be read does not keep the others waiting.
/// </summary>
public sealed partial class IncidentWatch(Database database, Escalate escalate, ILogger<IncidentWatch> logger)
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
            LogPostponed(id.Value, RandomNumberGenerator.GetHexString(8), failure.GetType().Name, failure.TargetSite?.Name ?? "?");
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

    [LoggerMessage(LogLevel.Error, "Incident {IncidentId} could not be followed up (code {Code}: {Failure} in {Place}); tried again in a minute")]
    private partial void LogPostponed(Guid incidentId, string code, string failure, string place);
}
