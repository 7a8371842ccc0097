using AlertBot.Domain.People;
using AlertBot.Domain.Webhooks;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.People;

namespace AlertBot.Workflows.Webhooks;

/// <summary>Removes a webhook that a phone in other hands added. With the suspension it was switched off.</summary>
public sealed class UndoWebhook : IUndo
{
    public IReadOnlyCollection<AuditAct> Acts => [AuditAct.WebhookAdded];

    public async Task<bool> RunAsync(Session session, AuditEntry act)
    {
        if (act.Subject is not { } id || !await session.Webhooks.RemoveAsync(new WebhookId(id)))
            return false;

        await session.Audit.AddAsync(session.Actor.Id, ChangeWebhooks.Removed, id);
        return true;
    }
}
