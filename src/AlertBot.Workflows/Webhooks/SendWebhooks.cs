using AlertBot.Domain.Alerts;
using AlertBot.Domain.People;
using AlertBot.Domain.Webhooks;
using AlertBot.Postgres;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Texts;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace AlertBot.Workflows.Webhooks;

/// <summary>
/// Sends what waits for webhooks, at least once each: with a pause after a failure, for a day. One that fails for three days is switched off, and
/// owners are told.
/// </summary>
public sealed partial class SendWebhooks(
    Database database, WebhookPost post, Alerts alerting, DamagedRow damaged, Wakeups wakeups, TimeProvider time, ILogger<SendWebhooks> logger)
{
    private const int AtOnce = 20;

    /// <summary>Fewer failures of one call may be an accident.</summary>
    private const int SurelyFailing = 3;

    private static readonly Duration OffAfter = Duration.FromDays(3);
    private static readonly Duration LookAnyway = Duration.FromSeconds(30);

    // Must outlast a batch, whose calls are sent at the same time.
    private static readonly Duration Lease = Duration.FromSeconds(60);

    /// <summary>Sends until cancelled. Any node may: calls are kept apart by row locks.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            var news = wakeups.Next(Wakeups.Webhooks);
            var wait = LookAnyway;
            try
            {
                await DrainAsync(ct);
                wait = Duration.Max(Duration.FromSeconds(1), Duration.Min(LookAnyway, await UntilNextAsync(ct) ?? LookAnyway));
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception outage)
            {
                // What was taken is due again after its lease.
                LogStopped(outage.GetType().Name);
            }

            using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
            await Task.WhenAny(news, Task.Delay(wait.ToTimeSpan(), time, over.Token));
            await over.CancelAsync();
        }
    }

    /// <summary>Sends all that is due now.</summary>
    public async Task DrainAsync(CancellationToken ct)
    {
        while (await TakeAsync(ct) is { Count: > 0 } calls)
            await Task.WhenAll(calls.Select(call => SendAsync(call, ct)));
    }

    private async Task<IReadOnlyList<WebhookCall>> TakeAsync(CancellationToken ct)
    {
        await using var session = await database.BeginAsync(ct);
        var calls = await session.Webhooks.TakeDueAsync(AtOnce, Lease);
        await session.CommitAsync(ct);
        return calls;
    }

    private async Task<Duration?> UntilNextAsync(CancellationToken ct)
    {
        await using var session = await database.BeginAsync(ct);
        return await session.Webhooks.NextDueAsync() - session.Now;
    }

    private async Task SendAsync(WebhookCall call, CancellationToken ct)
    {
        Webhook? to = null;
        Instant now;
        await using (var look = await database.BeginAsync(ct))
        {
            now = look.Now;
            if (await look.TryAsync(async () => to = await look.Webhooks.FindAsync(call.To), ct) is { } failure)
            {
                // One that does not open must not hold up the calls of the others.
                await damaged.TellAsync(look, "webhook", call.To.Value, failure);
                await look.Webhooks.FailedAsync(call, "damaged", AgainAt(call, now));
                await look.CommitAsync(ct);
            }
        }

        if (to is null)
            return;
        if (to.IsOff)
        {
            // It was written while somebody switched the webhook off, or it waited then.
            await using var late = await database.BeginAsync(ct);
            await late.Webhooks.GiveUpAsync(call);
            await late.CommitAsync(ct);
            return;
        }

        var why = await post.SendAsync(to, call, now, ct);
        await using var session = await database.BeginAsync(ct);
        if (why is null)
        {
            await session.Webhooks.TakenAsync(call);
        }
        else
        {
            await session.Webhooks.FailedAsync(call, why, AgainAt(call, session.Now));
            LogFailed(to.Id.Value, call.Attempts, why);
            if (call.Attempts >= SurelyFailing && to.FailingSince < session.Now - OffAfter)
                await SwitchOffAsync(session, to, why);
        }

        await session.CommitAsync(ct);
    }

    // Null: it is given up.
    private static Instant? AgainAt(WebhookCall call, Instant now) =>
        now + WebhookCall.WaitAfter(call.Attempts) is var again && again < call.At + WebhookCall.WorthSendingFor ? again : null;

    private async Task SwitchOffAsync(Session session, Webhook to, string why)
    {
        if (await session.Webhooks.SwitchOffAsync(to.Id) is not { } lost)
            return;
        await session.Audit.AddAsync(null, new AuditAct("webhook.off"), to.Id.Value);
        var draft = new AlertDraft(
            null, AlertKind.WebhookOff, Severity.Urgent, $"webhook-off:{to.Id.Value:N}:{session.Now.ToUnixTimeSeconds()}",
            new Line("webhook.off", ("host", to.Url.Host), ("why", why), ("lost", lost)))
        {
            Needs = Role.Owner,
        };
        await alerting.RaiseAsync(session, draft, await session.Addresses.OpenWithRoleAsync(Role.Owner));
    }

    [LoggerMessage(LogLevel.Warning, "Webhook {WebhookId} did not take a call (attempt {Attempt}): {Why}")]
    private partial void LogFailed(Guid webhookId, int attempt, string why);

    [LoggerMessage(LogLevel.Warning, "Calling webhooks stopped ({Failure}); it begins anew")]
    private partial void LogStopped(string failure);
}
