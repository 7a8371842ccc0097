using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Domain.Alerts;

/// <summary>One message to one address, as it waits in the outbox.</summary>
/// <param name="Reason">Why it is sent, e.g. <c>alert:&lt;id&gt;</c>. One reason reaches one address once.</param>
/// <param name="RepeatNote">A line above the text, in the reader's language, which says that this may be a repeat.</param>
public sealed record NewDelivery(
    string Reason,
    AddressId To,
    ChannelKind Channel,
    DeliveryPriority Priority,
    OutgoingMessage Message,
    RichText RepeatNote,
    Instant NotBefore,
    Instant ExpiresAt)
{
    public DeliveryId Id { get; init; } = DeliveryId.New();

    public AlertId? Alert { get; init; }

    /// <summary>The delivery of the same message that failed on the person's other account.</summary>
    public DeliveryId? FallbackOf { get; init; }

    /// <summary>The delivery whose message this one changes in place.</summary>
    public DeliveryId? Edits { get; init; }

    /// <summary>The message whose button was pressed and which this one changes, by the channel's own reference.</summary>
    public MessageRef? EditsMessage { get; init; }

    /// <summary>Why it is said at all: on it depends who may be told.</summary>
    public Telling Telling { get; init; }

    /// <summary>The least role of whoever may read it; null: anybody, or what its alert asks for.</summary>
    public Role? Needs { get; init; }
}

/// <summary>Why something is said.</summary>
public enum Telling
{
    /// <summary>We tell it unasked: nobody hears it who is suspended, gone, or wants peace.</summary>
    News,

    /// <summary>It answers what somebody has just said or pressed.</summary>
    Answer,

    /// <summary>It takes something out of a chat.</summary>
    Withdrawal,
}

/// <summary>A delivery whose time has come, held under a lease by the one who sends it.</summary>
/// <param name="ChatHash">Keyed hash of the chat: topics of one forum share their pace.</param>
/// <param name="Attempts">This one included. A sender that took it after our lease has a higher count, and only it records the outcome.</param>
/// <param name="Unclear">The number of attempts of which nobody knows whether they arrived.</param>
/// <param name="PartsSent">The parts already sent of a text that is too long for one message.</param>
/// <param name="Edits">The message to change; null with <paramref name="IsEdit"/>: it never arrived.</param>
public sealed record DueDelivery(
    DeliveryId Id,
    AlertId? Alert,
    AddressId To,
    string ChatHash,
    ChannelAddress At,
    DeliveryPriority Priority,
    OutgoingMessage Message,
    RichText RepeatNote,
    int Attempts,
    int Unclear,
    int PartsSent,
    bool IsEdit,
    MessageRef? Edits,
    Instant ExpiresAt)
{
    /// <summary>The language of whoever reads there.</summary>
    public string Language { get; init; } = "";

    /// <summary>True when it goes to a group or one of its topics; the address's row says so.</summary>
    public bool IsGroup { get; init; }

    /// <summary>True when the reader never wrote to us and we never wrote to them.</summary>
    public bool IsToStranger { get; init; }

    /// <summary>True when the address counts as out of reach. A delivery that arrives all the same proves that it is not.</summary>
    public bool IsDark { get; init; }
}

/// <summary>A message of an alert that does not get through, with what it says now.</summary>
public sealed record StuckDelivery(
    DeliveryId Id, AlertId Alert, AddressId To, DeliveryPriority Priority, OutgoingMessage Message, RichText RepeatNote, Instant ExpiresAt);

/// <summary>A delivery that cannot be decrypted: somebody changed it in the database, or its key is not here.</summary>
public sealed record UnreadableDelivery(DeliveryId Id, AlertId? Alert, AddressId To);

public readonly record struct DeliveryId(Guid Value)
{
    public static DeliveryId New() => new(Guid.CreateVersion7());
}
