using System.Text.Json;
using AlertBot.Domain.Channels;

namespace AlertBot.Channels.Telegram;

/// <summary>Turns Telegram's updates into ours.</summary>
internal static class TelegramUpdates
{
    /// <summary>Null when the update does not concern us.</summary>
    /// <param name="key">Names the update, the same for every delivery.</param>
    /// <exception cref="InvalidDataException">The update names no chat or no person, so nobody can be answered.</exception>
    public static IncomingUpdate? Read(Update update, string key, User me) => update switch
    {
        { Message: { } message } => OfMessage(key, message, me),
        { EditedMessage: { } edited } => OfMessage(key, edited, me) is { } read ? read with { IsEdit = true } : null,
        { CallbackQuery: { } press } => OfPress(key, press),
        { MyChatMember: { } change } => OfOwnMembership(key, change),
        { ChatMember: { } change } => OfMembership(key, change),
        _ => null,
    };

    private static IncomingUpdate? OfMessage(string key, Message message, User me)
    {
        if (message.Chat is null or { Id: 0 })
            throw new InvalidDataException("A message without a chat.");

        var heard = new IncomingUpdate(key, TelegramAddress.Of(message).ToChannelAddress(), KindOf(message.Chat), SenderOf(message))
        {
            ChatTitle = message.Chat.Title,
            Message = message.MessageId == 0 ? null : TelegramAddress.Ref(message.MessageId),
            LanguageHint = message.From?.LanguageCode,
        };

        switch (message)
        {
            case { MigrateToChatId: { } newId }:
                return heard with { Change = new ChatChange.Moved(new TelegramAddress(newId).ToChannelAddress()) };
            case { MigrateFromChatId: { } oldId }:
                return heard with
                {
                    Chat = new TelegramAddress(oldId).ToChannelAddress(),
                    Change = new ChatChange.Moved(new TelegramAddress(message.Chat.Id).ToChannelAddress()),
                };
            case { NewChatMembers: { } joined }:
                // The bot's own joining arrives as my_chat_member.
                var others = joined.Where(member => member.Id != me.Id).Select(member => new TelegramAddress(member.Id).ToChannelAddress()).ToList();
                return others.Count == 0 ? null : heard with { Change = new ChatChange.MembersJoined(others), IsAddressed = false };
        }

        // Telegram's own messages are nobody's words, for example when people set messages to vanish or pin one.
        if (TelegramServiceMessages.IsOne(message))
            return null;

        var reply = ReplyOf(message);
        var (text, isForUs) = TextFor(message, me);
        return heard with
        {
            Text = text,
            About = reply is null ? null : TelegramAddress.Ref(reply.MessageId),
            Location = (message.Location ?? message.Venue?.Location) is { } place ? new GeoPoint(place.Latitude, place.Longitude) : null,
            IsLive = message.Location?.LivePeriod is > 0,
            Files = FilesOf(message),
            Album = message.MediaGroupId,
            IsForward = message.ForwardOrigin is { ValueKind: not JsonValueKind.Null },
            IsAddressed = heard.ChatKind == ChatKind.Private || isForUs || reply?.From?.Id == me.Id,
        };
    }

    private static IncomingUpdate OfPress(string key, CallbackQuery press)
    {
        if (press.From is null or { Id: 0 } || press.Message is { Chat: null or { Id: 0 } })
            throw new InvalidDataException("A press of nobody, or nowhere.");

        var by = new TelegramAddress(press.From.Id).ToChannelAddress();

        // A message too old for the bot to see still names its chat. A button of an inline message names none.
        return new IncomingUpdate(
            key,
            press.Message is { } on ? TelegramAddress.Of(on).ToChannelAddress() : by,
            press.Message is { } in_ ? KindOf(in_.Chat) : ChatKind.Private,
            by)
        {
            Pressed = press.Data ?? "",
            PressHandle = press.Id,
            About = press.Message is { } about ? TelegramAddress.Ref(about.MessageId) : null,
            LanguageHint = press.From.LanguageCode,
            ChatTitle = press.Message?.Chat.Title,
        };
    }

    private static IncomingUpdate? OfOwnMembership(string key, ChatMemberUpdated change)
    {
        if (change.Chat.Type == "channel")
            return OfChannel(key, change);

        ChatChange? what = (change.OldChatMember.IsIn, change.NewChatMember.IsIn) switch
        {
            (false, true) => new ChatChange.BotAdded(),
            (true, false) => new ChatChange.BotRemoved(),

            // Promoted, restricted or renamed: membership did not change.
            _ => null,
        };
        return what is null ? null : Membership(key, change, what);
    }

