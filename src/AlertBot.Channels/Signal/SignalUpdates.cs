using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AlertBot.Domain.Channels;

namespace AlertBot.Channels.Signal;

/// <summary>Turns the daemon's events into our updates. Typing, calls, stories and events from our own other devices are left out.</summary>
internal static class SignalUpdates
{
    private const string Untrusted = "UntrustedIdentityException";

    private static readonly string[] Whole = ["account", "exception", "groupInfo", "storyContext"];

    /// <summary>Never throws: one odd event must not stop the others. If an event does not fit our types, the readable parts remain.</summary>
    public static Understood Read(ReadOnlySpan<byte> data, Self self)
    {
        try
        {
            return JsonSerializer.Deserialize(data, SignalJson.Default.ReceivedEvent) is { } read ? Read(read, self) : Understood.Unreadable;
        }
        catch (Exception odd) when (ReadableParts.IsUnreadable(odd))
        {
            return ReadPart(data, self);
        }
    }

    private static Understood ReadPart(ReadOnlySpan<byte> data, Self self)
    {
        try
        {
            return ReadableParts.Of(data, SignalJson.Default.ReceivedEvent, Whole) is { } part && Read(part, self) is { Update: not null } understood
                ? understood with { IsPart = true }
                : Understood.Unreadable;
        }
        catch (Exception odd) when (ReadableParts.IsUnreadable(odd))
        {
            return Understood.Unreadable;
        }
    }

    public static Understood Read(ReceivedEvent received, Self self)
    {
        if (received.Account is { } account && account != self.Number)
            return Understood.Foreign;
        if (received.Envelope is not { Timestamp: > 0 } envelope || SignalAddress.Of(envelope.SourceNumber, envelope.SourceUuid) is not { } sender
            || self.Is(envelope.SourceNumber, envelope.SourceUuid))
            return Understood.Nothing;

        var understood = new Understood { Introduction = Introduction(envelope.SourceNumber, sender) };
        var heard = new IncomingUpdate("", sender.ToChannelAddress(), ChatKind.Private, sender.ToChannelAddress());
        return (received.Exception, envelope) switch
        {
            ({ Type: Untrusted }, _) => understood with
            {
                Update = heard with { Key = KeyOf("key", sender, envelope.Timestamp), Change = new ChatChange.KeyChanged() },
            },
            (_, { DataMessage: { } message }) => OfMessage(understood, heard, message, sender, envelope.Timestamp, null, self),
            (_, { EditMessage: { DataMessage: { } message } edit }) =>
                OfMessage(understood, heard, message, sender, envelope.Timestamp, edit.TargetSentTimestamp, self),
            (_, { ReceiptMessage: { } receipt }) => understood with { Update = OfReceipt(heard, receipt, sender, envelope.Timestamp) },
            _ => Understood.Nothing,
        };
    }

    /// <summary>
    /// Introduces the account behind a number once both are known, so that a person stored by number is found by account. Its sender is the account,
    /// so it is handled before the account's message.
    /// </summary>
    public static IncomingUpdate? Introduction(string? number, SignalAddress account) =>
        account.IsNumber || SignalAddress.Of(number, null) is not { } known
            ? null
            : new IncomingUpdate(KeyOf("moved", account, 0, known.Value), known.ToChannelAddress(), ChatKind.Private, account.ToChannelAddress())
            {
                Change = new ChatChange.Moved(account.ToChannelAddress()),
            };

