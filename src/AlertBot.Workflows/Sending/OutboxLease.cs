using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Postgres;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace AlertBot.Workflows.Sending;

/// <summary>The lease under which one node takes deliveries from the outbox. By its id the next node finds what this one left behind.</summary>
internal sealed partial class OutboxLease(
    Database database, ChannelKind channel, RecordOutcome record, Bundling bundling, IClock clock, ILogger logger)
{
    // A lease must outlast the slowest answer (60 s on the slowest channel) and the recording of its outcome.
    private static readonly Duration Lease = Duration.FromMinutes(2);

    // Longer than any pause before another try.
    private static readonly Duration LongestRetry = Duration.FromMinutes(10);

    private readonly Guid _id = Guid.CreateVersion7();
    // Whoever reports at the same time as others is told "thank you" after all who must hear of the reports, but not much later.
    private static readonly Duration AnswersWait = Duration.FromSeconds(2);

    private Instant? _nextDue;

    /// <inheritdoc cref="Postgres.Stores.OutboxStore.TakeDueAsync"/>
    /// <param name="afterReports">True: answers wait, for a moment, while people's words are being read.</param>
    /// <param name="slots">When the next alerts may leave for a delivery's chat, from now; null: all at once.</param>
    public async Task<IReadOnlyList<DueDelivery>> TakeAsync(
        int most, IReadOnlyCollection<string> busyChats, CancellationToken ct, DeliveryPriority last = DeliveryPriority.Stranger,
        Func<DueDelivery, IReadOnlyList<Duration>>? slots = null, bool newPeople = true,
        bool afterReports = false)
    {
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            // Not cancelled once begun: a delivery that is taken and never sent would later count as a possible repeat.
            await using var session = await database.BeginQuickAsync(CancellationToken.None);
            var taken = await session.Outbox.TakeDueAsync(
                channel, most, _id, Lease, busyChats, last, newPeople, afterReports ? session.Now - AnswersWait : null);
            (HeldAnswers, _nextDue) = (session.Outbox.HeldAnswers, session.Outbox.NextDue);
            foreach (var damaged in session.Outbox.Unreadable)
                await TellAsync(session, damaged);

            var filled = new List<DueDelivery>(taken.Count);
            foreach (var one in taken)
                filled.Add(await bundling.FillAsync(session, one, slots?.Invoke(one), _id, Lease));
            await session.CommitAsync(CancellationToken.None);
            if (filled.Count > 0 || (session.Outbox.Unreadable.Count == 0 && session.Outbox.HeldBack == 0))
                return filled;
        }
    }

    /// <summary>Whether the last taking left answers out, because people's words were being read that may become alerts.</summary>
    public bool HeldAnswers { get; private set; }

    /// <summary>The time until the next delivery that was not yet due when the last taking found none; null if there is none.</summary>
    public Duration? UntilNext => _nextDue - clock.GetCurrentInstant();

    /// <summary>Releases the deliveries of a dead sender, to be sent again as possible repeats.</summary>
    public async Task ReleaseOrphansAsync(CancellationToken ct)
    {
        await using var session = await database.BeginAsync(ct);
        var orphans = await session.Outbox.ReleaseOrphansAsync(channel, _id, session.Now, session.Now + DeliveryOutcome.LowWaits);
        await session.CommitAsync(ct);
        if (orphans > 0)
            LogOrphans(orphans);
    }

    /// <summary>After the clock went back, nothing waits for the time that it had shown.</summary>
    public async Task ReleaseFromFutureAsync(CancellationToken ct)
    {
        await using var session = await database.BeginAsync(ct);
        var released = await session.Outbox.ReleaseFromFutureAsync(
            channel, LongestRetry, [WaitReason.Account, WaitReason.Chat, WaitReason.NewPeople, WaitReason.Budget]);
        await session.CommitAsync(ct);
        if (released > 0)
            LogFromFuture(released);
    }

    /// <summary>Restores the waits that a messenger demanded of the previous sender.</summary>
    /// <param name="tick">The clock of the pace.</param>
    public async Task RememberWaitsAsync(SendPace pace, Func<Instant> tick, CancellationToken ct)
    {
        await using var session = await database.BeginAsync(ct);
        if (await session.Challenges.FindAsync(channel) is { } challenge && challenge.HoldUntil > session.Now)
            pace.HoldForAnswer(tick() + (challenge.HoldUntil - session.Now), tick(), challenge.IsOnlyNewPeople);
        var isChallenged = pace.WaitsForAnswerSince(tick()) is not null;
        foreach (var (chat, until) in await session.Outbox.WaitsAsync(channel, WaitReason.Account, WaitReason.Chat))
        {
            // These deliveries wait for the challenge's answer, and leave once it is given.
            if (chat is null && isChallenged)
                continue;
            if (chat is null)
                pace.HoldAccount(tick() + (until - session.Now));
            else
                pace.HoldChat(chat, tick() + (until - session.Now));
        }
    }

    /// <summary>Whether the messenger still waits for a person's answer.</summary>
    public async Task<bool> IsChallengedAsync(CancellationToken ct)
    {
        await using var session = await database.BeginAsync(ct);
        return await session.Challenges.FindAsync(channel) is not null;
    }

    private async Task TellAsync(Session session, UnreadableDelivery damaged)
    {
        LogUnreadable(damaged.Id.Value);
        if (await session.TryAsync(() => record.UnreadableAsync(session, damaged), CancellationToken.None) is { } failure)
            LogNotTold(damaged.Id.Value, failure.GetType().Name);
    }

    [LoggerMessage(LogLevel.Warning, "{Count} deliveries were on their way when a sender died; they are sent again as possible repeats")]
    private partial void LogOrphans(int count);

    [LoggerMessage(LogLevel.Error, "The clock went back: {Count} deliveries that waited for the time that it had shown are due now")]
    private partial void LogFromFuture(int count);

    [LoggerMessage(LogLevel.Error, "Delivery {Id} does not open and is given up")]
    private partial void LogUnreadable(Guid id);

    [LoggerMessage(LogLevel.Error, "Nobody could be told that delivery {Id} does not open ({Failure})")]
    private partial void LogNotTold(Guid id, string failure);
}
