namespace AlertBot.Domain.Channels;

/// <summary>
/// A messenger. It makes one attempt at a time and says what to do next; the outbox decides when to try again.
/// It neither saves nor decides.
/// </summary>
public interface IChannel
{
    ChannelKind Kind { get; }

    ChannelCapabilities Capabilities { get; }

    /// <summary>True: the messenger lets one program at a time ask for updates (long polling), so one node does.</summary>
    bool ReceivesOnOneNode { get; }

    /// <summary>
    /// What happens in the chats, in order. Asking for the next update tells the channel that the one before is stored,
    /// so the caller stores each update before it asks for the next.
    /// </summary>
    IAsyncEnumerable<IncomingUpdate> ReceiveAsync(CancellationToken ct);

    /// <summary>Sends one message that fits <see cref="ChannelCapabilities.MaxTextLength"/>.</summary>
    /// <param name="left">
    /// Called when the request is on the wire, from where the pace of sending is counted. Not called when nothing left.
    /// </param>
    Task<SendResult> SendAsync(ChannelAddress to, OutgoingMessage message, CancellationToken ct, Action? left = null);

    /// <summary>Changes a message in place. <see cref="SendResult.Refused"/> where it is too old or gone.</summary>
    /// <inheritdoc cref="SendAsync"/>
    Task<SendResult> EditAsync(ChannelAddress to, MessageRef sent, OutgoingMessage message, CancellationToken ct, Action? left = null);

    /// <summary>Takes a message of ours out of a chat. <see cref="Refusal.NotEditable"/> where the messenger does not let us, or no longer.</summary>
    Task<SendResult> DeleteAsync(ChannelAddress to, MessageRef sent, CancellationToken ct) =>
        Task.FromResult<SendResult>(new SendResult.Refused(Refusal.NotEditable));

    /// <summary>Tells the messenger that a press was seen, so that the button stops spinning. Never throws for a stale press.</summary>
    Task AnswerPressAsync(string pressHandle, string? notice, CancellationToken ct);

    /// <summary>Sets the menu of commands for one role in one language.</summary>
    /// <param name="chat">The chat that sees it; null: everybody.</param>
    Task SetCommandsAsync(IReadOnlyList<CommandHint> commands, string? language, ChannelAddress? chat, CancellationToken ct);

    /// <summary>The file that somebody sent; null when the messenger does not hand it out, now or ever. Never throws for an outage.</summary>
    /// <param name="handle">Of the <see cref="IncomingFile"/>.</param>
    Task<FetchedFile?> FetchAsync(string handle, CancellationToken ct);

    /// <summary>
    /// Gives the messenger what it asked for to let us go on sending (<see cref="SendResult.Challenged"/>).
    /// </summary>
    /// <param name="challenge">As the messenger named it.</param>
    /// <param name="answer">What a person found out: the token of a solved captcha.</param>
    /// <returns>False when it is refused, or the messenger never asks for such things.</returns>
    Task<bool> AnswerChallengeAsync(string challenge, string answer, CancellationToken ct);

    /// <summary>
    /// The number by which two people tell that nobody reads between them: of the newest key that somebody has. Null where a messenger has
    /// none, or does not say it now.
    /// </summary>
    Task<string?> KeyNumberAsync(ChannelAddress who, CancellationToken ct) => Task.FromResult<string?>(null);

    /// <summary>Trusts a key of somebody. True where a messenger has no keys to trust.</summary>
    /// <param name="number">Of the key that is meant, and of no other; null: whatever key they have now.</param>
    Task<bool> TrustAsync(ChannelAddress who, CancellationToken ct, string? number = null);

    /// <summary>
    /// The private-chat link: it opens a private chat with the bot and hands it <paramref name="argument"/>. Null where there is none.
    /// </summary>
    Task<string?> DeepLinkAsync(string argument, CancellationToken ct);
}

/// <param name="ContentType">The type that the messenger names; null: it names none.</param>
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
    /// <summary>The number of people who never wrote to us to whom we may write; null: any number.</summary>
    public NewPeopleBudget? NewPeople { get; init; }

    /// <summary>The most by which a pause between two messages is stretched, as a part of that pause: 0.5 is half as long again.</summary>
    public double Jitter { get; init; }

    /// <summary>Whether the phone on which a message arrives reports that (<see cref="IncomingUpdate.ReadReceipt"/>).</summary>
    public bool HasReadReceipts { get; init; }
}
