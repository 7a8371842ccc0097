using AlertBot.Domain.Alerts;
using AlertBot.Domain.People;
using AlertBot.Domain.Webhooks;
using AlertBot.Postgres;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Webhooks;

/// <summary>
/// An owner adds a webhook, removes one, or switches one on again. It goes on telling a program when its owner sleeps, so all owners hear of it at
/// once: of theirs too, which a browser in other hands may have added. Whoever switches one on answers for it from then on.
/// </summary>
public sealed class ChangeWebhooks(WebhookPlaces places, Alerts alerting)
{
    private const int LongestUrl = 1000;
    private const int Most = 20;

    internal static readonly AuditAct Removed = new("webhook.remove");

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
        await session.Audit.AddAsync(session.Actor.Id, AuditAct.WebhookAdded, webhook.Id.Value);
        await TellAsync(session, webhook, "webhook.added");
        return webhook;
    }

    /// <returns>False when the actor may not, or when there is none such.</returns>
    public async Task<bool> RemoveAsync(Session session, WebhookId id)
    {
        if (!May(session) || !await session.Webhooks.RemoveAsync(id))
            return false;
        await session.Audit.AddAsync(session.Actor.Id, Removed, id.Value);
        return true;
    }

    /// <inheritdoc cref="RemoveAsync"/>
    public async Task<bool> SwitchOnAsync(Session session, WebhookId id)
    {
        if (!May(session) || !await session.Webhooks.SwitchOnAsync(id, session.Actor.Id) || await session.Webhooks.FindAsync(id) is not { } webhook)
            return false;
        await session.Audit.AddAsync(session.Actor.Id, new AuditAct("webhook.on"), id.Value);
        await TellAsync(session, webhook, "webhook.switched-on");
        return true;
    }

    private static bool May(Session session) => session.Actor.Token is null && session.Actor.MayActAs(Role.Owner);

    private async Task TellAsync(Session session, Webhook webhook, string key)
    {
        var all = await Recipients.CoordinatorsAsync(session);
        if (all.Count == 0)
            return;
        var owners = all.Where(one => one.Role == Role.Owner).ToList();
        // A single owner would be told of their own act alone.
        var isAlone = owners.All(one => one.Person == session.Actor.Id);
        var draft = new AlertDraft(
            null, AlertKind.WebhookAdded, Severity.Urgent, $"{key}:{webhook.Id.Value:N}:{session.Now.ToUnixTimeMilliseconds()}",
            [
                new Line(
                    key, ("role", session.Actor.Person?.Role ?? Role.Owner), ("sign", session.Actor.Person?.Shown ?? "–"),
                    ("host", webhook.Url.Host)),
                .. webhook.Kinds.Select(kind => new Line("webhook.kind", ("kind", kind))),
                new Line("webhook.added-what"),
            ])
        {
            Needs = isAlone ? Role.Coordinator : Role.Owner,
        };
        await alerting.RaiseAsync(session, draft, isAlone ? all : owners);
    }
}
