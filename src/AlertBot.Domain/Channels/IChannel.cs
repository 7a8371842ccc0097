using System.Text;

namespace AlertBot.Domain.Channels;

/// <summary>A messenger. It makes one attempt per call and reports the outcome; the outbox decides when to try again. It stores nothing.</summary>
public interface IChannel
{
    ChannelKind Kind { get; }

    ChannelCapabilities Capabilities { get; }

    /// <summary>True if the messenger lets only one program at a time ask for updates (long polling), so that one node does.</summary>
    bool ReceivesOnOneNode { get; }

    /// <summary>
    /// Events in the chats, in order. Asking for the next update confirms that the one before is stored, so store each update before asking on.
    /// </summary>
    IAsyncEnumerable<IncomingUpdate> ReceiveAsync(CancellationToken ct);

    /// <summary>Sends one message that fits <see cref="ChannelCapabilities.MaxTextLength"/>.</summary>
    /// <param name="left">
    /// Called when the request is on the wire, from when the pace of sending is counted. Not called if nothing left.
    /// </param>
    Task<SendResult> SendAsync(ChannelAddress to, OutgoingMessage message, CancellationToken ct, Action? left = null);

    /// <summary>Edits a message. <see cref="SendResult.Refused"/> if it is too old or gone.</summary>
    /// <inheritdoc cref="SendAsync"/>
    Task<SendResult> EditAsync(ChannelAddress to, MessageRef sent, OutgoingMessage message, CancellationToken ct, Action? left = null);

    /// <summary>Deletes our message from a chat. <see cref="Refusal.NotEditable"/> if the messenger never allows it, or no longer.</summary>
    Task<SendResult> DeleteAsync(ChannelAddress to, MessageRef sent, CancellationToken ct) =>
        Task.FromResult<SendResult>(new SendResult.Refused(Refusal.NotEditable));

    /// <summary>Confirms a press to the messenger, so that the button stops spinning. Never throws for a stale press.</summary>
    Task AnswerPressAsync(string pressHandle, string? notice, CancellationToken ct);

    /// <summary>Sets the command menu of one role in one language.</summary>
    /// <param name="chat">The chat that sees it; null: everybody.</param>
    Task SetCommandsAsync(IReadOnlyList<CommandHint> commands, string? language, ChannelAddress? chat, CancellationToken ct);

    /// <summary>Downloads a file that somebody sent; null if the messenger does not give it, now or ever. Never throws for an outage.</summary>
    /// <param name="handle">The handle of the <see cref="IncomingFile"/>.</param>
    Task<FetchedFile?> FetchAsync(string handle, CancellationToken ct);

    /// <summary>
    /// Answers a messenger's challenge, so that sending can go on (<see cref="SendResult.Challenged"/>).
    /// </summary>
    /// <param name="challenge">The messenger's name for it.</param>
    /// <param name="answer">A person's answer: the token of a solved captcha.</param>
    /// <returns>False if the messenger refuses it or has no challenges.</returns>
    Task<bool> AnswerChallengeAsync(string challenge, string answer, CancellationToken ct);

    /// <summary>
    /// The number by which two people tell that nobody reads between them: of the newest key that somebody has. Null where a messenger has
    /// none, or does not say it now.
    /// </summary>
    Task<string?> KeyNumberAsync(ChannelAddress who, CancellationToken ct) => Task.FromResult<string?>(null);

    /// <summary>Trusts a key of somebody. True where a messenger has no keys to trust.</summary>
    /// <param name="number">Of the key that is meant, and of no other; null: whatever key they have now.</param>
    Task<bool> TrustAsync(ChannelAddress who, CancellationToken ct, string? number = null);

    /// <summary>A link that opens a private chat with the bot and passes <paramref name="argument"/> to it. Null if the messenger has none.</summary>
    Task<string?> DeepLinkAsync(string argument, CancellationToken ct);
}

/// <param name="ContentType">The messenger's type for it; null if it names none.</param>
public sealed record FetchedFile(byte[] Content, string? ContentType)
{
    public override string ToString() => "(file)";
}

/// <summary>A messenger's capabilities.</summary>
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
    /// <summary>How many people who never wrote to us we may write to; null: any number.</summary>
    public NewPeopleBudget? NewPeople { get; init; }

    /// <summary>The shortest time between messages to people who never wrote to us, in seconds; 0: they are written to like everybody.</summary>
    public double NewPeoplePause { get; init; }

    /// <summary>How many messages of a second the account sends at once. The others are spaced so that the second is no fuller for that.</summary>
    public int Burst { get; init; } = 1;

    /// <summary>How many messages one chat takes at once before <see cref="PerChat"/> counts.</summary>
    public int ChatBurst { get; init; } = 3;

    /// <summary>How many of these may be alerts. Talk comes in short bursts; alerts in numbers keep to what is allowed for long.</summary>
    public int AlertBurst { get; init; } = 1;

    /// <summary>What one message holds beside its text; null: no limit but the text's.</summary>
    public MessageLimits? Limits { get; init; }

    /// <summary>The largest extension of a pause between two messages, as a part of that pause: 0.5 is half as long again.</summary>
    public double Jitter { get; init; }

    /// <summary>Whether phones report that a message arrived or was read (<see cref="IncomingUpdate.ReadReceipt"/>).</summary>
    public bool HasReadReceipts { get; init; }
}

/// <summary>What one message holds beside its text.</summary>
/// <param name="Styles">Styled spans. Further ones are shown plain, and what a link leads to is lost with them.</param>
/// <param name="ButtonBytes">The labels and data of all its buttons, as JSON in UTF-8.</param>
public sealed record MessageLimits(int Styles, int Buttons, int ButtonBytes)
{
    // {"text":"","callback_data":""} and a comma.
    private const int AroundEach = 31;

    public bool Hold(OutgoingMessage message)
    {
        var choices = message.Choices?.SelectMany(row => row).ToList() ?? [];
        return message.Text.Spans.Count <= Styles && choices.Count <= Buttons
            && choices.Sum(one => AroundEach + Encoding.UTF8.GetByteCount(one.Label) + Encoding.UTF8.GetByteCount(one.Data)) <= ButtonBytes;
    }
}
