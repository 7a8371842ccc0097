namespace AlertBot.Domain.Channels;

/// <summary>
/// A messenger. It makes one attempt at a time and says what to do next; when to try again is decided by the outbox.
/// It neither saves nor decides.
/// </summary>
public interface IChannel
{
    ChannelKind Kind { get; }

    ChannelCapabilities Capabilities { get; }

    /// <summary>True: the messenger lets one program at a time ask for updates (long polling), so one node does.</summary>
    bool ReceivesOnOneNode { get; }

    /// <summary>
    /// What happens in the chats, in order. Asking for the next update tells the channel that the one before is safely stored,
    /// so store each before asking on.
    /// </summary>
    IAsyncEnumerable<IncomingUpdate> ReceiveAsync(CancellationToken ct);

    /// <summary>Sends one message that fits <see cref="ChannelCapabilities.MaxTextLength"/>.</summary>
    /// <param name="left">
    /// Told at the moment at which the request is on the wire: the pace of sending is counted from that. Never told where nothing left.
    /// </param>
    Task<SendResult> SendAsync(ChannelAddress to, OutgoingMessage message, CancellationToken ct, Action? left = null);

    /// <summary>Changes a message in place. <see cref="SendResult.Refused"/> where it is too old or gone.</summary>
    /// <inheritdoc cref="SendAsync"/>
    Task<SendResult> EditAsync(ChannelAddress to, MessageRef sent, OutgoingMessage message, CancellationToken ct, Action? left = null);

    /// <summary>Tells the messenger that a press was seen, so that the button stops spinning. Never throws for a stale press.</summary>
    Task AnswerPressAsync(string pressHandle, string? notice, CancellationToken ct);

    /// <summary>Sets the menu of commands that people of one role see, in one language.</summary>
    /// <param name="chat">The chat that sees it; null: everybody.</param>
    Task SetCommandsAsync(IReadOnlyList<CommandHint> commands, string? language, ChannelAddress? chat, CancellationToken ct);

    /// <summary>The file that somebody sent; null when the messenger does not give it, now or ever. Never throws for an outage.</summary>
    /// <param name="handle">Of the <see cref="IncomingFile"/>.</param>
    Task<FetchedFile?> FetchAsync(string handle, CancellationToken ct);

    /// <summary>
    /// Gives the messenger what it asked for to let us go on sending (<see cref="SendResult.Challenged"/>).
    /// </summary>
    /// <param name="challenge">As the messenger named it.</param>
    /// <param name="answer">What a person found out: the token of a solved captcha.</param>
    /// <returns>False when it is refused, or the messenger never asks for such things.</returns>
    Task<bool> AnswerChallengeAsync(string challenge, string answer, CancellationToken ct);

    /// <summary>Takes the key that somebody has now for theirs. True where a messenger has no keys to trust.</summary>
    Task<bool> TrustAsync(ChannelAddress who, CancellationToken ct);

    /// <summary>A link that opens a private chat with the bot and hands it <paramref name="argument"/>; null where there is none.</summary>
    Task<string?> DeepLinkAsync(string argument, CancellationToken ct);
}

/// <param name="ContentType">As the messenger tells it; null: it does not.</param>
public sealed record FetchedFile(byte[] Content, string? ContentType)
{
    public override string ToString() => "(file)";
}

/// <summary>What a messenger can do.</summary>
/// <param name="MaxTextLength">Longest text of one message, in UTF-16 units.</param>
/// <param name="MessagesPerSecond">Pace for the whole account.</param>
/// <param name="PerChat">Shortest time between two messages to one private chat, in seconds.</param>
/// <param name="PerGroupPerMinute">Most messages a minute to one group.</param>
public sealed record ChannelCapabilities(
    bool HasButtons,
    bool CanEdit,
    int MaxTextLength,
    double MessagesPerSecond,
    double PerChat,
    int PerGroupPerMinute)
{
    /// <summary>To how many people who never wrote to us we may write; null: the messenger does not mind.</summary>
    public NewPeopleBudget? NewPeople { get; init; }

    /// <summary>Up to how much longer than asked for the pause between two messages is, as a part of it: 0.5 is half as long again.</summary>
    public double Jitter { get; init; }

    /// <summary>Whether messages are acknowledged by the phone they arrive on (<see cref="IncomingUpdate.ReadReceipt"/>).</summary>
    public bool HasReadReceipts { get; init; }
}
