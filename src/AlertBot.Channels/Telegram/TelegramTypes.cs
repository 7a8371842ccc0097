using System.Text.Json;
using System.Text.Json.Serialization;

namespace AlertBot.Channels.Telegram;

// The parts of https://core.telegram.org/bots/api that we read. We keep its names in our letter case.

internal sealed record ApiFailure(int ErrorCode = 0, string? Description = null, ResponseParameters? Parameters = null);

internal sealed record ResponseParameters(long? MigrateToChatId = null, int? RetryAfter = null);

internal sealed record User(long Id, bool IsBot = false, string? Username = null, string? LanguageCode = null);

internal sealed record Chat(long Id, string? Type = null, string? Title = null);

internal sealed record Update
{
    public Message? Message { get; init; }
    public Message? EditedMessage { get; init; }
    public CallbackQuery? CallbackQuery { get; init; }
    public ChatMemberUpdated? MyChatMember { get; init; }
    public ChatMemberUpdated? ChatMember { get; init; }
}

/// <summary>A message. Of one that the bot may no longer see, Telegram gives only chat, id and a date of 0.</summary>
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

    /// <summary>Present if the message was forwarded. The content does not matter to us, and its kinds keep growing.</summary>
    public JsonElement? ForwardOrigin { get; init; }
    public IReadOnlyList<User>? NewChatMembers { get; init; }
    public long? MigrateToChatId { get; init; }
    public long? MigrateFromChatId { get; init; }
    public string? MediaGroupId { get; init; }
    public Contact? Contact { get; init; }
    public Poll? Poll { get; init; }

    /// <summary>All other fields, by name. Our JSON reader fills them in afterwards.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Rest { get; set; }
}

/// <summary>The common fields of photo sizes, voices, videos and documents, and of getFile's answer.</summary>
internal sealed record TelegramFile(
    string FileId, string? MimeType = null, long? FileSize = null, int Width = 0, int Height = 0, string? FilePath = null);

internal sealed record Location(double Latitude, double Longitude, int? LivePeriod = null);

internal sealed record Contact(string? PhoneNumber = null, string? FirstName = null, string? LastName = null);

internal sealed record Poll(string? Question = null);

internal sealed record Venue(Location Location, string? Title = null, string? Address = null);

internal sealed record MessageEntity(string Type, int Offset, int Length, string? Url = null);

internal sealed record CallbackQuery(string Id, User From, Message? Message = null, string? Data = null);

internal sealed record ChatMemberUpdated(Chat Chat, User From, ChatMember OldChatMember, ChatMember NewChatMember);

internal sealed record ChatMember(string Status, User? User = null, bool? IsMember = null)
{
    [JsonIgnore]
    public bool IsIn => Status is "creator" or "administrator" or "member" || (Status == "restricted" && IsMember == true);
}

/// <summary>Telegram's id of a message that it accepted, the only part of the answer that we need.</summary>
internal sealed record SentMessage(long MessageId);

internal sealed record GetUpdates(long Offset, int Limit, int Timeout, IReadOnlyList<string> AllowedUpdates);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ApiFailure))]
[JsonSerializable(typeof(Update))]
[JsonSerializable(typeof(GetUpdates))]
internal sealed partial class TelegramJson : JsonSerializerContext;
