using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Domain.Alerts;

/// <summary>One message to one address, as it waits in the outbox.</summary>
/// <param name="Reason">Why it is sent, such as <c>alert:&lt;id&gt;</c>. An address gets one message for each reason.</param>
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

    /// <summary>The delivery whose message this one edits.</summary>
    public DeliveryId? Edits { get; init; }

    /// <summary>The message with the pressed button, which this one edits, by the channel's own reference.</summary>
    public MessageRef? EditsMessage { get; init; }

    /// <summary>The occasion for the message, which decides who may get it.</summary>
    public Telling Telling { get; init; }

    /// <summary>The least role of a reader; null: anybody, or what its alert asks for.</summary>
    public Role? Needs { get; init; }
}

/// <summary>The occasion for a message.</summary>
public enum Telling
{
    /// <summary>We send it unasked. People who are suspended, gone, or said <c>/stop</c> do not get it.</summary>
    News,

    /// <summary>It answers what somebody just said or pressed.</summary>
    Answer,

    /// <summary>It removes a message from a chat.</summary>
    Withdrawal,
}

/// <summary>A due delivery, held under a lease by its sender.</summary>
/// <param name="ChatHash">Keyed hash of the chat: topics of one forum share their pace.</param>
/// <param name="Attempts">This one included. A sender that took it after our lease has a higher count, and only it records the outcome.</param>
/// <param name="Unclear">The number of attempts of which nobody knows whether they arrived.</param>
/// <param name="PartsSent">The parts already sent of a text that is too long for one message.</param>
/// <param name="Edits">The message to edit; null with <paramref name="IsEdit"/>: it never arrived.</param>
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
    /// <summary>The reader's language.</summary>
    public string Language { get; init; } = "";

    /// <summary>Whether it goes to a group or one of its topics, as the address's row says.</summary>
    public bool IsGroup { get; init; }

    /// <summary>True if the reader never wrote to us and we never wrote to them.</summary>
    public bool IsToStranger { get; init; }

    /// <summary>True if the reader never wrote to us, even if we wrote to them.</summary>
    public bool IsNew { get; init; }

    /// <summary>True if the address counts as unreachable. A delivery that arrives anyway proves that it is reachable.</summary>
    public bool IsDark { get; init; }

    /// <summary>How many other alerts wait for the same address and may share its message.</summary>
    public int Companions { get; init; }

    /// <summary>Whether it shares its message with others.</summary>
    public bool IsBundled { get; init; }

    /// <summary>The other alerts in its message, in their order.</summary>
    public IReadOnlyList<DueDelivery> Bundled { get; init; } = [];
}

/// <summary>An alert's message that does not get through, with its current content.</summary>
public sealed record StuckDelivery(
    DeliveryId Id, AlertId Alert, AddressId To, DeliveryPriority Priority, OutgoingMessage Message, RichText RepeatNote, Instant ExpiresAt);

/// <summary>A delivery that cannot be decrypted: somebody changed it in the database, or its key is missing.</summary>
public sealed record UnreadableDelivery(DeliveryId Id, AlertId? Alert, AddressId To);

public readonly record struct DeliveryId(Guid Value)
{
    public static DeliveryId New() => new(Guid.CreateVersion7());
}
