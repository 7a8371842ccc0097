using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Postgres;
using AlertBot.Workflows.Texts;
using Microsoft.Extensions.Logging;
using NodaTime;
using Npgsql;

namespace AlertBot.Workflows.Sending;

/// <summary>Sends one delivery, or the next part of a long one, and records the outcome.</summary>
internal sealed partial class DeliverySender(
    Database database, IChannel channel, RecordOutcome record, TextCatalog texts, IClock clock, TimeProvider time, ILogger logger)
{
    // Only this process knows the outcome, so it waits while the database restarts.
    private const int MostTries = 60;
    private const int MostTriesWhenStopping = 4;
    // At such a pace a write to the disk for each message is more than the disk can do.
    private const double ManyPerSecond = 300;
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(500);

    // One message that the messenger cannot take must not silence its chat for long.
    private static readonly Duration LongestChatHold = Duration.FromSeconds(10);
    private static readonly Duration OperatorWaits = Duration.FromSeconds(30);

    private readonly SentTogether _together = new(
        record.SentAsync, channel.Capabilities.MessagesPerSecond > ManyPerSecond ? Gather : TimeSpan.Zero, time);

    private readonly Strangers _strangers = new(database, channel);
    private readonly long _epoch = time.GetTimestamp();

    /// <summary>The time of a clock that never jumps, by which the pace is kept.</summary>
    public Instant Tick() => NodaConstants.UnixEpoch + Duration.FromTimeSpan(time.GetElapsedTime(_epoch));

    /// <summary>Never throws. If the outcome cannot be recorded, the next sender finds the delivery when its lease ends.</summary>
    /// <param name="isOurs">
    /// Says whether this node is still the sender. It is asked last before the request is written. If not, the delivery stays under our lease,
    /// where the next sender finds it.
    /// </param>
    /// <param name="stopping">Cancelled when the program ends: a failing database then gets fewer attempts.</param>
    public async Task DeliverAsync(
        DueDelivery delivery, SendPace pace, SendPace.Departure departure, Func<CancellationToken, ValueTask<bool>> isOurs,
        CancellationToken stopping)
    {
        var now = clock.GetCurrentInstant();
        if (delivery.ExpiresAt <= now)
        {
            pace.Cancel(departure);
            await WriteDownAsync(delivery, () => record.ExpireAsync(delivery, CancellationToken.None), stopping);
        }
        else if (DeliveryOutcome.IsChange(delivery) && delivery.Edits is null)
        {
            pace.Cancel(departure);
            await WriteDownAsync(delivery, () => record.SupersedeAsync(delivery, CancellationToken.None), stopping);
        }
        else if (await StrangerWaitsAsync(delivery, stopping) is { } until)
        {
            pace.Cancel(departure);
            await WriteDownAsync(delivery, () => record.WaitForBudgetAsync(delivery, until, CancellationToken.None), stopping);
        }
        else if (!await isOurs(CancellationToken.None))
        {
            pace.Cancel(departure);
            LogTakenOver(delivery.Id.Value);
        }
        else
        {
            await SendAsync(delivery, pace, departure, stopping);
            pace.Return(departure, Tick());
        }
    }

    private async Task<Instant?> StrangerWaitsAsync(DueDelivery delivery, CancellationToken stopping)
    {
        Instant? until = null;
        if (delivery.IsToStranger)
            await WriteDownAsync(delivery, async () => until = await _strangers.WaitAsync(delivery, CancellationToken.None), stopping);
        return until;
    }

    private async Task SendAsync(DueDelivery delivery, SendPace pace, SendPace.Departure departure, CancellationToken stopping)
    {
        var parts = PartsOf(delivery);
        var part = parts[Math.Min(delivery.PartsSent, parts.Count - 1)];
        var result = await TryAsync(delivery, Marked(delivery, part), departure, () => pace.Left(departure, Tick()));

        var now = clock.GetCurrentInstant();
        var dice = Random.Shared.NextDouble();
        DeliveryOutcome Of(DueDelivery one) => DeliveryOutcome.On(one, parts.Count, result, now, dice);
        var outcome = Of(delivery);
        Hold(pace, delivery, result, outcome is DeliveryOutcome.Retry retry ? retry.At - now : Duration.Zero);
        var keepsChoices = !channel.Capabilities.HasButtons;
        Func<Task> write = outcome is DeliveryOutcome.Sent sent && !keepsChoices && !delivery.IsBundled
            ? () => _together.AddAsync(delivery, sent.Message)
            : () => record.RecordAsync(delivery, Of, keepsChoices, CancellationToken.None);
        await WriteDownAsync(delivery, write, stopping);
    }

    // Never cancelled: stopping in the middle would leave open whether the message arrived.
    private async Task<SendResult> TryAsync(DueDelivery delivery, OutgoingMessage message, SendPace.Departure departure, Action left)
    {
        try
        {
            if (!DeliveryOutcome.IsChange(delivery) || delivery.Edits is not { } sent)
                return await channel.SendAsync(delivery.At, message, CancellationToken.None, left);
            if (message.IsWithdrawal && await channel.DeleteAsync(delivery.At, sent, CancellationToken.None) is not SendResult.Refused
                { Why: Refusal.NotEditable or Refusal.BadMessage } and var gone)
                return gone;
            return await channel.EditAsync(delivery.At, sent, message, CancellationToken.None, left);
        }
        catch (Exception mistake)
        {
            // A channel should not throw. If it does, other deliveries go on.
            LogChannelFailed(delivery.Id.Value, mistake.GetType().Name);
            return departure.HasLeft
                ? new SendResult.Maybe("unexpected")
                : new SendResult.TryLater(Duration.FromSeconds(5), "unexpected", WaitScope.Message);
        }
    }

    private async Task WriteDownAsync(DueDelivery delivery, Func<Task> write, CancellationToken stopping)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await write();
                return;
            }
            catch (Exception outage) when (outage is NpgsqlException { IsTransient: true } or IOException or TimeoutException
                && tries < (stopping.IsCancellationRequested ? MostTriesWhenStopping : MostTries))
            {
                await Task.Delay(BetweenTries, time, CancellationToken.None);
            }
            catch (Exception failure)
            {
                LogNotRecorded(delivery.Id.Value, failure.GetType().Name);
                return;
            }
        }
    }

    private void Hold(SendPace pace, DueDelivery delivery, SendResult result, Duration wait)
    {
        var now = Tick();
        if (result is SendResult.TryLater { Scope: WaitScope.Account or WaitScope.Chat } asked)
            SendingMeter.AskedToWait(channel.Kind, asked.Scope);
        switch (result)
        {
            case SendResult.TryLater { Scope: WaitScope.Account } later:
                pace.TooFast(now + later.After);
                LogAskedToWait(channel.Kind, later.After.TotalSeconds);
                break;
            case SendResult.Challenged challenged:
                pace.HoldForAnswer(now + challenged.After, now, delivery.IsNew);
                LogChallenged(channel.Kind);
                break;
            case SendResult.TryLater { Scope: WaitScope.Chat }:
                pace.HoldChat(delivery.ChatHash, now + wait);
                break;
            case SendResult.TryLater:
                pace.HoldChat(delivery.ChatHash, now + Duration.Min(wait, LongestChatHold));
                break;
            case SendResult.Refused { Why: Refusal.Unauthorized }:
                pace.HoldAccount(now + OperatorWaits);
                LogUnauthorized(channel.Kind);
                break;
        }
    }

    // Every part leaves room for the note "possible repeat", so that each attempt splits the text alike.
    private IReadOnlyList<OutgoingMessage> PartsOf(DueDelivery delivery) =>
        MessageSplitter.Split(
            channel.Capabilities.HasButtons ? delivery.Message : NumberedChoices.Written(delivery.Message, delivery.Language, texts),
            channel.Capabilities.MaxTextLength - delivery.RepeatNote.Plain.Length - 1);

    private static OutgoingMessage Marked(DueDelivery delivery, OutgoingMessage part) =>
        delivery is { Unclear: > 0, IsBundled: false } && !DeliveryOutcome.IsChange(delivery)
        ? part with { Text = delivery.RepeatNote + RichText.Of("\n") + part.Text }
        : part;

    [LoggerMessage(LogLevel.Warning, "The outcome of delivery {Id} could not be written down ({Failure})")]
    private partial void LogNotRecorded(Guid id, string failure);

    [LoggerMessage(LogLevel.Warning, "Delivery {Id} is left to the node that sends now")]
    private partial void LogTakenOver(Guid id);

    [LoggerMessage(LogLevel.Error, "The channel failed over delivery {Id} ({Failure})")]
    private partial void LogChannelFailed(Guid id, string failure);

    [LoggerMessage(LogLevel.Warning, "{Channel} asks for {Seconds} s of patience")]
    private partial void LogAskedToWait(ChannelKind channel, double seconds);

    [LoggerMessage(LogLevel.Error, "{Channel} wants a captcha solved before it takes another message")]
    private partial void LogChallenged(ChannelKind channel);

    [LoggerMessage(LogLevel.Error, "{Channel} refuses our credentials: nothing can be sent until they are put right")]
    private partial void LogUnauthorized(ChannelKind channel);
}
