using AlertBot.Domain.Cases;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.People;

namespace AlertBot.Workflows.Subscribing;

/// <summary>Takes back that a phone in other hands linked a group, or followed a case.</summary>
public sealed class UndoFollowing : IUndo
{
    public IReadOnlyCollection<string> Acts => ["case.link", "case.subscribe"];

    public async Task<bool> RunAsync(Session session, AuditEntry act, Actor actor)
    {
        if (act.Subject is not { } subject || !Guid.TryParseExact(act.Detail, "N", out var address)
            || !await session.Subscriptions.RemoveAsync(new CaseId(subject), new AddressId(address)))
            return false;

        await session.Audit.AddAsync(actor.Id, act.Act == "case.link" ? "case.unlink" : "case.unsubscribe", subject, act.Detail);
        return true;
    }
}

/// <summary>Gives back to a group what a phone in other hands took from it.</summary>
public sealed class UndoUnlinking : IUndo
{
    public IReadOnlyCollection<string> Acts => ["case.unlink", "case.unsubscribe"];

    public async Task<bool> RunAsync(Session session, AuditEntry act, Actor actor)
    {
        if (act.Subject is not { } subject || !Guid.TryParseExact(act.Detail, "N", out var address)
            || !await session.Subscriptions.AddAsync(new CaseId(subject), new AddressId(address), actor.Id))
            return false;

        await session.Audit.AddAsync(actor.Id, act.Act == "case.unlink" ? "case.link" : "case.subscribe", subject, act.Detail);
        return true;
    }
}
