using AlertBot.Domain.Alerts;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.People;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Messengers;

/// <summary>
/// Handles an account's new key: a new phone, or somebody else in the person's place. A person with a role is suspended until a colleague has spoken
/// to them, and one with a check-in counts as silent until then. Any other reporter's new key is trusted at once, since only their own reports depend
/// on it. But the new key gets reports told with the old one only by their receipt, nobody asks about them, and messages on their way are not sent.
/// </summary>
public sealed class KeyChanges(FreezePerson freezePerson, Alerts alerting)
{
    /// <summary>The common beginning of the keys of one change's alerts.</summary>
    public static string KeysOf(Guid change) => $"key:{change:N}:";

    /// <returns>False if the change is already known, or if the key belongs to no known person.</returns>
    public async Task<bool> HeardAsync(Session session, Address at)
    {
        if (at.IsGroup || at.Person is not { } id || await session.People.FindAsync(id) is not { } owner)
            return false;
        // Somebody who holds the person's phone must not be able to answer the check-in.
        var hasCheckIn = await session.CheckIns.OfAsync(id) is not null;
        var isOnlyReporter = owner.Role == Role.Reporter && !hasCheckIn;
        if (await session.KeyChanges.AddAsync(at.Id, isTrusted: isOnlyReporter) is not { } change)
            return false;

        await session.Audit.AddAsync(null, new AuditAct("address.key_changed"), at.Id.Value);
        await session.Outbox.FailAllAsync(at.Id, "key_changed");
        await session.Conversations.EndAsync(at.Id);
        if (isOnlyReporter)
            return true;

        await session.People.RefreezeAsync(owner.Id);
        await session.Audit.AddAsync(null, AuditAct.PersonFrozen, owner.Id.Value, "key_changed");
        var left = await freezePerson.WithdrawAsync(session, owner.Id);
        var draft = new AlertDraft(
            null, AlertKind.KeyChanged, Severity.Urgent, KeysOf(change.Id),
            [KeyQuestion.Head(owner, at.At.Channel), .. hasCheckIn ? [new Line("key.has-check-in")] : Array.Empty<Line>(), .. left.Lines])
        {
            Buttons = [[("key.checked", $"key:ask.{change.Id:N}")]],
        };
        await alerting.RaiseAsync(session, draft, await Recipients.CoordinatorsAsync(session));
        return true;
    }

    /// <summary>Whether the actor may check the change: a coordinator, but never the person themself.</summary>
    public static bool MayCheck(KeyChange change, Actor actor) => actor.MayActAs(Role.Coordinator) && actor.Id is { } by && by != change.Owner;

    /// <summary>Records that a colleague has spoken to the person. <see cref="ChannelErrands"/> tells the messenger.</summary>
    /// <returns>False if the actor may not, or if it was done before.</returns>
    public async Task<bool> TrustAsync(Session session, KeyChange change)
    {
        if (!MayCheck(change, session.Actor) || !await session.KeyChanges.TrustAsync(change.Id, session.Actor.Id!.Value))
            return false;

        await session.Audit.AddAsync(session.Actor.Id, new AuditAct("address.key_trust"), change.Address.Value);
        return true;
    }
}
