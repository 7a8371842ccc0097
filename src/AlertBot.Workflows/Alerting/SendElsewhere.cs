using AlertBot.Domain.Alerts;
using AlertBot.Postgres;

namespace AlertBot.Workflows.Alerting;

/// <summary>Sends an alert that will not arrive on one account of a person to another.</summary>
public sealed class SendElsewhere
{
    /// <summary>Sends the delivery to another account of the same person, unless that was done before.</summary>
    /// <returns>False if no other account can be reached, or if it failed there too.</returns>
    public async Task<bool> RunAsync(Session session, StuckDelivery stuck)
    {
        if (await session.Addresses.FindAsync(stuck.To) is not { IsGroup: false, Person: { } person } from)
            return false;
        var others = (await session.Addresses.OpenOfAsync([person])).Where(one => one.Address != from.Id).ToList();
        if ((others.FirstOrDefault(one => one.Channel != from.At.Channel) ?? others.FirstOrDefault()) is not { } other)
            return false;

        await session.Fallbacks.MarkFallenBackAsync(stuck.Id);
        // It failed there before, so the person has it nowhere, and people must be told that.
        return await session.Fallbacks.HasAsync(stuck.Alert, other.Address) || await session.Outbox.AddAsync(new NewDelivery(
            $"fallback:{stuck.Id.Value:N}", other.Address, other.Channel, stuck.Priority, stuck.Message, stuck.RepeatNote,
            session.Now, stuck.ExpiresAt)
        {
            Alert = stuck.Alert,
            FallbackOf = stuck.Id,
        }) > 0;
    }
}
