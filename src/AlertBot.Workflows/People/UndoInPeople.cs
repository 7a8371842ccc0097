using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;

namespace AlertBot.Workflows.People;

/// <summary>Undoes an invitation: an unused one stops working, and the person who used it loses the role.</summary>
public sealed class UndoInvite(ChangeRole changeRole) : IUndo
{
    public IReadOnlyCollection<AuditAct> Acts => [AuditAct.InviteMade];

    public async Task<bool> RunAsync(Session session, AuditEntry act)
    {
        if (act.Subject is not { } id || await session.Invites.FindAsync(id) is not { IsUndone: false } invite)
            return false;

        await session.Invites.UndoAsync(id);
        await session.Audit.AddAsync(session.Actor.Id, new AuditAct("invite.undo"), id);
        if (invite.UsedBy is { } guest)
            await changeRole.RunAsync(session, guest, Role.Reporter, isUndo: true);
        return true;
    }
}

/// <summary>Undoes a suspension that a phone in other hands began.</summary>
public sealed class UndoFreeze(FreezePerson freezePerson) : IUndo
{
    public IReadOnlyCollection<AuditAct> Acts => [AuditAct.PersonFrozen];

    public async Task<bool> RunAsync(Session session, AuditEntry act) =>
        act.Subject is { } whom && await freezePerson.EndAsync(session, new PersonId(whom)) == FreezeOutcome.Done;
}
