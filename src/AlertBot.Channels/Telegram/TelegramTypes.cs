using System.Text.Json;
using System.Text.Json.Serialization;

namespace AlertBot.Channels.Telegram;

// The parts of https://core.telegram.org/bots/api that we use. Names follow the page, in our letter case.

internal sealed record ApiReply<T>(
    bool Ok, T? Result = default, int ErrorCode = 0, string? Description = null, ResponseParameters? Parameters = null);

internal sealed record ResponseParameters(long? MigrateToChatId = null, int? RetryAfter = null);

internal sealed record User(long Id, bool IsBot = false, string? Username = null, string? LanguageCode = null);

internal sealed record Chat(long Id, string? Type = null, string? Title = null);

internal sealed record Update
{
    public long UpdateId { get; init; }
    public Message? Message { get; init; }
    public Message? EditedMessage { get; init; }
    public CallbackQuery? CallbackQuery { get; init; }
    public ChatMemberUpdated? MyChatMember { get; init; }
    public ChatMemberUpdated? ChatMember { get; init; }
}

/// <summary>A message, or what is left of one that the bot may no longer see: then only chat, id and a date of 0.</summary>
internal sealed record Message
{
    public long MessageId { get; init; }
    public long Date { get; init; }
    public required Chat Chat { get; init; }
    public User? From { get; init; }
    public Chat? SenderChat { get; init; }
    public long? MessageThreadId { get; init; }
    public bool IsTopicMessage { get; init; }
    public Message? ReplyToMessage { get; init; }
    public string? Text { get; init; }
    public string? Caption { get; init; }
    public IReadOnlyList<MessageEntity>? Entities { get; init; }
    public IReadOnlyList<MessageEntity>? CaptionEntities { get; init; }
    public IReadOnlyList<TelegramFile>? Photo { get; init; }
    public TelegramFile? Voice { get; init; }
    public TelegramFile? Audio { get; init; }
    public TelegramFile? Video { get; init; }
    public TelegramFile? VideoNote { get; init; }
    public TelegramFile? Document { get; init; }
    public Location? Location { get; init; }
    public Venue? Venue { get; init; }
    public ForwardOrigin? ForwardOrigin { get; init; }
    public IReadOnlyList<User>? NewChatMembers { get; init; }
    public long? MigrateToChatId { get; init; }
    public long? MigrateFromChatId { get; init; }
}

/// <summary>What photo sizes, voices, videos and documents have in common, and the answer of getFile.</summary>
internal sealed record TelegramFile(
    string FileId, string? MimeType = null, long? FileSize = null, int Width = 0, int Height = 0, string? FilePath = null);

internal sealed record Location(double Latitude, double Longitude);

internal sealed record Venue(Location Location, string? Title = null, string? Address = null);

/// <summary>That it was passed on; from whom is not our business.</summary>
internal sealed record ForwardOrigin(string? Type = null);

internal sealed record MessageEntity(string Type, int Offset, int Length, string? Url = null);

internal sealed record CallbackQuery(string Id, User From, Message? Message = null, string? Data = null);

internal sealed record ChatMemberUpdated(Chat Chat, User From, ChatMember OldChatMember, ChatMember NewChatMember);

internal sealed record ChatMember(string Status, User? User = null, bool? IsMember = null)
{
    [JsonIgnore]
    public bool IsIn => Status is "creator" or "administrator" or "member" || (Status == "restricted" && IsMember == true);
}

internal sealed record Nothing;

internal sealed record GetUpdates(long Offset, int Timeout, IReadOnlyList<string> AllowedUpdates, int Limit = 100);

internal sealed record SetWebhook(string Url, string SecretToken, IReadOnlyList<string> AllowedUpdates, int MaxConnections = 40);

internal sealed record SendMessage
{
    public required long ChatId { get; init; }
    public long? MessageThreadId { get; init; }
    public required string Text { get; init; }
    public IReadOnlyList<MessageEntity>? Entities { get; init; }
    public LinkPreviewOptions LinkPreviewOptions { get; init; } = LinkPreviewOptions.Off;
    public bool? DisableNotification { get; init; }
    public ReplyParameters? ReplyParameters { get; init; }
    public ReplyMarkup? ReplyMarkup { get; init; }
}

/// <summary>A file with a plain text under it. Goes as a form, since JSON holds no file.</summary>
internal sealed record SendDocument(long ChatId, long? MessageThreadId, string Caption, bool? DisableNotification, Domain.Channels.OutgoingFile File);

internal sealed record EditMessageText
{
    public required long ChatId { get; init; }
    public required long MessageId { get; init; }
    public required string Text { get; init; }
    public IReadOnlyList<MessageEntity>? Entities { get; init; }
    public LinkPreviewOptions LinkPreviewOptions { get; init; } = LinkPreviewOptions.Off;
    public ReplyMarkup? ReplyMarkup { get; init; }
}

/// <summary>Without previews no server fetches a link because we mentioned it.</summary>
internal sealed record LinkPreviewOptions(bool IsDisabled)
{
    public static readonly LinkPreviewOptions Off = new(true);
}

internal sealed record ReplyParameters(long MessageId, bool AllowSendingWithoutReply);

internal sealed record ReplyMarkup
{
    public IReadOnlyList<IReadOnlyList<InlineButton>>? InlineKeyboard { get; init; }
    public IReadOnlyList<IReadOnlyList<KeyboardButton>>? Keyboard { get; init; }
    public bool? ResizeKeyboard { get; init; }
    public bool? OneTimeKeyboard { get; init; }
}

internal sealed record InlineButton(string Text, string CallbackData);

internal sealed record KeyboardButton(string Text, bool? RequestLocation);

internal sealed record AnswerCallbackQuery(string CallbackQueryId, string? Text);

internal sealed record SetMyCommands(IReadOnlyList<BotCommand> Commands, BotCommandScope? Scope, string? LanguageCode);

internal sealed record BotCommand(string Command, string Description);

internal sealed record BotCommandScope(string Type, long? ChatId = null);

internal sealed record GetFile(string FileId);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ApiReply<User>))]
[JsonSerializable(typeof(ApiReply<bool>))]
[JsonSerializable(typeof(ApiReply<Message>))]
[JsonSerializable(typeof(ApiReply<TelegramFile>))]
[JsonSerializable(typeof(ApiReply<JsonElement[]>))]
[JsonSerializable(typeof(Update))]
[JsonSerializable(typeof(Nothing))]
[JsonSerializable(typeof(GetUpdates))]
[JsonSerializable(typeof(SetWebhook))]
[JsonSerializable(typeof(SendMessage))]
[JsonSerializable(typeof(EditMessageText))]
[JsonSerializable(typeof(AnswerCallbackQuery))]
[JsonSerializable(typeof(SetMyCommands))]
[JsonSerializable(typeof(GetFile))]
internal sealed partial class TelegramJson : JsonSerializerContext;
