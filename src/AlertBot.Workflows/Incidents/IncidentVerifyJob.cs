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
        foreach (var incident in await session.Incidents.TakeUntoldAsync(session.Now - policy.TellFullyAfter, Batch))
        {
            if (await session.TryAsync(() => full.RunAsync(session, incident, IncidentAct.ToldAtLimit), ct) is { } failure)
                LogNotTold(incident.Id.Value, failure.GetType().Name);
        }

        await session.CommitAsync(ct);
    }

    [LoggerMessage(LogLevel.Error, "The full alert of incident {IncidentId} could not be written ({Failure}); tried again")]
    private partial void LogNotTold(Guid incidentId, string failure);
}
