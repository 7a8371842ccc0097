using AlertBot.Domain.Alerts;
using AlertBot.Postgres;

namespace AlertBot.Workflows.Alerting;

/// <summary>An alert that will not arrive at one account of a person goes to another.</summary>
public sealed class SendElsewhere
{
    /// <summary>Sends a delivery that will not arrive to another account of the same person, unless that was done before.</summary>
    /// <returns>False: there is no other account that can be reached, or it failed there too.</returns>
    public async Task<bool> RunAsync(Session session, StuckDelivery stuck)
    {
        if (await session.Addresses.FindAsync(stuck.To) is not { IsGroup: false, Person: { } person } from)
            return false;
        var others = (await session.Addresses.OpenOfAsync([person])).Where(one => one.Address != from.Id).ToList();
        if ((others.FirstOrDefault(one => one.Channel != from.At.Channel) ?? others.FirstOrDefault()) is not { } other)
            return false;

        await session.Fallbacks.MarkFallenBackAsync(stuck.Id);
        // It failed there before, so nobody has it, and people must hear that.
        return await session.Fallbacks.HasAsync(stuck.Alert, other.Address) || await session.Outbox.AddAsync(new NewDelivery(
            $"fallback:{stuck.Id.Value:N}", other.Address, other.Channel, stuck.Priority, stuck.Message, stuck.RepeatNote,
            session.Now, stuck.ExpiresAt)
        {
            Alert = stuck.Alert,
            FallbackOf = stuck.Id,
        }) > 0;
    }
}
