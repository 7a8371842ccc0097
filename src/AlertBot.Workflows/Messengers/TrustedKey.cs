using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Messengers;

/// <summary>Reopens the address once the messenger has accepted the new key, and tells those who wait for it.</summary>
public sealed class TrustedKey(AlertCards alertCards, TextCatalog texts)
{
    private static readonly Duration NewsExpire = Duration.FromDays(3);

    public async Task WriteAsync(Session session, KeyChange change)
    {
        // A second notice of the same change does nothing.
        if (!await session.KeyChanges.EndAsync(change) || change.Owner is not { } id)
            return;

        await session.People.RefreezeAsync(id);
        await session.Audit.AddAsync(change.TrustedBy, new AuditAct("address.key_trusted"), change.Address.Value);
        if (await session.People.FindAsync(id) is not { } owner)
            return;

        if (await session.Addresses.FindAsync(change.Address) is { IsDark: false } address)
            await TellAsync(session, change, owner, address);
        if (change.TrustedBy is { } by && await session.People.FindAsync(by) is { } colleague)
        {
            var card = new Line(
                "key.trusted-by", ("role", owner.Role), ("sign", PersonSign.Of(id)), ("byrole", colleague.Role), ("bysign", PersonSign.Of(by)));
            await alertCards.ReplaceAsync(session, KeyChanges.KeysOf(change.Id), card);
        }
    }

    private Task<int> TellAsync(Session session, KeyChange change, Person owner, Address address)
    {
        var text = owner switch
        {
            { Role: Role.Reporter } => "key.reporter",
            { IsFrozen: true } => "key.trusted-still-frozen",
            _ => "key.trusted",
        };
        return session.Outbox.AddAsync(new NewDelivery(
            $"key:{change.Id:N}", address.Id, address.At.Channel, DeliveryPriority.Now, new OutgoingMessage(texts.Say(owner.Language, text)),
            texts.Say(owner.Language, "alert.repeat"), session.Now, session.Now + NewsExpire));
    }
}
