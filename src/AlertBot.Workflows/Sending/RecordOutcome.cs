using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Configuration;
using AlertBot.Workflows.Messengers;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Sending;

/// <summary>Records the outcome of one delivery, and tells coordinators if somebody will miss something.</summary>
public sealed class RecordOutcome(
    Database database, ChannelChallenges channelChallenges, SendElsewhere sendElsewhere, DarkAddress darkAddress,
    KeyChanges keyChanges, Alerts alerting)
{
    private static readonly Duration KeyIsTold = Duration.FromSeconds(10);

    /// <summary>Records it for the delivery and for those in the same message.</summary>
    /// <param name="of">The outcome for each of them.</param>
    /// <param name="keepsChoices">True for a messenger without buttons: the database then stores the message's choices.</param>
    public async Task RecordAsync(DueDelivery delivery, Func<DueDelivery, DeliveryOutcome> of, bool keepsChoices, CancellationToken ct)
    {
        await using var session = await database.BeginAsync(ct);
        var first = of(delivery);
        for (var index = 0; index < delivery.Bundled.Count; index++)
        {
            var one = delivery.Bundled[index];
            var outcome = of(one) switch
            {
                // What closes an address for the first of them waits again, and then fails or moves with all that waits there.
                DeliveryOutcome.Darken or DeliveryOutcome.Follow => new DeliveryOutcome.Retry(session.Now, "moved"),
                // Whoever was tried more often would wait longer, and be overtaken by the others.
                DeliveryOutcome.Retry own when first is DeliveryOutcome.Retry all => own with { At = all.At },
                var its => its,
            };
            await RecordAsync(session, one, outcome, keepsChoices: false, index + 1);
        }

        await RecordAsync(session, delivery, first, keepsChoices, delivery.IsBundled ? 0 : null);
        await session.CommitAsync(ct);
    }

    /// <summary>Records many messages of one messenger as sent, in one transaction: a thousand writes to the disk a second are too many.</summary>
    internal async Task SentAsync(IReadOnlyList<(DueDelivery Delivery, MessageRef Message)> sent)
    {
        await using var session = await database.BeginQuickAsync(CancellationToken.None);
        await session.Outbox.MarkSentAsync(sent.Select(one => (one.Delivery.Id, one.Message)).ToList());
        await session.Fallbacks.SupersedeOtherAsync(sent.Select(one => one.Delivery.Id).ToList());
        foreach (var (delivery, _) in sent.Where(one => one.Delivery.IsDark))
            await session.Addresses.BrightenAsync(delivery.To);
        await channelChallenges.PassedAsync(session, sent[0].Delivery.At.Channel, sent.Any(one => one.Delivery.IsNew));
        await session.CommitAsync(CancellationToken.None);
    }

    private async Task RecordAsync(Session session, DueDelivery delivery, DeliveryOutcome outcome, bool keepsChoices, int? place)
    {
        switch (outcome)
        {
            case DeliveryOutcome.PartSent part:
                await session.Outbox.MarkPartSentAsync(delivery, part.Message);
                break;
            case DeliveryOutcome.Sent sent:
                await session.Outbox.MarkSentAsync(delivery.Id, sent.Message, place);
                await session.Fallbacks.SupersedeOtherAsync(delivery.Id);
                if (keepsChoices)
                    await session.Offers.AddAsync(delivery.To, sent.Message, delivery.Edits ?? sent.Message, NumberedChoices.Of(delivery.Message));
                break;
            case DeliveryOutcome.Retry retry:
                await session.Outbox.MarkRetryAsync(delivery, retry.At, retry.Reason, retry.MayHaveArrived);
                break;
            case DeliveryOutcome.Challenged challenged:
                await session.Outbox.MarkRetryAsync(delivery, challenged.At, delivery.IsNew ? WaitReason.NewPeople : WaitReason.Account);
                await channelChallenges.HeardAsync(session, delivery.At.Channel, challenged.Challenge, challenged.At, delivery.IsNew);
                break;
            case DeliveryOutcome.Follow follow:
                await session.Addresses.MoveAsync(delivery.At, follow.To);
                await session.Outbox.MarkRetryAsync(delivery, follow.At, "moved");
                await session.Audit.AddAsync(null, AuditAct.AddressMoved, delivery.To.Value);
                break;
            case DeliveryOutcome.Repeat repeat:
                await session.Outbox.MarkMaybeAsync(delivery, repeat.At, repeat.Reason);
                break;
            case DeliveryOutcome.SendAnew:
                await session.Outbox.SendAnewAsync(delivery);
                break;
            case DeliveryOutcome.Fail fail:
                var isElsewhere = await SendElsewhereAsync(session, delivery);
                if (await session.Outbox.EndAsync(delivery, DeliveryState.Failed, fail.Reason) && !isElsewhere)
                    await UndeliveredAsync(session, delivery.Id, delivery.Alert, delivery.To, fail.Reason);
                break;
            case DeliveryOutcome.Darken darken:
                await DarkenAsync(session, delivery, darken);
                break;
        }

        // A message just arrived there, so the address is not dark.
        if (delivery.IsDark && outcome is DeliveryOutcome.Sent or DeliveryOutcome.PartSent)
            await session.Addresses.BrightenAsync(delivery.To);
        if (outcome is DeliveryOutcome.Sent)
            await channelChallenges.PassedAsync(session, delivery.At.Channel, delivery.IsNew);
    }

    /// <summary>Ends a delivery that was not sent while it was still worth sending.</summary>
    public async Task ExpireAsync(DueDelivery delivery, CancellationToken ct)
    {
        await using var session = await database.BeginAsync(ct);
        // Those that were to share its message are still worth sending.
        foreach (var companion in delivery.Bundled)
            await session.Outbox.MarkRetryAsync(companion, session.Now, WaitReason.LeftOver);
        if (await session.Outbox.EndAsync(delivery, DeliveryState.Expired, "expired"))
            await UndeliveredAsync(session, delivery.Id, delivery.Alert, delivery.To, "expired");
        await session.CommitAsync(ct);
    }

    /// <summary>Lets a delivery wait for another day, because today's budget of new people is used up.</summary>
    public async Task WaitForBudgetAsync(DueDelivery delivery, Instant until, CancellationToken ct)
    {
        await using var session = await database.BeginAsync(ct);
        await session.Outbox.MarkRetryAsync(delivery, until, WaitReason.Budget);
        await session.CommitAsync(ct);
    }

    /// <summary>Ends an edit whose message never arrived.</summary>
    public async Task SupersedeAsync(DueDelivery delivery, CancellationToken ct)
    {
        await using var session = await database.BeginAsync(ct);
        await session.Outbox.EndAsync(delivery, DeliveryState.Superseded, null);
        await session.CommitAsync(ct);
    }

    /// <summary>Tells coordinators of a delivery that could not be decrypted and was given up.</summary>
    public Task UnreadableAsync(Session session, UnreadableDelivery damaged) =>
        UndeliveredAsync(session, damaged.Id, damaged.Alert, damaged.To, "unreadable");

    private async Task DarkenAsync(Session session, DueDelivery delivery, DeliveryOutcome.Darken darken)
    {
        if (darken.Why == Refusal.KeyChanged && await KeyChangedAsync(session, delivery))
            return;

        var outcome = Words.Snake(darken.Why.ToString());
        await SendElsewhereAsync(session, delivery);
        foreach (var waiting in await session.Fallbacks.WaitingAlertsAsync(delivery.To))
        {
            if (await session.Fallbacks.StuckAsync(waiting) is { } stuck)
                await sendElsewhere.RunAsync(session, stuck);
        }

        await session.Outbox.EndAsync(delivery, DeliveryState.Failed, outcome);
        await session.Outbox.FailAllAsync(delivery.To, outcome);
        if (await session.Addresses.FindAsync(delivery.To) is { } address && await session.Addresses.DarkenAsync(delivery.To, darken.Why))
            await darkAddress.TellAsync(session, address, darken.Why);
    }

    // A suspended person gets nothing on other accounts either. False if the key belongs to no known person.
    private async Task<bool> KeyChangedAsync(Session session, DueDelivery delivery)
    {
        const string Outcome = "key_changed";
        switch (await session.KeyChanges.FindAsync(delivery.To))
        {
            case { TrustedAt: not null }:
                // A colleague has confirmed the key, and the messenger is being told.
                await session.Outbox.MarkRetryAsync(delivery, session.Now + KeyIsTold, Outcome);
                return true;
            case null when await session.Addresses.FindAsync(delivery.To) is not { } address || !await keyChanges.HeardAsync(session, address):
                return false;
            default:
                await session.Outbox.EndAsync(delivery, DeliveryState.Failed, Outcome);
                return true;
        }
    }

    // False if no other account of the person can be reached.
    private async Task<bool> SendElsewhereAsync(Session session, DueDelivery delivery)
    {
        if (delivery is not { Alert: not null, IsEdit: false })
            return false;
        return await session.Fallbacks.IsElsewhereAsync(delivery.Id)
            || (await session.Fallbacks.StuckAsync(delivery.Id) is { } stuck && await sendElsewhere.RunAsync(session, stuck));
    }

    // A lost answer in a conversation concerns nobody else. A lost alert of this kind must not raise another one.
    private async Task UndeliveredAsync(Session session, DeliveryId delivery, AlertId? about, AddressId to, string why)
    {
        if (about is not { } id || await session.Alerts.AboutAsync(id) is not { } alert || alert.Kind == AlertKind.Undelivered)
            return;

        var code = alert.Case is { } @case ? (await session.Cases.FindAsync(@case))?.Code.Text : null;
        var draft = new AlertDraft(null, AlertKind.Undelivered, Severity.Urgent, $"undelivered:{delivery.Value:N}", new Line(
            "alert.undelivered", ("code", code ?? "–"), ("reason", why)));
        var coordinators = (await Recipients.CoordinatorsAsync(session)).Where(one => one.Address != to).ToList();
        await alerting.RaiseAsync(session, draft, coordinators);
    }
}
