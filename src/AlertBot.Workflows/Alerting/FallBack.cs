using System.Security.Cryptography;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.Jobs;
using AlertBot.Postgres;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace AlertBot.Workflows.Alerting;

/// <summary>
/// Sends an urgent alert that does not reach a person on one messenger to their account on another, after the policy's time, or at once if it failed
/// for good. It stays the same alert, so that one acknowledgement counts everywhere and corrections follow it. The next alert tries the first
/// messenger again.
/// </summary>
public sealed partial class FallBack(Database database, SendElsewhere sendElsewhere, IncidentPolicy policy, ILogger<FallBack> logger) : IRecurringJob
{
    private const int Batch = 100;

    public string Name => "undelivered-alerts";

    public bool WatchesPeople => true;

    public JobSchedule Schedule { get; } = new JobSchedule.Every(Duration.FromSeconds(10));

    public async Task RunAsync(CancellationToken ct)
    {
        // Each delivery is looked at once, so the loop ends.
        while (await TickAsync(ct))
        {
        }
    }

    private async Task<bool> TickAsync(CancellationToken ct)
    {
        await using var session = await database.BeginAsync(ct);
        var stuck = await session.Fallbacks.TakeUnreachedAsync(session.Now - policy.OtherChannelAfter, Batch);
        foreach (var id in stuck)
        {
            var failure = await session.TryAsync(
                async () =>
                {
                    if (await session.Fallbacks.StuckAsync(id) is { } delivery)
                        await sendElsewhere.RunAsync(session, delivery);
                },
                ct);
            // A delivery that cannot be read is not tried again here: when it ends, the coordinators are told.
            if (failure is not null)
                LogNotSent(id.Value, RandomNumberGenerator.GetHexString(8), failure.GetType().Name);
            await session.Fallbacks.MarkFallenBackAsync(id);
        }

        await session.CommitAsync(ct);
        return stuck.Count == Batch;
    }

    [LoggerMessage(LogLevel.Error, "Delivery {DeliveryId} could not go to another account (code {Code}: {Failure})")]
    private partial void LogNotSent(Guid deliveryId, string code, string failure);
}