    // Anybody may read a channel, and the bot would speak to all of them.
    private static IncomingUpdate? OfChannel(string key, ChatMemberUpdated change)
    {
        if (change.OldChatMember.IsIn || !change.NewChatMember.IsIn || change.From is null or { Id: 0 })
            return null;
        var by = new TelegramAddress(change.From.Id).ToChannelAddress();
        return new IncomingUpdate(key, by, ChatKind.Private, by)
        {
            LanguageHint = change.From.LanguageCode,
            Change = new ChatChange.BotInChannel(change.Chat.Title),
        };
    }

    private static IncomingUpdate? OfMembership(string key, ChatMemberUpdated change)
    {
        if (change.OldChatMember.IsIn || !change.NewChatMember.IsIn || change.Chat.Type == "channel")
            return null;

        var joined = new TelegramAddress((change.NewChatMember.User ?? change.From).Id).ToChannelAddress();
        return Membership(key, change, new ChatChange.MembersJoined([joined])) with { IsAddressed = false };
    }

    private static IncomingUpdate Membership(string key, ChatMemberUpdated change, ChatChange what) => new(
        key,
        new TelegramAddress(change.Chat.Id).ToChannelAddress(),
        KindOf(change.Chat),
        new TelegramAddress(change.From.Id).ToChannelAddress())
    {
        ChatTitle = change.Chat.Title,
        LanguageHint = change.From.LanguageCode,
        Change = what,
    };

    private static ChatKind KindOf(Chat chat) => chat.Id > 0 ? ChatKind.Private : ChatKind.Group;

    /// <summary>
    /// An anonymous admin and a channel speak as a chat. The user named beside it is Telegram's stand-in, the same for all of them.
    /// </summary>
    private static ChannelAddress? SenderOf(Message message) =>
        message.SenderChat is null && message.From is { Id: not 0 } from ? new TelegramAddress(from.Id).ToChannelAddress() : null;

    /// <summary>In a topic every message "replies" to the one that opened the topic, which nobody intended.</summary>
    private static Message? ReplyOf(Message message) =>
        message is { IsTopicMessage: true, ReplyToMessage: { } to } && to.MessageId == message.MessageThreadId ? null : message.ReplyToMessage;

    /// <summary>The written text, and whether it addresses us. <c>/case@OurBot K-1</c> becomes <c>/case K-1</c>.</summary>
    private static (string? Text, bool IsForUs) TextFor(Message message, User me)
    {
        var text = message.Text ?? message.Caption ?? NameOf(message.Venue) ?? NameOf(message.Contact) ?? message.Poll?.Question;
        if (string.IsNullOrEmpty(text) || me.Username is not { } name)
            return (text, text is ['/', ..]);

        if (text[0] == '/')
        {
            var end = text.AsSpan().IndexOfAny(" \n\t");
            var command = end < 0 ? text : text[..end];
            var at = command.IndexOf('@');
            if (at < 0)
                return (text, true);
            return command.AsSpan(at + 1).Equals(name, StringComparison.OrdinalIgnoreCase)
                ? (command[..at] + text[command.Length..], true)
                : (text, false);
        }

        return (text, (message.Entities ?? message.CaptionEntities ?? []).Any(entity => entity.Type == "mention"
            && entity.Offset >= 0 && entity.Length == name.Length + 1 && entity.Offset + entity.Length <= text.Length
            && text.AsSpan(entity.Offset + 1, name.Length).Equals(name, StringComparison.OrdinalIgnoreCase)));
    }

    private static string? NameOf(Venue? venue) => venue is null ? null
        : string.Join(", ", new[] { venue.Title, venue.Address }.Where(part => !string.IsNullOrWhiteSpace(part))) is { Length: > 0 } name
            ? name
            : null;

    // The person whose contact somebody sent, as name and number.
    private static string? NameOf(Contact? contact) => contact is null ? null
        : string.Join(" ", new[] { contact.FirstName, contact.LastName, contact.PhoneNumber }.Where(part => !string.IsNullOrWhiteSpace(part)))
            is { Length: > 0 } card
            ? card
            : null;

    private static List<IncomingFile> FilesOf(Message message)
    {
        var files = new List<IncomingFile>();
        if (message.Photo is { Count: > 0 } sizes)
            Add(sizes.MaxBy(size => (long)size.Width * size.Height), "photo", "image/jpeg");
        Add(message.Voice, "voice");
        Add(message.Audio, "voice");
        Add(message.Video, "video");
        Add(message.VideoNote, "video", "video/mp4");
        Add(message.Document, "document");
        return files;

        void Add(TelegramFile? file, string kind, string? type = null)
        {
            if (file is not null)
                files.Add(new IncomingFile(file.FileId, kind, file.MimeType ?? type, file.FileSize));
        }
    }
}
