using AlertBot.Domain.Incidents;
using AlertBot.Postgres;
using Microsoft.Extensions.Logging;

namespace AlertBot.Workflows.Incidents;

/// <summary>Tells everybody what nobody verified or dismissed in time: silence must not keep it from them.</summary>
public sealed partial class IncidentVerifyJob(Database database, FullAlert full, IncidentPolicy policy, ILogger<IncidentVerifyJob> logger)
{
    private const int Batch = 50;

    public async Task RunAsync(CancellationToken ct)
    {
        await using var session = await database.BeginAsync(ct);
        // Each is read by itself: one that is damaged keeps nobody from hearing of the others.
        foreach (var id in await session.Incidents.TakeUntoldIdsAsync(session.Now - policy.TellFullyAfter, Batch))
        {
            if (await session.TryAsync(() => TellAsync(session, id), ct) is { } failure)
                LogNotTold(id.Value, failure.GetType().Name);
        }

        await session.CommitAsync(ct);
    }

    private async Task TellAsync(Session session, IncidentId id)
    {
        if (await session.Incidents.FindAsync(id) is { } incident)
            await full.RunAsync(session, incident, IncidentAct.ToldAtLimit);
    }

    [LoggerMessage(LogLevel.Error, "The full alert of incident {IncidentId} could not be written ({Failure}); tried again")]
    private partial void LogNotTold(Guid incidentId, string failure);
}
