using System.Text.Json.Nodes;

namespace AlertBot.Sandbox.Api;

/// <summary>The answer to one call, before it is written.</summary>
internal sealed record BotApiAnswer(int Code, JsonNode? Result, string? Description = null, int? RetryAfter = null, long? MigrateToChatId = null)
{
    public static readonly BotApiAnswer True = new(200, null);

    /// <summary>Replaces <see cref="Result"/> with text that is not JSON, to test how a bot takes it.</summary>
    private string? Raw { get; init; }

    public static BotApiAnswer Of(JsonNode result) => new(200, result);

    /// <summary>A list whose items are written unchanged, JSON or not.</summary>
    public static BotApiAnswer OfRaw(IEnumerable<string> results) => new(200, null) { Raw = $"[{string.Join(',', results)}]" };

    public static BotApiAnswer BadRequest(string description, long? migrateTo = null) =>
        new(400, null, "Bad Request: " + description, MigrateToChatId: migrateTo);

    public static BotApiAnswer Forbidden(string description) => new(403, null, "Forbidden: " + description);

    public static BotApiAnswer Conflict(string description) => new(409, null, "Conflict: " + description);

    public static BotApiAnswer TooMany(int seconds) => new(429, null, $"Too Many Requests: retry after {seconds}", seconds);

    public byte[] ToBytes() => System.Text.Encoding.UTF8.GetBytes(Raw is null ? ToJson().ToJsonString() : $$"""{"ok":true,"result":{{Raw}}}""");

    private JsonObject ToJson()
    {
        if (Code == 200)
            return new JsonObject { ["ok"] = true, ["result"] = Result ?? true };

        var json = new JsonObject { ["ok"] = false, ["error_code"] = Code, ["description"] = Description };
        if (RetryAfter is { } seconds)
            json["parameters"] = new JsonObject { ["retry_after"] = seconds };
        if (MigrateToChatId is { } id)
            json["parameters"] = new JsonObject { ["migrate_to_chat_id"] = id };
        return json;
    }
}