    /// <summary>
    /// The same key for every delivery of one update, and a different key for any other. Hashed because it is stored unencrypted and must not reveal
    /// a number or uuid.
    /// </summary>
    public static string KeyOf(string what, SignalAddress sender, long timestamp, string? more = null) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"{what}|{sender.Value}|{timestamp}|{more}"))).AsSpan(0, 16));

    private static Understood OfMessage(
        Understood understood, IncomingUpdate heard, DataMessage message, SignalAddress sender, long timestamp, long? edits, Self self)
    {
        if (message.IsExpirationUpdate == true || message.StoryContext is not null)
            return Understood.Nothing;

        SignalAddress? group = null;
        if (message.GroupInfo is { } info)
        {
            if (SignalAddress.Group(info.GroupId) is not { } known)
                return Understood.Nothing;
            group = known;
            heard = heard with { Chat = known.ToChannelAddress(), ChatKind = ChatKind.Group, ChatTitle = info.GroupName };
            if (info.Type == "UPDATE")
                understood = understood with { ChangedGroup = known };
        }

        return understood with
        {
            Update = message switch
            {
                { Reaction: { } reaction } => OfReaction(heard, reaction, sender, timestamp, self),
                { RemoteDelete: { Timestamp: > 0 } deleted } => heard with
                {
                    Key = KeyOf("delete", sender, timestamp),
                    Deleted = new SignalRef(sender, deleted.Timestamp).ToMessageRef(),
                    IsAddressed = heard.ChatKind == ChatKind.Private,
                },
                _ => OfWords(heard, message, sender, timestamp, edits, self),
            },
        };
    }

    private static IncomingUpdate? OfReaction(IncomingUpdate heard, Reaction reaction, SignalAddress sender, long timestamp, Self self)
    {
        if (reaction is not { IsRemove: false, Emoji.Length: > 0, TargetSentTimestamp: > 0 }
            || !self.Wrote(heard.ChatKind, sender, reaction.TargetAuthorNumber, reaction.TargetAuthorUuid))
            return null;

        var about = new SignalRef(null, reaction.TargetSentTimestamp);
        return heard with
        {
            Key = KeyOf("reaction", sender, timestamp),
            Reaction = reaction.Emoji,
            About = about.ToMessageRef(),
            PressHandle = new PressHandle(ChatOf(heard), about).ToString(),
        };
    }

    private static IncomingUpdate? OfWords(
        IncomingUpdate heard, DataMessage message, SignalAddress sender, long timestamp, long? edits, Self self)
    {
        var chat = ChatOf(heard);
        var files = SignalFiles.Of(message.Attachments, chat);
        var (text, namesUs) = SignalMentions.Read(message.Message, message.Mentions, self);
        text ??= NameOf(message.Contacts);

        // A sticker carries no meaning for us, but its sender expects an answer.
        if (text is null && files.Count == 0 && !namesUs && message is { Sticker: null, Contacts: null })
            return null;

        var quotesUs = message.Quote is { } quoted && self.Wrote(heard.ChatKind, sender, quoted.AuthorNumber, quoted.AuthorUuid);
        var itself = new SignalRef(sender, edits ?? timestamp);
        return heard with
        {
            Key = KeyOf(edits is null ? "message" : "edit", sender, timestamp),
            Text = text,
            Files = files,
            Location = MapLinks.Find(text),
            Message = itself.ToMessageRef(),
            PressHandle = new PressHandle(chat, itself).ToString(),
            About = AboutOf(message.Quote, quotesUs)?.ToMessageRef(),
            IsEdit = edits is not null,
            IsAddressed = heard.ChatKind == ChatKind.Private || namesUs || quotesUs || text is ['/', ..],
        };
    }

    private static string? NameOf(IReadOnlyList<ContactCard?>? cards)
    {
        var parts = (cards ?? []).OfType<ContactCard>().SelectMany(card => new[] { card.Name?.Display ?? $"{card.Name?.Given} {card.Name?.Family}" }
            .Concat((card.Phone ?? []).Select(phone => phone?.Value))).Select(part => part?.Trim()).Where(part => !string.IsNullOrEmpty(part));
        return string.Join(" ", parts) is { Length: > 0 } text ? text : null;
    }

    private static SignalRef? AboutOf(Quote? quote, bool isOurs) => quote is not { Id: > 0 } ? null
        : isOurs ? new SignalRef(null, quote.Id)
        : SignalAddress.Of(quote.AuthorNumber, quote.AuthorUuid) is { } author ? new SignalRef(author, quote.Id) : null;

    private static IncomingUpdate? OfReceipt(IncomingUpdate heard, ReceiptMessage receipt, SignalAddress sender, long timestamp)
    {
        var messages = (receipt.Timestamps ?? []).Where(sent => sent > 0).Select(sent => new SignalRef(null, sent).ToMessageRef()).ToList();
        if (messages.Count == 0 || receipt is { IsDelivery: false, IsRead: false, IsViewed: false })
            return null;

        var kind = receipt.IsDelivery ? ReadReceiptKind.Delivered : ReadReceiptKind.Read;
        return heard with
        {
            Key = KeyOf("receipt", sender, timestamp, $"{kind}|{string.Join(',', messages.Select(message => message.Value))}"),
            ReadReceipt = new ReadReceipt(kind, messages),
        };
    }

    private static SignalAddress ChatOf(IncomingUpdate heard) => new(heard.Chat.Value);
}

/// <summary>The meaning of one event of the daemon.</summary>
internal sealed record Understood
{
    public static readonly Understood Nothing = new();
    public static readonly Understood Unreadable = new() { IsUnreadable = true };
    public static readonly Understood Foreign = new() { IsForeign = true };

    /// <summary>Must be handled before <see cref="Update"/>.</summary>
    public IncomingUpdate? Introduction { get; init; }

    public IncomingUpdate? Update { get; init; }

    /// <summary>The group whose members, or our membership, may have changed.</summary>
    public SignalAddress? ChangedGroup { get; init; }

    public bool IsUnreadable { get; private init; }

    /// <summary>Whether unknown parts of the event were left out.</summary>
    public bool IsPart { get; init; }

    /// <summary>Whether the event belongs to another account of the daemon.</summary>
    public bool IsForeign { get; private init; }
}

/// <summary>The bot's own account.</summary>
/// <param name="Uuid">Null until the daemon has told it.</param>
internal sealed record Self(string Number, string? Uuid = null)
{
    public bool Is(string? number, string? uuid) =>
        number == Number || (Uuid is not null && string.Equals(uuid, Uuid, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether we wrote a message. In a private chat, every message that is not the other person's is ours.</summary>
    public bool Wrote(ChatKind chat, SignalAddress sender, string? number, string? uuid) =>
        Is(number, uuid) || (chat == ChatKind.Private && SignalAddress.Of(number, uuid) is { } author
            && author != sender && SignalAddress.Of(number, null) != sender);

    public override string ToString() => "(own account)";
}
