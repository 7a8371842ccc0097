using System.Text.Json.Serialization;

namespace AlertBot.Domain.Channels;

/// <summary>One thing that happened in a chat, in the words of no messenger. Prints as a mask.</summary>
/// <param name="Key">The channel's own id of the update: the same update delivered twice has the same key.</param>
/// <param name="Chat">Where it happened, and where an answer goes.</param>
/// <param name="ChatKind">Private, or a group.</param>
/// <param name="Sender">The private address of who did it; null for an anonymous group admin or a channel.</param>
public sealed record IncomingUpdate(string Key, ChannelAddress Chat, ChatKind ChatKind, ChannelAddress? Sender)
{
    /// <summary>What was written; null when nothing was.</summary>
    public string? Text { get; init; }

    /// <summary>
    /// The data of the choice that was made; null: none. A channel without buttons never sets it: whoever offered the choice reads the words.
    /// </summary>
    public string? Pressed { get; init; }

    /// <summary>
    /// The channel's handle for showing that a choice was understood. Telegram: callback query id. Signal has no buttons and
    /// gives it with every message, since each may be a choice in words.
    /// </summary>
    public string? PressHandle { get; init; }

    /// <summary>The emoji put on <see cref="About"/>, where nothing was said.</summary>
    public string? Reaction { get; init; }

    /// <summary>What became of our messages, where nothing was said.</summary>
    public ReadReceipt? ReadReceipt { get; init; }

    /// <summary>The message the press, reply or reaction belongs to.</summary>
    public MessageRef? About { get; init; }

    /// <summary>The message itself.</summary>
    public MessageRef? Message { get; init; }

    /// <summary>Language of the sender's phone, e.g. <c>ru</c>, if the channel tells.</summary>
    public string? LanguageHint { get; init; }

    public GeoPoint? Location { get; init; }

    /// <summary>The place moves: more of it follows, as changes of the same message.</summary>
    public bool IsLive { get; init; }

    /// <summary>Names the album to which it belongs; null: it came alone. The parts of an album are one thing that somebody says.</summary>
    public string? Album { get; init; }

    /// <summary>
    /// The messenger brought more with it, which comes next and without asking again: both may be stored in one go before either is confirmed.
    /// </summary>
    [JsonIgnore]
    public bool IsFollowed { get; init; }

    /// <summary>The message that its sender has deleted for everyone, where nothing was said.</summary>
    public MessageRef? Deleted { get; init; }

    public IReadOnlyList<IncomingFile> Files { get; init; } = [];

    /// <summary>The group's title, where the channel tells.</summary>
    public string? ChatTitle { get; init; }

    /// <summary>What happened to the bot or the chat, where nothing was said.</summary>
    public ChatChange? Change { get; init; }

    public bool IsEdit { get; init; }

    /// <summary>Passed on from another chat, not written by the sender.</summary>
    public bool IsForward { get; init; }

    /// <summary>True when the bot is addressed: private chat, a command with its name, a reply to it.</summary>
    public bool IsAddressed { get; init; } = true;

    public override string ToString() => $"(update {Key})";
}

public enum ChatKind
{
    Private,
    Group,
}

public sealed record GeoPoint(double Latitude, double Longitude)
{
    public override string ToString() => "(location)";
}

/// <param name="Handle">The channel's handle for fetching it (Telegram: file id).</param>
/// <param name="Kind">photo, voice, video or document.</param>
public sealed record IncomingFile(string Handle, string Kind, string? ContentType, long? Size);

/// <summary>A change of the chat, or of the bot's place in it.</summary>
public abstract record ChatChange
{
    private ChatChange() { }

    /// <summary>The bot was added, or unblocked in a private chat.</summary>
    public sealed record BotAdded : ChatChange;

    /// <summary>
    /// The bot was made part of a channel, which anybody may read. It says nothing there: told in the private chat of whoever did it.
    /// </summary>
    public sealed record BotInChannel(string? Title) : ChatChange;

    /// <summary>The bot was removed, or blocked in a private chat.</summary>
    public sealed record BotRemoved : ChatChange;

    /// <summary>The group became a supergroup with another address.</summary>
    public sealed record Moved(ChannelAddress To) : ChatChange;

    /// <summary>
    /// The sender's key has changed: a new phone, or somebody else in their place. Nobody believes what they say until a person
    /// has made sure.
    /// </summary>
    public sealed record KeyChanged : ChatChange;

    /// <summary>These people, or other bots, joined. The messenger may report one join twice.</summary>
    public sealed record MembersJoined(IReadOnlyList<ChannelAddress> Who) : ChatChange;
}

/// <summary>A messenger's word that our messages arrived, or were read.</summary>
public sealed record ReadReceipt(ReadReceiptKind Kind, IReadOnlyList<MessageRef> Messages);

public enum ReadReceiptKind
{
    /// <summary>They are on the person's phone.</summary>
    Delivered,

    Read,
}
