using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Workflows.Configuration;
using NodaTime;

namespace AlertBot.Workflows.Sending;

/// <summary>The consequence of one attempt to send a delivery.</summary>
public abstract record DeliveryOutcome
{
    // After two unanswered copies a third would only confuse, so coordinators are told instead.
    private const int MostUnclear = 2;
    private const int MostMoves = 3;

    /// <summary>How long a message that may have arrived waits for its repetition, unless it is critical.</summary>
    internal static readonly Duration LowWaits = Duration.FromSeconds(15);

    private static readonly Duration OperatorWaits = Duration.FromSeconds(30);

    private DeliveryOutcome() { }

    /// <summary>One part of a long text was sent; others follow.</summary>
    public sealed record PartSent(MessageRef Message) : DeliveryOutcome;

    public sealed record Sent(MessageRef Message) : DeliveryOutcome;

    /// <summary>Try again later.</summary>
    /// <param name="MayHaveArrived">It is then marked as a possible repeat, however often it is tried.</param>
    public sealed record Retry(Instant At, string Reason, bool MayHaveArrived = false) : DeliveryOutcome;

    /// <summary>Try again later: the messenger first demands an answer that only a person can give.</summary>
    public sealed record Challenged(string Challenge, Instant At) : DeliveryOutcome
    {
        public override string ToString() => "Challenged";
    }

    /// <summary>The chat has a new address.</summary>
    public sealed record Follow(ChannelAddress To, Instant At) : DeliveryOutcome;

    /// <summary>The message may have arrived. It is sent once more, marked as a possible repeat.</summary>
    public sealed record Repeat(Instant At, string Reason) : DeliveryOutcome;

    /// <summary>The message can no longer be edited, so its new text becomes a message of its own.</summary>
    public sealed record SendAnew : DeliveryOutcome;

    /// <summary>This message will not arrive, and coordinators are told.</summary>
    public sealed record Fail(string Reason) : DeliveryOutcome;

    /// <summary>No message can reach that address, and coordinators are told.</summary>
    public sealed record Darken(Refusal Why) : DeliveryOutcome;

    /// <param name="parts">The number of messages that the text takes.</param>
    /// <param name="dice">0 to 1: spreads retries, so that they do not all come at once.</param>
    public static DeliveryOutcome On(DueDelivery delivery, int parts, SendResult result, Instant now, double dice) => result switch
    {
        SendResult.Sent sent when delivery.PartsSent + 1 < parts => new PartSent(sent.Message),
        SendResult.Sent sent => new Sent(sent.Message),

        // A wait that the messenger names is kept to the second. An outage is retried with growing pauses.
        SendResult.TryLater { Scope: WaitScope.Account } later => new Retry(now + later.After + Spread(dice), WaitReason.Account),
        SendResult.TryLater { Scope: WaitScope.Chat } later => new Retry(now + later.After + Spread(dice), WaitReason.Chat),
        SendResult.TryLater later => new Retry(now + BackOff(delivery, later.After, dice), later.Reason, later.MayHaveArrived),

        SendResult.Challenged challenged => new Challenged(challenged.Challenge, now + challenged.After + Spread(dice)),

        SendResult.Moved moved => new Follow(
            moved.To, delivery.Attempts <= MostMoves ? now : now + BackOff(delivery, Duration.FromSeconds(1), dice)),

        // The same edit twice has the same result.
        SendResult.Maybe maybe when IsChange(delivery) => new Retry(now + BackOff(delivery, Duration.FromSeconds(1), dice), maybe.Reason),
        SendResult.Maybe maybe when delivery.Unclear + 1 >= MostUnclear => new Fail("unclear"),
        SendResult.Maybe maybe => new Repeat(
            delivery.Priority is DeliveryPriority.Now or DeliveryPriority.Answer ? now : now + LowWaits, maybe.Reason),

        SendResult.Refused { Why: Refusal.Unauthorized } refused => new Retry(now + OperatorWaits, Words.Snake(refused.Why.ToString())),
        SendResult.Refused { Why: Refusal.NotEditable } when delivery is { IsEdit: true, Message.IsWithdrawal: false } => new SendAnew(),
        SendResult.Refused { Why: Refusal.BadMessage } when delivery.IsBundled => new Retry(now, WaitReason.Alone),
        SendResult.Refused { Why: Refusal.BadMessage or Refusal.NotEditable } refused => new Fail(Words.Snake(refused.Why.ToString())),
        SendResult.Refused refused => new Darken(refused.Why),
        _ => throw new InvalidOperationException("A result without a meaning."),
    };

    /// <summary>Whether the next part edits a message instead of adding one.</summary>
    internal static bool IsChange(DueDelivery delivery) => delivery is { IsEdit: true, PartsSent: 0 };

    private static Duration Spread(double dice) => Duration.FromMilliseconds(200) * dice;

    private static Duration BackOff(DueDelivery delivery, Duration first, double dice) =>
        Duration.Min(LongestBackOff(delivery.Priority), first * Math.Pow(2, Math.Clamp(delivery.Attempts - 1, 0, 10))) * (0.75 + dice / 2);

    // An urgent message must leave soon after the network returns.
    private static Duration LongestBackOff(DeliveryPriority priority) => priority switch
    {
        DeliveryPriority.Now or DeliveryPriority.Answer => Duration.FromSeconds(10),
        DeliveryPriority.Urgent => Duration.FromSeconds(30),
        _ => Duration.FromMinutes(5),
    };
}
