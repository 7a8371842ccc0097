using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Postgres;
using AlertBot.Workflows.Texts;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace AlertBot.Workflows.Sending;

/// <summary>
/// Sends what waits in the outbox through one account of a messenger. One node in the cluster does so at a time, since
/// the pace is the account's; another takes over within seconds. The most urgent message always goes next.
/// </summary>
public sealed partial class Dispatcher(
    Database database, IChannel channel, TextCatalog texts, Signals signals, IClock clock, TimeProvider time, Departures departures,
    ILogger<Dispatcher> logger)
{
    // A lease must outlast the slowest answer (the channel gives up after 30 s) with room to spare.
    private static readonly Duration Lease = Duration.FromMinutes(2);
    private static readonly TimeSpan Retake = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LookAnyway = TimeSpan.FromSeconds(2);
    private static readonly Duration LowWaits = Duration.FromMinutes(1);
    private const int MostOnTheWay = 64;

    private readonly Guid _self = Guid.CreateVersion7();
    private readonly Attempt _attempt = new(database, texts);
    private readonly long _epoch = time.GetTimestamp();

    /// <summary>Until cancelled; then what is on its way is waited for.</summary>
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
                // Nothing is lost: what was taken is found by its lease.
                LogStopped(channel.Kind, outage.GetType().Name);
            }

            await Task.Delay(Retake, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Sends all that is due now, without a pace and without a lock. For replays, whose time does not pass.</summary>
    public async Task DrainAsync(CancellationToken ct)
    {
        while (true)
        {
            var due = await TakeAsync(50, [], ct);
            if (due.Count == 0)
                return;
            foreach (var delivery in due)
                await SendAsync(delivery, null, new SendPace(1000, Duration.Zero, 1000), ct);
        }
    }

    private async Task SendWhileMineAsync(ClusterLock mine, CancellationToken ct)
    {
        LogSending(channel.Kind);
        var pace = new SendPace(
            channel.Capabilities.MessagesPerSecond, Duration.FromSeconds(channel.Capabilities.PerChat), channel.Capabilities.PerGroupPerMinute);
        var onTheWay = new HashSet<Task>();
        // Several messages a slot where many slots fit into a moment (paid broadcasts).
        var batch = Math.Max(1, (int)(channel.Capabilities.MessagesPerSecond / 50));
        var checkedAt = Instant.MinValue;

        while (!ct.IsCancellationRequested)
        {
            onTheWay.RemoveWhere(task => task.IsCompleted);
            if (Tick() is var now && now - checkedAt > Duration.FromTimeSpan(Retake))
            {
                if (!await mine.IsHeldAsync(ct))
                    break;
                await ReleaseOrphansAsync(ct);
                checkedAt = now;
            }

            var news = signals.Next(Signals.Outbox);
            if (pace.NextSlot(now) is var slot && slot > now)
            {
                await Task.Delay((slot - now).ToTimeSpan(), time, ct);
                continue;
            }

            var due = onTheWay.Count < MostOnTheWay ? await TakeAsync(batch, pace.BusyChats(now), ct) : [];
            foreach (var delivery in due)
                onTheWay.Add(SendAsync(delivery, pace.Depart(delivery.ChatHash, IsGroup(delivery), delivery.IsEdit, Tick()), pace, CancellationToken.None));

            if (due.Count == 0)
                await WaitAsync(pace, onTheWay, news, ct);
        }

        await Task.WhenAll(onTheWay);
    }

    private async Task WaitAsync(SendPace pace, IReadOnlyCollection<Task> onTheWay, Task news, CancellationToken ct)
    {
        await using var session = await database.BeginAsync(ct);
        var next = await session.Outbox.NextDueAsync(channel.Kind);
        var wait = Duration.FromTimeSpan(LookAnyway);
        if (next is { } due && due - clock.GetCurrentInstant() is var left && left > Duration.Zero)
            wait = Duration.Min(wait, left);
        if (Tick() is var now && pace.FirstFree(now) is { } free)
            wait = Duration.Min(wait, free - now);

        await Task.WhenAny([news, Task.Delay(Duration.Max(wait, Duration.FromMilliseconds(1)).ToTimeSpan(), time, ct), .. onTheWay]);
    }

    private async Task<IReadOnlyList<DueDelivery>> TakeAsync(int most, IReadOnlyCollection<string> busy, CancellationToken ct)
    {
        await using var session = await database.BeginAsync(ct);
        var taken = await session.Outbox.TakeDueAsync(channel.Kind, most, _self, clock.GetCurrentInstant(), Lease, busy);
        await session.CommitAsync(ct);
        foreach (var damaged in session.Outbox.Unreadable)
            LogUnreadable(damaged.Value);
        return taken;
    }

    private async Task ReleaseOrphansAsync(CancellationToken ct)
    {
        await using var session = await database.BeginAsync(ct);
        var now = clock.GetCurrentInstant();
        var orphans = await session.Outbox.ReleaseOrphansAsync(channel.Kind, _self, now, now, now + LowWaits);
        await session.CommitAsync(ct);
        if (orphans > 0)
            LogOrphans(orphans);
    }

    private async Task SendAsync(DueDelivery delivery, SendPace.Departure? departure, SendPace pace, CancellationToken ct)
    {
        try
        {
            var now = clock.GetCurrentInstant();
            if (delivery.ExpiresAt <= now)
            {
                await _attempt.ExpireAsync(delivery, now, ct);
                return;
            }

            if (delivery is { IsEdit: true, Edits: null })
            {
                await _attempt.SupersedeAsync(delivery, now, ct);
                return;
            }

            var parts = MessageSplitter.Split(Marked(delivery), channel.Capabilities.MaxTextLength);
            using var watch = departures.Watch(delivery.At, timestamp =>
            {
                if (departure is not null)
                    pace.Left(departure, Tick(timestamp));
            });
            var part = parts[Math.Min(delivery.PartsSent, parts.Count - 1)];
            var result = delivery.Edits is { } sent
                ? await channel.EditAsync(delivery.At, sent, part, ct)
                : await channel.SendAsync(delivery.At, part, ct);

            Hold(pace, delivery, result);
            await _attempt.RecordAsync(delivery, delivery.IsEdit ? 1 : parts.Count, result, clock.GetCurrentInstant(), Random.Shared.NextDouble(), ct);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // Its lease runs out, and it is sent again as a possible repeat.
            LogNotRecorded(delivery.Id.Value, failure.GetType().Name);
        }
        finally
        {
            if (departure is not null)
                pace.Return(departure);
        }
    }

    // The pace is kept by a clock that never jumps, whatever happens to that on the wall.
    private Instant Tick() => Tick(time.GetTimestamp());

    private Instant Tick(long timestamp) => NodaConstants.UnixEpoch + Duration.FromTimeSpan(time.GetElapsedTime(_epoch, timestamp));

    private void Hold(SendPace pace, DueDelivery delivery, SendResult result)
    {
        var now = Tick();
        switch (result)
        {
            case SendResult.TryLater { Scope: WaitScope.Account } later:
                pace.HoldAccount(now + later.After);
                LogAskedToWait(channel.Kind, later.After.TotalSeconds);
                break;
            case SendResult.TryLater later:
                pace.HoldChat(delivery.ChatHash, now + later.After);
                break;
            case SendResult.Refused { Why: Refusal.Unauthorized }:
                pace.HoldAccount(now + Duration.FromSeconds(30));
                LogUnauthorized(channel.Kind);
                break;
        }
    }

    private static OutgoingMessage Marked(DueDelivery delivery) => delivery is { Unclear: > 0, IsEdit: false, PartsSent: 0 }
        ? delivery.Message with { Text = delivery.RepeatNote + RichText.Of("\n") + delivery.Message.Text }
        : delivery.Message;

    private static bool IsGroup(DueDelivery delivery) => delivery.At.Value is ['-', ..] or ['g', 'r', 'o', 'u', 'p', ':', ..];

    [LoggerMessage(LogLevel.Information, "This node sends to {Channel}")]
    private partial void LogSending(ChannelKind channel);

    [LoggerMessage(LogLevel.Warning, "Sending to {Channel} stopped ({Failure}); it begins anew")]
    private partial void LogStopped(ChannelKind channel, string failure);

    [LoggerMessage(LogLevel.Warning, "{Count} deliveries were in hand when a sender died; they are sent again as possible repeats")]
    private partial void LogOrphans(int count);

    [LoggerMessage(LogLevel.Error, "Delivery {Id} does not open and is given up")]
    private partial void LogUnreadable(Guid id);

    [LoggerMessage(LogLevel.Warning, "The outcome of delivery {Id} could not be written down ({Failure})")]
    private partial void LogNotRecorded(Guid id, string failure);

    [LoggerMessage(LogLevel.Warning, "{Channel} asks for {Seconds} s of patience")]
    private partial void LogAskedToWait(ChannelKind channel, double seconds);

    [LoggerMessage(LogLevel.Error, "{Channel} refuses our credentials: nothing can be sent until they are put right")]
    private partial void LogUnauthorized(ChannelKind channel);
}
