using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace AlertBot.Channels.Signal;

// The parts of signal-cli's JSON that we use, from its manual page signal-cli-jsonrpc(5) and its package org.asamk.signal.json. We keep its names in
// our letter case. Everything it may omit is nullable here.

internal sealed record RpcAnswer(JsonElement? Result, RpcError? Error, JsonElement? Id);

internal sealed record RpcError(int Code, string? Message = null, JsonElement? Data = null);

internal sealed record VersionResponse(string? Version = null);

/// <param name="Timestamp">The message's, in milliseconds since 1970. With the author it identifies the message.</param>
internal sealed record SendResponse(long Timestamp = 0, IReadOnlyList<RecipientResult?>? Results = null);

/// <param name="Token">Present if Signal demands a captcha.</param>
internal sealed record RecipientResult(string? Type = null, string? Token = null, long? RetryAfterSeconds = null);

internal sealed record UserStatus(string? Recipient = null, string? Uuid = null, bool? IsRegistered = null);

/// <param name="AddedTimestamp">When the daemon saw that key first.</param>
internal sealed record IdentityRecord(string? SafetyNumber = null, long AddedTimestamp = 0);

internal sealed record AttachmentData(string? Data = null);

internal sealed record GroupRecord(
    string? Id = null, bool IsMember = false, IReadOnlyList<PartyRecord?>? Members = null, IReadOnlyList<PartyRecord?>? PendingMembers = null);

internal sealed record PartyRecord(string? Number = null, string? Uuid = null);

/// <summary>One event of the stream.</summary>
/// <param name="Account">The account that received it, since a daemon may serve several.</param>
internal sealed record ReceivedEvent(string? Account = null, Envelope? Envelope = null, ReceiveError? Exception = null);

/// <param name="Type">The name of the exception's class.</param>
internal sealed record ReceiveError(string? Type = null);

internal sealed record Envelope
{
    public string? SourceNumber { get; init; }
    public string? SourceUuid { get; init; }
    public long Timestamp { get; init; }
    public DataMessage? DataMessage { get; init; }
    public EditMessage? EditMessage { get; init; }
    public ReceiptMessage? ReceiptMessage { get; init; }
}

internal sealed record DataMessage
{
    public long Timestamp { get; init; }
    public string? Message { get; init; }
    public bool? IsExpirationUpdate { get; init; }
    public Reaction? Reaction { get; init; }
    public Quote? Quote { get; init; }
    public IReadOnlyList<Mention?>? Mentions { get; init; }
    public IReadOnlyList<Attachment?>? Attachments { get; init; }
    public JsonElement? Sticker { get; init; }
    public IReadOnlyList<ContactCard?>? Contacts { get; init; }
    public JsonElement? StoryContext { get; init; }
    public RemoteDelete? RemoteDelete { get; init; }
    public GroupInfo? GroupInfo { get; init; }
}

/// <summary>A contact from the sender's address book.</summary>
internal sealed record ContactCard(ContactName? Name = null, IReadOnlyList<ContactPhone?>? Phone = null);

internal sealed record ContactName(string? Display = null, string? Given = null, string? Family = null);

internal sealed record ContactPhone(string? Value = null);

/// <param name="Timestamp">The timestamp of the message that its sender deleted for everyone.</param>
internal sealed record RemoteDelete(long Timestamp = 0);

internal sealed record EditMessage(long TargetSentTimestamp = 0, DataMessage? DataMessage = null);

internal sealed record Reaction(
    string? Emoji = null, string? TargetAuthorNumber = null, string? TargetAuthorUuid = null, long TargetSentTimestamp = 0, bool IsRemove = false);

/// <param name="Id">The timestamp of the quoted message.</param>
internal sealed record Quote(long Id = 0, string? AuthorNumber = null, string? AuthorUuid = null);

/// <summary>The person meant by a placeholder in the text.</summary>
internal sealed record Mention(string? Number = null, string? Uuid = null, int Start = 0, int Length = 0);

internal sealed record Attachment(string? Id = null, string? ContentType = null, long? Size = null);

/// <param name="Type"><c>DELIVER</c>, or <c>UPDATE</c> where the group itself changed.</param>
internal sealed record GroupInfo(string? GroupId = null, string? GroupName = null, string? Type = null);

internal sealed record ReceiptMessage(
    bool IsDelivery = false, bool IsRead = false, bool IsViewed = false, IReadOnlyList<long>? Timestamps = null);

internal sealed record RpcRequest(string Method, RpcParams Params, string Id, string Jsonrpc = "2.0");

/// <summary>The parameters of any method; each sets only those it needs.</summary>
internal sealed record RpcParams
{
    /// <summary>Required by a daemon with several accounts, ignored by one with a single account.</summary>
    public string? Account { get; init; }

    /// <summary>A list for methods that take several recipients, else one string.</summary>
    public JsonNode? Recipient { get; init; }

    /// <summary>Whose keys are asked for.</summary>
    public string? Number { get; init; }

    public string? VerifiedSafetyNumber { get; init; }
    public string? GroupId { get; init; }
    public string? Message { get; init; }
    public IReadOnlyList<string>? TextStyle { get; init; }
    public IReadOnlyList<string>? Attachment { get; init; }
    public long? QuoteTimestamp { get; init; }
    public string? QuoteAuthor { get; init; }
    public long? EditTimestamp { get; init; }
    public bool? NoUrgent { get; init; }
    public string? Emoji { get; init; }
    public string? TargetAuthor { get; init; }
    public long? TargetTimestamp { get; init; }
    public bool? TrustAllKnownKeys { get; init; }
    public string? Challenge { get; init; }
    public string? Captcha { get; init; }
    public string? Id { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RpcRequest))]
[JsonSerializable(typeof(RpcAnswer))]
[JsonSerializable(typeof(VersionResponse))]
[JsonSerializable(typeof(SendResponse))]
[JsonSerializable(typeof(UserStatus[]))]
[JsonSerializable(typeof(IdentityRecord[]))]
[JsonSerializable(typeof(AttachmentData))]
[JsonSerializable(typeof(GroupRecord[]))]
[JsonSerializable(typeof(ReceivedEvent))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class SignalJson : JsonSerializerContext;
