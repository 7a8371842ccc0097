using AlertBot.Channels.Telegram;
using Telegram.Bot.Requests;
using Telegram.Bot.Types.Enums;
using Telegram.Bot.Types.ReplyMarkups;
using Api = Telegram.Bot.Types;
using ReplyMarkup = AlertBot.Channels.Telegram.ReplyMarkup;

namespace AlertBot.TelegramBot;

/// <summary>What we say, in the library's words.</summary>
internal static class TelegramBotWords
{
    private static readonly Api.LinkPreviewOptions NoPreview = new() { IsDisabled = LinkPreviewOptions.Off.IsDisabled };

    public static SendMessageRequest Of(SendMessage message) => new()
    {
        ChatId = message.ChatId,
        MessageThreadId = message.MessageThreadId is { } thread ? int.CreateSaturating(thread) : null,
        Text = message.Text,
        Entities = Of(message.Entities),
        LinkPreviewOptions = NoPreview,
        DisableNotification = message.DisableNotification ?? false,
        ReplyParameters = message.ReplyParameters is { } reply
            ? new Api.ReplyParameters { MessageId = int.CreateSaturating(reply.MessageId), AllowSendingWithoutReply = reply.AllowSendingWithoutReply }
            : null,
        ReplyMarkup = Inline(message.ReplyMarkup) is { } inline ? inline : Keyboard(message.ReplyMarkup),
    };

    public static SendDocumentRequest Of(SendDocument document) => new()
    {
        ChatId = document.ChatId,
        MessageThreadId = document.MessageThreadId is { } thread ? int.CreateSaturating(thread) : null,
        Document = new Api.InputFileStream(new MemoryStream(document.File.Content), document.File.Name),
        Caption = document.Caption,
        DisableNotification = document.DisableNotification ?? false,
    };

    public static EditMessageTextRequest Of(EditMessageText edit) => new()
    {
        ChatId = edit.ChatId,
        MessageId = int.CreateSaturating(edit.MessageId),
        Text = edit.Text,
        Entities = Of(edit.Entities),
        LinkPreviewOptions = NoPreview,
        ReplyMarkup = Inline(edit.ReplyMarkup),
    };

    public static SetMyCommandsRequest Of(SetMyCommands menu) => new()
    {
        Commands = [.. menu.Commands.Select(command => new Api.BotCommand { Command = command.Command, Description = command.Description })],
        Scope = menu.Scope?.ChatId is { } chat ? new Api.BotCommandScopeChat { ChatId = chat } : null,
        LanguageCode = menu.LanguageCode,
    };

    private static List<Api.MessageEntity>? Of(IReadOnlyList<MessageEntity>? entities) => entities?.Select(entity => new Api.MessageEntity
    {
        Type = entity.Type switch
        {
            "bold" => MessageEntityType.Bold,
            "italic" => MessageEntityType.Italic,
            "strikethrough" => MessageEntityType.Strikethrough,
            "code" => MessageEntityType.Code,
            "spoiler" => MessageEntityType.Spoiler,
            "text_link" => MessageEntityType.TextLink,
            _ => throw new ArgumentOutOfRangeException(nameof(entities), entity.Type, null),
        },
        Offset = entity.Offset,
        Length = entity.Length,
        Url = entity.Url,
    }).ToList();

    private static InlineKeyboardMarkup? Inline(ReplyMarkup? markup) => markup?.InlineKeyboard is { } rows
        ? new InlineKeyboardMarkup(rows.Select(row => row.Select(button => InlineKeyboardButton.WithCallbackData(button.Text, button.CallbackData))))
        : null;

    private static ReplyKeyboardMarkup? Keyboard(ReplyMarkup? markup) => markup?.Keyboard is { } rows
        ? new ReplyKeyboardMarkup(rows.Select(row => row.Select(
            button => new Api.ReplyMarkups.KeyboardButton(button.Text) { RequestLocation = button.RequestLocation ?? false })))
        {
            ResizeKeyboard = markup.ResizeKeyboard ?? false,
            OneTimeKeyboard = markup.OneTimeKeyboard ?? false,
        }
        : null;
}
