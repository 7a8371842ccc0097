using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Postgres;
using AlertBot.Workflows.Texts;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace AlertBot.Workflows.Sending;

/// <summary>
/// Sends what waits in the outbox through one messenger account. Only one node does so at a time, since the pace is the account's; another takes over
/// within seconds. The most urgent message always goes next.
/// </summary>
public sealed partial class Dispatcher(
    Database database, IChannel channel, RecordOutcome record, TextCatalog texts, Wakeups wakeups, IClock clock, TimeProvider time,
    ILogger<Dispatcher> logger)
{
    private static readonly TimeSpan Retake = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LookAnyway = TimeSpan.FromSeconds(2);
    private static readonly Duration LookAtClock = Duration.FromSeconds(20);
    private static readonly Duration ClockWentBack = Duration.FromSeconds(1);

    // What is read mostly ends with something to send, which wakes the sender. Sometimes it does not.
    private static readonly Duration LookForWords = Duration.FromMilliseconds(100);
    private static readonly Duration SurelyWritten = Duration.FromSeconds(3);
    private const int MostOnTheWay = 64;

    // Each is a write to the disk.
    private const int TakesPerSecond = 25;

    private readonly DeliverySender _sender = new(database, channel, record, texts, clock, time, logger);

    /// <summary>Sends until cancelled, then waits for the messages on their way.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await using var mine = await ClusterLock.TryTakeAsync(database.Source, $"send/{channel.Kind}", ct);
                if (mine is not null)
                    await SendWhileMineAsync(mine, ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception outage)
            {
                // Nothing is lost: the next sender releases the deliveries that this one took.
                LogStopped(channel.Kind, outage.GetType().Name);
            }

            await Task.Delay(Retake, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Sends all that is due now, without pace and lock, for replays, whose clock stands still meanwhile.</summary>
    public async Task DrainAsync(CancellationToken ct)
    {
        var lease = NewLease();
        var unpaced = new SendPace(1000, Duration.Zero, 1000);
        while (await lease.TakeAsync(50, [], ct) is { Count: > 0 } due)
        {
            foreach (var delivery in due)
            {
                var departure = unpaced.Depart(delivery.ChatHash, delivery.IsGroup, delivery.IsEdit, _sender.Tick());
                await _sender.DeliverAsync(delivery, unpaced, departure, static _ => ValueTask.FromResult(true), ct);
            }
        }
    }

    private async Task SendWhileMineAsync(ClusterLock mine, CancellationToken ct)
    {
        LogSending(channel.Kind);
        var lease = NewLease();
        var pace = NewPace();
        var onTheWay = new HashSet<Task>();
        // Takes several messages at once if the messenger allows many a second (paid broadcasts).
        var batch = Math.Max(1, (int)(channel.Capabilities.MessagesPerSecond / TakesPerSecond));
        // At the largest pace (1,000 a second) an answer may take a quarter of a second.
        var mostOnTheWay = Math.Max(MostOnTheWay, (int)(channel.Capabilities.MessagesPerSecond / 4));
        var limitsNewPeople = channel.Capabilities.NewPeople is not null;
        var (checkedAt, lookedAtClock) = (Instant.MinValue, Instant.MinValue);
        var wasAhead = Duration.MinValue;
        try
        {
            await lease.RememberWaitsAsync(pace, _sender.Tick, ct);
            while (!ct.IsCancellationRequested)
            {
                onTheWay.RemoveWhere(task => task.IsCompleted);
                if (_sender.Tick() is var now && now - checkedAt > Duration.FromTimeSpan(Retake))
                {
                    if (!await mine.IsSurelyHeldAsync(ct))
                        break;
                    await lease.ReleaseOrphansAsync(ct);
                    // A challenge of a moment ago may not be stored yet.
                    if (pace.WaitsForAnswerSince(now) is { } since && now - since > SurelyWritten && !await lease.IsChallengedAsync(ct))
                        pace.Answered();
                    checkedAt = now;
                }

                // At once: what was raised before the clock went back must not come after what was raised since.
                var ahead = clock.GetCurrentInstant() - now;
                if (ahead + ClockWentBack < wasAhead || now - lookedAtClock > LookAtClock)
                {
                    await lease.ReleaseFromFutureAsync(ct);
                    lookedAtClock = now;
                }

                wasAhead = ahead;
                var news = wakeups.Next(Wakeups.Outbox);
                if (pace.NextSlot(now) is var slot && slot > now)
                {
                    await SleepAsync(Duration.Min(slot - now, Duration.FromTimeSpan(Retake)), ct);
                    continue;
                }

                var room = Math.Min(Math.Min(Math.Max(batch, pace.AtOnce(now)), pace.Room(now)), mostOnTheWay - onTheWay.Count);
                var (strangersFrom, newPeopleFrom) = (pace.StrangersFrom(now), limitsNewPeople ? pace.NewPeopleFrom(now) : now);
                var last = strangersFrom <= now ? DeliveryPriority.Stranger : DeliveryPriority.Digest;
                var due = room > 0
                    ? await lease.TakeAsync(room, pace.BusyChats(now), ct, last, Slots, newPeopleFrom <= now, afterReports: true)
                    : [];
                IReadOnlyList<Duration> Slots(DueDelivery one) => pace.AlertSlots(one.ChatHash, one.IsGroup, now, Bundling.InTime);

                foreach (var delivery in due)
                {
                    var departure = pace.Depart(
                        delivery.ChatHash, delivery.IsGroup, delivery.IsEdit, _sender.Tick(),
                        isStranger: delivery.Priority == DeliveryPriority.Stranger, isNew: delivery.IsNew, isAlert: delivery.Alert is not null);
                    onTheWay.Add(_sender.DeliverAsync(delivery, pace, departure, mine.IsSurelyHeldAsync, ct));
                }

                if (due.Count == 0)
                    await WaitAsync(room > 0 ? lease : null, pace, now, onTheWay, news, Soonest(strangersFrom - now, newPeopleFrom - now), ct);
            }
        }
        finally
        {
            // Only this process knows the outcomes of messages on their way, so it waits for them.
            await Task.WhenAll(onTheWay);
        }
    }

    /// <param name="lease">What the last taking found; null: nothing was looked for.</param>
    /// <param name="lookedAt">Chats that were busy then were left out, though one may be free since.</param>
    private async Task WaitAsync(
        OutboxLease? lease, SendPace pace, Instant lookedAt, IReadOnlyCollection<Task> onTheWay, Task news, Duration untilStrangers,
        CancellationToken ct)
    {
        var wait = Duration.FromTimeSpan(LookAnyway);
        if (untilStrangers > Duration.Zero)
            wait = Duration.Min(wait, untilStrangers);
        if (lease?.HeldAnswers == true)
            wait = Duration.Min(wait, LookForWords);
        if (lease?.UntilNext is { } left)
            wait = Duration.Min(wait, left);
        if (pace.FirstFree(lookedAt) is { } free)
            wait = Duration.Min(wait, free - _sender.Tick());

        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await Task.WhenAny([news, SleepAsync(wait, over.Token), .. onTheWay]);
        await over.CancelAsync();
    }

    private static Duration Soonest(Duration one, Duration other) =>
        one <= Duration.Zero ? other : other <= Duration.Zero ? one : Duration.Min(one, other);

    // Timers count whole milliseconds, so a shorter wait would be none.
    private Task SleepAsync(Duration wait, CancellationToken ct) =>
        Task.Delay(TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(wait.TotalMilliseconds))), time, ct);

    private OutboxLease NewLease() => new(database, channel.Kind, record, new Bundling(channel, texts), clock, logger);

    private SendPace NewPace() => new(
        channel.Capabilities.MessagesPerSecond, Duration.FromSeconds(channel.Capabilities.PerChat), channel.Capabilities.PerGroupPerMinute,
        channel.Capabilities.Jitter, Random.Shared.NextDouble)
    {
        ChatBurst = channel.Capabilities.ChatBurst,
        AlertBurst = channel.Capabilities.AlertBurst,
        Burst = channel.Capabilities.Burst,
        NewPeoplePause = Duration.FromSeconds(channel.Capabilities.NewPeoplePause),
    };

    [LoggerMessage(LogLevel.Information, "This node sends to {Channel}")]
    private partial void LogSending(ChannelKind channel);

    [LoggerMessage(LogLevel.Warning, "Sending to {Channel} stopped ({Failure}); it begins anew")]
    private partial void LogStopped(ChannelKind channel, string failure);
}
