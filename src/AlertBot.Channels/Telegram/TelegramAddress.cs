using System.Globalization;
using AlertBot.Domain.Channels;

namespace AlertBot.Channels.Telegram;

/// <summary>A chat or a forum topic: <c>chat id</c> or <c>chat id/thread id</c>. Groups have negative ids.</summary>
internal readonly record struct TelegramAddress(long ChatId, long? ThreadId = null)
{
    public bool IsGroup => ChatId < 0;

    /// <summary>Null for what is not a Telegram address.</summary>
    public static TelegramAddress? Read(ChannelAddress address)
    {
        if (address.Channel != ChannelKind.Telegram)
            return null;

        var (chat, thread) = address.Value.IndexOf('/') is var slash and >= 0
            ? (address.Value[..slash], address.Value[(slash + 1)..])
            : (address.Value, null);

        if (!long.TryParse(chat, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var chatId) || chatId == 0)
            return null;
        if (thread is null)
            return new TelegramAddress(chatId);
        return long.TryParse(thread, NumberStyles.None, CultureInfo.InvariantCulture, out var threadId)
            ? new TelegramAddress(chatId, threadId)
            : null;
    }

    public static TelegramAddress Of(Message message) =>
        new(message.Chat.Id, message.IsTopicMessage ? message.MessageThreadId : null);

    public static MessageRef Ref(long messageId) => new(messageId.ToString(CultureInfo.InvariantCulture));

    public static long? ReadRef(MessageRef? message) =>
        long.TryParse(message?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    public ChannelAddress ToChannelAddress() => new(
        ChannelKind.Telegram,
        ThreadId is { } thread
            ? string.Create(CultureInfo.InvariantCulture, $"{ChatId}/{thread}")
            : ChatId.ToString(CultureInfo.InvariantCulture));

    public override string ToString() => "(Telegram address)";
}
