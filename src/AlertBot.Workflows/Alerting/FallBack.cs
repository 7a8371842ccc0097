using System.Security.Cryptography;
using AlertBot.Domain.Alerts;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.Jobs;
using AlertBot.Postgres;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace AlertBot.Workflows.Alerting;

/// <summary>
/// What is urgent and does not reach a person on one messenger goes to their account on another: after the policy's time, or at once
/// where it failed for good. It is the same alert, so that one acknowledgement counts everywhere and corrections follow it. The next
/// alert is tried on the first messenger again.
/// </summary>
public sealed partial class FallBack(Database database, IncidentPolicy policy, IClock clock, ILogger<FallBack> logger) : IRecurringJob
{
    private const int Batch = 100;

    public string Name => "undelivered-alerts";

    public bool WatchesPeople => true;

    public JobSchedule Schedule { get; } = new JobSchedule.Every(Duration.FromSeconds(10));

    public async Task RunAsync(CancellationToken ct)
    {
        // Whatever was looked at is not looked at again: this comes to an end.
        while (await TickAsync(ct))
        {
        }
    }

    /// <summary>Sends a delivery that will not arrive to another account of the same person, unless that was done before.</summary>
    /// <returns>False: there is no other account that can be reached, or it failed there too.</returns>
    internal static async Task<bool> SendElsewhereAsync(Session session, StuckDelivery stuck, Instant now)
    {
        if (await session.Addresses.FindAsync(stuck.To) is not { IsGroup: false, Person: { } person } from)
            return false;
        var others = (await session.Addresses.OpenOfAsync([person])).Where(one => one.Address != from.Id).ToList();
        if ((others.FirstOrDefault(one => one.Channel != from.At.Channel) ?? others.FirstOrDefault()) is not { } other)
            return false;

        await session.Fallbacks.MarkFallenBackAsync(stuck.Id, now);
        // Where it failed before, it is not there now either: then nobody has it, and that is to be said.
        return await session.Fallbacks.HasAsync(stuck.Alert, other.Address) || await session.Outbox.AddAsync(new NewDelivery(
            $"fallback:{stuck.Id.Value:N}", other.Address, other.Channel, stuck.Priority, stuck.Message, stuck.RepeatNote, now, stuck.ExpiresAt)
        {
            Alert = stuck.Alert,
            FallbackOf = stuck.Id,
        }) > 0;
    }

    private async Task<bool> TickAsync(CancellationToken ct)
    {
        var now = clock.GetCurrentInstant();
        await using var session = await database.BeginAsync(ct);
        var stuck = await session.Fallbacks.TakeUnreachedAsync(now - policy.OtherChannelAfter, Batch);
        foreach (var id in stuck)
        {
            var failure = await session.TryAsync(
                async () =>
                {
                    if (await session.Fallbacks.StuckAsync(id) is { } delivery)
                        await SendElsewhereAsync(session, delivery, now);
                },
                ct);
            // One that cannot be read is not asked about again: its own end tells the coordinators.
            if (failure is not null)
                LogNotSent(id.Value, RandomNumberGenerator.GetHexString(8), failure.GetType().Name);
            await session.Fallbacks.MarkFallenBackAsync(id, now);
        }

        await session.CommitAsync(ct);
        return stuck.Count == Batch;
    }

    [LoggerMessage(LogLevel.Error, "Delivery {DeliveryId} could not go to another account (code {Code}: {Failure})")]
    private partial void LogNotSent(Guid deliveryId, string code, string failure);
}
