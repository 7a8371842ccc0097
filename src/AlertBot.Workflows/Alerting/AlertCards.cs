using AlertBot.Domain.Alerts;
using AlertBot.Domain.Cases;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Alerting;

/// <summary>Edits alerts that asked for something once it is done, so that nobody does it again.</summary>
public sealed class AlertCards(TextCatalog texts)
{
    private static readonly Duration EditsExpire = Duration.FromDays(1);

    /// <summary>Replaces the text of such alerts in every chat, and drops those not yet sent.</summary>
    /// <param name="keys">The beginning of the alerts' keys.</param>
    /// <param name="except">A chat that shows the new text already.</param>
    public async Task ReplaceAsync(Session session, string keys, Line text, AddressId? except = null)
    {
        await session.Outbox.SupersedeUntoldAsync(keys);
        foreach (var (delivery, to) in await session.Outbox.ToldAsync(keys))
        {
            if (to == except || await session.Addresses.FindAsync(to) is not { IsDark: false } address)
                continue;

            await session.Outbox.AddAsync(new NewDelivery(
                $"over:{delivery.Value:N}", to, address.At.Channel, DeliveryPriority.Urgent, new OutgoingMessage(text.In(address.Language, texts)),
                texts.Say(address.Language, "alert.repeat"), session.Now, session.Now + EditsExpire)
            {
                Edits = delivery,
            });
        }
    }

    /// <summary>Every chat in which such an alert of a case hangs shows it as it stands now; it goes on.</summary>
    public async Task ChangeAsync(
        Session session, CaseId @case, string keys, Func<string, OutgoingMessage> message, AddressId? except = null)
    {
        foreach (var (delivery, to) in await session.Outbox.SentAsync(@case, keys))
        {
            if (to == except || await session.Addresses.FindAsync(to) is not { IsDark: false } address)
                continue;

            await session.Outbox.AddAsync(new NewDelivery(
                $"changed:{delivery.Value:N}:{session.Now.ToUnixTimeTicks()}", to, address.At.Channel, DeliveryPriority.Reminder,
                message(address.Language), texts.Say(address.Language, "alert.repeat"), session.Now, session.Now + EditsExpire)
            {
                Edits = delivery,
            });
        }
    }
}
