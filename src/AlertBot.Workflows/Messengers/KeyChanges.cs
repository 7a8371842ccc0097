using AlertBot.Domain.Alerts;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.People;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Messengers;

/// <summary>
/// An account has another key: a new phone, or somebody else in a person's place. Whoever has a role loses it until a colleague has
/// spoken to them, and whoever has a check-in is silent until then. Any other reporter's key is taken at once, since nothing hangs on
/// it but what they tell; but what they told with the old one is shown to the new one only by its receipt, nobody asks them about it,
/// and what was on its way to them is not sent.
/// </summary>
public sealed class KeyChanges(FreezePerson freezePerson, Alerts alerting)
{
    /// <summary>The keys of the alerts about one change begin with it.</summary>
    public static string KeysOf(Guid change) => $"key:{change:N}:";

    /// <returns>False when it is no news, or there is nobody whose key it could be.</returns>
    public async Task<bool> HeardAsync(Session session, Address at)
    {
        if (at.IsGroup || at.Person is not { } id || await session.People.FindAsync(id) is not { } owner)
            return false;
        // Whoever is asked whether all is well must not be answered for by somebody who has their phone.
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

    /// <summary>Whether that actor may look into that change: a coordinator, and never the person themself.</summary>
    public static bool MayCheck(KeyChange change, Actor actor) => actor.MayActAs(Role.Coordinator) && actor.Id is { } by && by != change.Owner;

    /// <summary>A colleague has spoken to the person. The messenger is told by <see cref="ChannelErrands"/>.</summary>
    /// <returns>False when the actor may not, or it is done already.</returns>
    public async Task<bool> TrustAsync(Session session, KeyChange change)
    {
        if (!MayCheck(change, session.Actor) || !await session.KeyChanges.TrustAsync(change.Id, session.Actor.Id!.Value))
            return false;

        await session.Audit.AddAsync(session.Actor.Id, new AuditAct("address.key_trust"), change.Address.Value);
        return true;
    }
}
