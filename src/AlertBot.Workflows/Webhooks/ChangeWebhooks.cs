using AlertBot.Domain.People;
using AlertBot.Domain.Webhooks;
using AlertBot.Postgres;

namespace AlertBot.Workflows.Webhooks;

/// <summary>An owner adds a webhook, removes one, or switches one on again that failed for too long.</summary>
public sealed class ChangeWebhooks(WebhookPlaces places)
{
    private const int LongestUrl = 1000;
    private const int Most = 20;

    /// <returns>Null when the actor may not, or when the address or what it is told of is none.</returns>
    public async Task<Webhook?> AddAsync(Session session, string? url, IReadOnlyCollection<WebhookKind> kinds)
    {
        if (!May(session) || kinds.Count == 0 || url is not { Length: <= LongestUrl } || !Uri.TryCreate(url.Trim(), UriKind.Absolute, out var to)
            || !places.Allows(to) || (await session.Webhooks.AllAsync()).Count >= Most)
            return null;

        var webhook = new Webhook(
            WebhookId.New(), to, "whsec_" + ConsoleSecret.New().Reveal(), kinds.Distinct().Order().ToList(), session.Now)
        {
            MadeBy = session.Actor.Id,
        };
        await session.Webhooks.AddAsync(webhook);
        await session.Audit.AddAsync(session.Actor.Id, new AuditAct("webhook.add"), webhook.Id.Value);
        return webhook;
    }

    /// <returns>False when the actor may not, or when there is none such.</returns>
    public async Task<bool> RemoveAsync(Session session, WebhookId id) =>
        May(session) && await session.Webhooks.RemoveAsync(id) && await NotedAsync(session, new AuditAct("webhook.remove"), id);

    /// <inheritdoc cref="RemoveAsync"/>
    public async Task<bool> SwitchOnAsync(Session session, WebhookId id) =>
        May(session) && await session.Webhooks.SwitchOnAsync(id) && await NotedAsync(session, new AuditAct("webhook.on"), id);

    private static bool May(Session session) => session.Actor.Token is null && session.Actor.MayActAs(Role.Owner);

    private static async Task<bool> NotedAsync(Session session, AuditAct act, WebhookId id)
    {
        await session.Audit.AddAsync(session.Actor.Id, act, id.Value);
        return true;
    }
}
