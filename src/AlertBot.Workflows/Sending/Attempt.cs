using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Postgres;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Configuration;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Sending;

/// <summary>Writes down what became of one attempt to deliver, and what follows from it.</summary>
public sealed class Attempt(Database database, TextCatalog texts)
{
    // Sent twice without an answer, a third copy would only add to the confusion: people are told instead.
    private const int MostUnclear = 2;
    private static readonly Duration LowWaits = Duration.FromMinutes(1);
    private static readonly Duration LongestBackOff = Duration.FromMinutes(5);

    /// <param name="parts">How many messages the text takes.</param>
    /// <param name="dice">0 to 1: spreads retries, so that many do not come back at once.</param>
    public async Task RecordAsync(DueDelivery delivery, int parts, SendResult result, Instant now, double dice, CancellationToken ct)
    {
        await using var session = await database.BeginAsync(ct);
        switch (result)
        {
            case SendResult.Sent sent when delivery.PartsSent + 1 < parts:
                await session.Outbox.MarkPartSentAsync(delivery.Id, sent.Message, now);
                break;
            case SendResult.Sent sent:
                await session.Outbox.MarkSentAsync(delivery.Id, sent.Message, now);
                break;
            case SendResult.TryLater later:
                await LaterAsync(session, delivery, later, now, dice);
                break;
            case SendResult.Moved moved:
                await session.Addresses.MoveAsync(delivery.At, moved.To);
                await session.Outbox.MarkRetryAsync(delivery.Id, now, "moved");
                break;
            case SendResult.Maybe maybe when delivery.Unclear + 1 >= MostUnclear:
                await session.Outbox.EndAsync(delivery.Id, DeliveryState.Failed, maybe.Reason, now);
                await UndeliveredAsync(session, delivery, "unclear", now);
                break;
            case SendResult.Maybe maybe:
                await session.Outbox.MarkMaybeAsync(delivery.Id, delivery.Priority == DeliveryPriority.Now ? now : now + LowWaits, maybe.Reason);
                break;
            case SendResult.Refused refused:
                await RefusedAsync(session, delivery, refused.Why, now);
                break;
        }

        await session.CommitAsync(ct);
    }

    /// <summary>It was worth sending until now, and never got through.</summary>
    public async Task ExpireAsync(DueDelivery delivery, Instant now, CancellationToken ct)
    {
        await using var session = await database.BeginAsync(ct);
        await session.Outbox.EndAsync(delivery.Id, DeliveryState.Expired, "expired", now);
        await UndeliveredAsync(session, delivery, "expired", now);
        await session.CommitAsync(ct);
    }

    /// <summary>There is nothing to change: the message it corrects never arrived.</summary>
    public async Task SupersedeAsync(DueDelivery delivery, Instant now, CancellationToken ct)
    {
        await using var session = await database.BeginAsync(ct);
        await session.Outbox.EndAsync(delivery.Id, DeliveryState.Superseded, null, now);
        await session.CommitAsync(ct);
    }

    private static Task LaterAsync(Session session, DueDelivery delivery, SendResult.TryLater later, Instant now, double dice)
    {
        // A wait that the messenger names is kept to the second; an outage is met with growing patience.
        var wait = later.Scope != WaitScope.Message
            ? later.After + Duration.FromMilliseconds(200 * dice)
            : Duration.Min(LongestBackOff, later.After * Math.Pow(2, Math.Min(delivery.Attempts - 1, 10))) * (0.75 + dice / 2);
        return session.Outbox.MarkRetryAsync(delivery.Id, now + wait, later.Reason);
    }

    private async Task RefusedAsync(Session session, DueDelivery delivery, Refusal why, Instant now)
    {
        var outcome = Words.Snake(why.ToString());
        switch (why)
        {
            case Refusal.Unauthorized:
                // Not the message's fault: it waits until the operator has given a good token.
                await session.Outbox.MarkRetryAsync(delivery.Id, now + Duration.FromSeconds(30), outcome);
                break;

            case Refusal.NotEditable when delivery.IsEdit:
                await session.Outbox.SendAnewAsync(delivery.Id, now);
                break;

            case Refusal.BadMessage or Refusal.NotEditable:
                await session.Outbox.EndAsync(delivery.Id, DeliveryState.Failed, outcome, now);
                await UndeliveredAsync(session, delivery, outcome, now);
                break;

            default:
                await session.Outbox.EndAsync(delivery.Id, DeliveryState.Failed, outcome, now);
                await session.Outbox.FailAllAsync(delivery.To, outcome, now);
                if (await session.Addresses.FindAsync(delivery.To) is { } address && await session.Addresses.DarkenAsync(delivery.To, why, now))
                    await DarkAddress.TellAsync(session, texts, address, why, now);
                break;
        }
    }

    // Of an answer to somebody who was talking to us, nobody needs to hear; and never of this very message.
    private async Task UndeliveredAsync(Session session, DueDelivery delivery, string why, Instant now)
    {
        if (delivery.Alert is not { } id || await session.Alerts.FindAsync(id) is not { } alert || alert.Kind == "undelivered")
            return;

        var code = alert.Case is { } @case ? (await session.Cases.FindAsync(@case))?.Code.Text : null;
        var draft = new AlertDraft(null, "undelivered", Severity.Urgent, $"undelivered:{delivery.Id.Value:N}", new Line(
            "alert.undelivered", ("code", code ?? "–"), ("reason", why)));
        var coordinators = (await Alerts.CoordinatorsAsync(session)).Where(one => one.Address != delivery.To).ToList();
        await Alerts.RaiseAsync(session, texts, draft, coordinators, now);
    }
}
