using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Domain.Alerts;

/// <summary>One message to one address, as it waits in the outbox.</summary>
/// <param name="Reason">Why it is sent, e.g. <c>alert:&lt;id&gt;</c>. One reason reaches one address once.</param>
/// <param name="RepeatNote">What stands above it, in the reader's language, when it may have arrived before.</param>
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

    /// <summary>The delivery of the same message that did not reach the same person on another account.</summary>
    public DeliveryId? FallbackOf { get; init; }

    /// <summary>The delivery whose message this one changes in place.</summary>
    public DeliveryId? Edits { get; init; }

    /// <summary>The same by the channel's own reference: the message whose button was pressed.</summary>
    public MessageRef? EditsMessage { get; init; }
}

/// <summary>A delivery whose time has come, held under a lease by the one who sends it.</summary>
/// <param name="ChatHash">Keyed hash of the chat: topics of one forum share their pace.</param>
/// <param name="Attempts">This one included. A sender that took it after our lease has a higher count, and only it records the outcome.</param>
/// <param name="Unclear">How often nobody knows whether it arrived.</param>
/// <param name="PartsSent">Of a text too long for one message.</param>
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
    /// <summary>Of whoever reads there.</summary>
    public string Language { get; init; } = "";

    /// <summary>To a group or a topic of one, as the address's row says.</summary>
    public bool IsGroup { get; init; }

    /// <summary>To somebody who never wrote to us, and to whom we did not write before.</summary>
    public bool IsToStranger { get; init; }

    /// <summary>The address counts as out of reach; if this arrives all the same, it is not.</summary>
    public bool IsDark { get; init; }
}

/// <summary>A message of an alert that does not get through, with what it says now.</summary>
public sealed record StuckDelivery(
    DeliveryId Id, AlertId Alert, AddressId To, DeliveryPriority Priority, OutgoingMessage Message, RichText RepeatNote, Instant ExpiresAt);

/// <summary>A delivery that does not open: changed in the database, or sealed with a key that is not here.</summary>
public sealed record UnreadableDelivery(DeliveryId Id, AlertId? Alert, AddressId To);

public readonly record struct DeliveryId(Guid Value)
{
    public static DeliveryId New() => new(Guid.CreateVersion7());
}
