using AlertBot.Domain.Channels;
using Telegram.Bot.Requests;
using Telegram.Bot.Requests.Abstractions;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;
using Telegram.Bot.Types.ReplyMarkups;
using Entity = Telegram.Bot.Types.MessageEntity;
using RichText = AlertBot.Domain.Channels.RichText;

namespace AlertBot.Channels.Telegram;

/// <summary>Our messages as requests of the library.</summary>
internal static class TelegramRequests
{
    /// <summary>Telegram's limit for a file's caption, in characters.</summary>
    public const int MaxCaption = 1_024;

    // A symbol instead of a word, so that the button needs no translation.
    private static readonly ReplyKeyboardMarkup AskLocation =
        new([[new KeyboardButton("📍") { RequestLocation = true }]]) { ResizeKeyboard = true, OneTimeKeyboard = true };

    // A preview would make a server fetch the link.
    private static readonly LinkPreviewOptions NoPreview = new() { IsDisabled = true };

    public static SendMessageRequest Send(TelegramAddress to, OutgoingMessage message) => new()
    {
        ChatId = to.ChatId,
        MessageThreadId = ThreadOf(to),
        Text = message.Text.Plain,
        Entities = EntitiesOf(message.Text),
        LinkPreviewOptions = NoPreview,
        DisableNotification = message.Silent,
        ReplyParameters = TelegramAddress.ReadRef(message.ReplyTo) is { } reply
            ? new ReplyParameters { MessageId = int.CreateSaturating(reply), AllowSendingWithoutReply = true }
            : null,

        // Telegram allows the location button in private chats only.
        ReplyMarkup = ButtonsOf(message) is { } buttons ? buttons : message.AskLocation && !to.IsGroup ? AskLocation : null,
    };

    /// <summary>Voices and pictures play in the chat; any other file is a document to open.</summary>
    public static IRequest SendFile(TelegramAddress to, OutgoingMessage message, OutgoingFile file)
    {
        var content = new InputFileStream(new MemoryStream(file.Content), file.Name);
        return file.Kind switch
        {
            "photo" => new SendPhotoRequest
            {
                ChatId = to.ChatId,
                MessageThreadId = ThreadOf(to),
                Photo = content,
                Caption = message.Text.Plain,
                DisableNotification = message.Silent,
                ProtectContent = true,
            },
            "voice" => new SendVoiceRequest
            {
                ChatId = to.ChatId,
                MessageThreadId = ThreadOf(to),
                Voice = content,
                Caption = message.Text.Plain,
                DisableNotification = message.Silent,
                ProtectContent = true,
            },
            _ => new SendDocumentRequest
            {
                ChatId = to.ChatId,
                MessageThreadId = ThreadOf(to),
                Document = content,
                Caption = message.Text.Plain,
                DisableNotification = message.Silent,
            },
        };
    }

    public static EditMessageTextRequest Edit(TelegramAddress to, long messageId, OutgoingMessage message) => new()
    {
        ChatId = to.ChatId,
        MessageId = int.CreateSaturating(messageId),
        Text = message.Text.Plain,
        Entities = EntitiesOf(message.Text),
        LinkPreviewOptions = NoPreview,
        ReplyMarkup = ButtonsOf(message),
    };

    public static DeleteMessageRequest Delete(TelegramAddress to, long messageId) => new()
    {
        ChatId = to.ChatId,
        MessageId = int.CreateSaturating(messageId),
    };

    public static SetMyCommandsRequest SetCommands(IReadOnlyList<CommandHint> commands, string? language, TelegramAddress? chat) => new()
    {
        Commands = [.. commands.Select(hint => new BotCommand { Command = hint.Command.TrimStart('/'), Description = hint.Description })],
        Scope = chat is { } one ? new BotCommandScopeChat { ChatId = one.ChatId } : null,
        LanguageCode = language,
    };

    private static int? ThreadOf(TelegramAddress to) => to.ThreadId is { } thread ? int.CreateSaturating(thread) : null;

    private static List<Entity>? EntitiesOf(RichText text) => text.Spans.Count == 0 ? null :
    [
        .. text.Spans.Where(span => span.Length > 0).Select(span => new Entity
        {
            Type = span.Style switch
            {
                TextStyle.Bold => MessageEntityType.Bold,
                TextStyle.Italic => MessageEntityType.Italic,
                TextStyle.Strikethrough => MessageEntityType.Strikethrough,
                TextStyle.Code => MessageEntityType.Code,
                TextStyle.Spoiler => MessageEntityType.Spoiler,
                TextStyle.Link => MessageEntityType.TextLink,
                _ => throw new ArgumentOutOfRangeException(nameof(text), span.Style, null),
            },
            Offset = span.Start,
            Length = span.Length,
            Url = span.Target,
        }),
    ];

    private static InlineKeyboardMarkup? ButtonsOf(OutgoingMessage message)
    {
        var rows = message.Choices?.Where(row => row.Count > 0).Select(row => row.Select(ButtonOf)).ToList();
        return rows is { Count: > 0 } ? new InlineKeyboardMarkup(rows) : null;
    }

    private static InlineKeyboardButton ButtonOf(Choice choice) => InlineKeyboardButton.WithCallbackData(choice.Label, choice.Data);
}
