using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.People;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Messengers;

/// <summary>The messenger has taken the new key: the address is open again, and whoever was waiting for that is told.</summary>
public sealed class TrustedKey(AlertCards alertCards, Alerts alerting, TextCatalog texts)
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

    /// <summary>The key has changed once more since somebody confirmed it, or nobody can tell any more which one that was.</summary>
    public async Task AskAgainAsync(Session session, KeyChange change)
    {
        await session.KeyChanges.AskAgainAsync(change.Id);
        if (change.Owner is not { } id || await session.People.FindAsync(id) is not { } owner
            || await session.Addresses.FindAsync(change.Address) is not { } address)
            return;
        if (!change.IsDamaged)
            await session.Audit.AddAsync(null, new AuditAct("address.key_changed_again"), change.Address.Value);
        var draft = new AlertDraft(
            null, AlertKind.KeyChanged, Severity.Urgent, $"{KeyChanges.KeysOf(change.Id)}again:{session.Now.ToUnixTimeMilliseconds()}",
            new Line(change.IsDamaged ? "key.number-lost" : "key.changed-again"), KeyQuestion.Head(owner, address.At.Channel))
        {
            Buttons = [[("key.checked", $"key:ask.{change.Id:N}")]],
        };
        await alerting.RaiseAsync(session, draft, await Recipients.CoordinatorsAsync(session));
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
