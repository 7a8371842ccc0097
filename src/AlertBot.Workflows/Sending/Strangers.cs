using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Postgres;
using NodaTime;

namespace AlertBot.Workflows.Sending;

/// <summary>Counts the strangers we write to on a messenger that limits them, and delays those beyond the day's limit.</summary>
internal sealed class Strangers(Database database, IChannel channel)
{
    /// <returns>When the delivery may be sent; null: now, and the person is counted.</returns>
    public async Task<Instant?> WaitAsync(DueDelivery delivery, CancellationToken ct)
    {
        if (channel.Capabilities.NewPeople is not { } budget || !delivery.IsToStranger)
            return null;

        await using var session = await database.BeginAsync(ct);
        var today = NewPeopleBudget.DayOf(session.Now);
        if (!budget.Allows(await session.NewPeople.TakeUsedAsync(channel.Kind, today), isCritical: delivery.Priority == DeliveryPriority.Now))
            return NewPeopleBudget.NextDay(session.Now);

        await session.NewPeople.CountAsync(delivery.To, today);
        await session.CommitAsync(ct);
        return null;
    }
}
