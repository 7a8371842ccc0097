using System.Text.Json.Serialization;

namespace AlertBot.Domain.Channels;

/// <summary>One event in a chat, independent of the messenger. Prints as a mask.</summary>
/// <param name="Key">The channel's own id of the update: the same update delivered twice has the same key.</param>
/// <param name="Chat">Where it happened, and where an answer goes.</param>
/// <param name="ChatKind">Private, or a group.</param>
/// <param name="Sender">The private address of its author; null for an anonymous group admin or a channel.</param>
public sealed record IncomingUpdate(string Key, ChannelAddress Chat, ChatKind ChatKind, ChannelAddress? Sender)
{
    /// <summary>The written text, if any.</summary>
    public string? Text { get; init; }

    /// <summary>The data of the chosen button, if any. A channel without buttons never sets it; choices then arrive as words.</summary>
    public string? Pressed { get; init; }

    /// <summary>
    /// The channel's handle for confirming a choice. On Telegram it is the callback query id. Signal has no buttons and gives it with every message,
    /// since each may be a choice in words.
    /// </summary>
    public string? PressHandle { get; init; }

    /// <summary>The emoji put on <see cref="About"/>, in an update without words.</summary>
    public string? Reaction { get; init; }

    /// <summary>The messenger's receipts for our messages, in an update without words.</summary>
    public ReadReceipt? ReadReceipt { get; init; }

    /// <summary>The message to which the press, reply or reaction belongs.</summary>
    public MessageRef? About { get; init; }

    /// <summary>The message itself.</summary>
    public MessageRef? Message { get; init; }

    /// <summary>The language of the sender's phone, e.g. <c>ru</c>, if the channel tells it.</summary>
    public string? LanguageHint { get; init; }

    public GeoPoint? Location { get; init; }

    /// <summary>True for a moving place: further positions follow as edits of the same message.</summary>
    public bool IsLive { get; init; }

    /// <summary>The album to which it belongs; null if it came alone. The parts of an album count as one message.</summary>
    public string? Album { get; init; }

    /// <summary>
    /// True if the messenger delivered a further update with this one, which follows without another request. Both may be stored in one write
    /// before either is confirmed.
    /// </summary>
    [JsonIgnore]
    public bool IsFollowed { get; init; }

    /// <summary>True if the messenger gave as many as it gives at once, so that more may wait there: a report among them.</summary>
    [JsonIgnore]
    public bool IsOfCrowd { get; init; }

    /// <summary>True if the words are plainly no report. Whoever answers a question may say the same words.</summary>
    [JsonIgnore]
    public bool IsSmallTalk { get; init; }

    /// <summary>The message that its author deleted for everyone, in an update without words.</summary>
    public MessageRef? Deleted { get; init; }

    public IReadOnlyList<IncomingFile> Files { get; init; } = [];

    /// <summary>The group's title, if the channel tells it.</summary>
    public string? ChatTitle { get; init; }

    /// <summary>What happened to the bot or the chat, in an update without words.</summary>
    public ChatChange? Change { get; init; }

    public bool IsEdit { get; init; }

    /// <summary>True if it was forwarded and not written by the sender.</summary>
    public bool IsForward { get; init; }

    /// <summary>Whether the bot is addressed: by a private chat, a command with its name, or a reply to it.</summary>
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

/// <param name="Handle">The channel's handle for downloading it (Telegram: file id).</param>
/// <param name="Kind">photo, voice, video or document.</param>
public sealed record IncomingFile(string Handle, string Kind, string? ContentType, long? Size);

/// <summary>A change of the chat, or of the bot's place in it.</summary>
public abstract record ChatChange
{
    private ChatChange() { }

    /// <summary>The bot was added, or unblocked in a private chat.</summary>
    public sealed record BotAdded : ChatChange;

    /// <summary>
    /// The bot was added to a channel, which anybody may read. It stays silent there and tells the person who added it in their private chat.
    /// </summary>
    public sealed record BotInChannel(string? Title) : ChatChange;

    /// <summary>The bot was removed, or blocked in a private chat.</summary>
    public sealed record BotRemoved : ChatChange;

    /// <summary>The group became a supergroup with another address.</summary>
    public sealed record Moved(ChannelAddress To) : ChatChange;

    /// <summary>
    /// The sender's key has changed: a new phone, or somebody else in their place. Their messages do not count until a person has checked.
    /// </summary>
    public sealed record KeyChanged : ChatChange;

    /// <summary>These people, or other bots, joined. The messenger may report one join twice.</summary>
    public sealed record MembersJoined(IReadOnlyList<ChannelAddress> Who) : ChatChange;
}

/// <summary>A messenger's report that our messages arrived or were read.</summary>
public sealed record ReadReceipt(ReadReceiptKind Kind, IReadOnlyList<MessageRef> Messages);

public enum ReadReceiptKind
{
    /// <summary>The messages are on the person's phone.</summary>
    Delivered,

    Read,
}
