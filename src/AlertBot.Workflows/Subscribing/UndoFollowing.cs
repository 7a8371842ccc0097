using AlertBot.Domain.Cases;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.People;

namespace AlertBot.Workflows.Subscribing;

/// <summary>Undoes that a phone in other hands linked a group or followed a case.</summary>
public sealed class UndoFollowing : IUndo
{
    public IReadOnlyCollection<AuditAct> Acts => [AuditAct.CaseLinked, AuditAct.CaseFollowed];

    public async Task<bool> RunAsync(Session session, AuditEntry act)
    {
        if (act.Subject is not { } subject || !Guid.TryParseExact(act.Detail, "N", out var address)
            || !await session.Subscriptions.RemoveAsync(new CaseId(subject), new AddressId(address)))
            return false;

        await session.Audit.AddAsync(
            session.Actor.Id, act.Act == AuditAct.CaseLinked ? AuditAct.CaseUnlinked : AuditAct.CaseUnfollowed, subject, act.Detail);
        return true;
    }
}

/// <summary>Undoes that a phone in other hands unlinked a group.</summary>
public sealed class UndoUnlinking : IUndo
{
    public IReadOnlyCollection<AuditAct> Acts => [AuditAct.CaseUnlinked, AuditAct.CaseUnfollowed];

    public async Task<bool> RunAsync(Session session, AuditEntry act)
    {
        if (act.Subject is not { } subject || !Guid.TryParseExact(act.Detail, "N", out var address)
            || !await session.Subscriptions.AddAsync(new CaseId(subject), new AddressId(address), session.Actor.Id))
            return false;

        await session.Audit.AddAsync(
            session.Actor.Id, act.Act == AuditAct.CaseUnlinked ? AuditAct.CaseLinked : AuditAct.CaseFollowed, subject, act.Detail);
        return true;
    }
}
