using System.Text.Json.Nodes;

namespace AlertBot.Sandbox.Signal;

/// <summary>The objects of signal-cli's events, as in its <c>org.asamk.signal.json</c>, with the same nulls.</summary>
internal static class SignalJson
{
    public static JsonObject Envelope(SandboxSignalPhone from, long timestamp) => new()
    {
        ["source"] = from.NumberForBot ?? from.Uuid.ToString(),
        ["sourceNumber"] = from.NumberForBot,
        ["sourceUuid"] = from.Uuid.ToString(),
        ["sourceName"] = from.Name,
        ["sourceDevice"] = 1,
        ["timestamp"] = timestamp,
        ["serverReceivedTimestamp"] = timestamp,
        ["serverDeliveredTimestamp"] = timestamp,
    };

    public static JsonObject Data(long timestamp, string? message, SandboxSignalGroup? group, bool isUpdate = false)
    {
        var json = new JsonObject
        {
            ["timestamp"] = timestamp,
            ["message"] = message,
            ["expiresInSeconds"] = 0,
            ["isExpirationUpdate"] = false,
            ["viewOnce"] = false,
        };
        if (group is not null)
        {
            json["groupInfo"] = new JsonObject
            {
                ["groupId"] = group.Id,
                ["groupName"] = group.Title,
                ["revision"] = group.Revision,
                ["type"] = isUpdate ? "UPDATE" : "DELIVER",
            };
        }

        return json;
    }

    public static JsonObject Message(SignalWorld world, SandboxSignalMessage message, long timestamp, SandboxSignalGroup? group)
    {
        var json = Data(timestamp, message.Text.Length > 0 ? message.Text : null, group);
        if (message.Quote is { } quote)
        {
            json["quote"] = Author(world, quote.Author, new JsonObject { ["id"] = quote.Timestamp }, "author");
            json["quote"]!["text"] = quote.Text;
            json["quote"]!["attachments"] = new JsonArray();
        }

        if (message.Files.Count > 0)
            json["attachments"] = new JsonArray([.. message.Files.Select(JsonNode (file) => Attachment(file, timestamp))]);
        if (message.Styles.Count > 0)
        {
            json["textStyles"] = new JsonArray([.. message.Styles.Select(JsonNode (style) =>
                new JsonObject { ["style"] = style.Style, ["start"] = style.Start, ["length"] = style.Length })]);
        }

        return json;
    }

    public static JsonObject Reaction(SignalWorld world, string emoji, Guid author, long target, bool isRemove)
    {
        var json = Author(world, author, new JsonObject { ["emoji"] = emoji }, "targetAuthor");
        json["targetSentTimestamp"] = target;
        json["isRemove"] = isRemove;
        return json;
    }

    public static JsonObject Receipt(long when, bool isRead, IEnumerable<long> timestamps) => new()
    {
        ["when"] = when,
        ["isDelivery"] = !isRead,
        ["isRead"] = isRead,
        ["isViewed"] = false,
        ["timestamps"] = new JsonArray([.. timestamps.Select(JsonNode (timestamp) => timestamp)]),
    };

    public static string AttachmentId(SandboxFile file) => file.Id + file.ContentType switch
    {
        "image/jpeg" => ".jpg",
        "image/png" => ".png",
        "audio/aac" => ".aac",
        "audio/mp4" => ".m4a",
        "video/mp4" => ".mp4",
        _ => "",
    };

    private static JsonObject Attachment(SandboxFile file, long timestamp) => new()
    {
        ["contentType"] = file.ContentType,

        // The phone's own recording has no name.
        ["filename"] = file.Kind == "document" ? file.Name : null,
        ["id"] = AttachmentId(file),
        ["size"] = file.Size,
        ["width"] = null,
        ["height"] = null,
        ["caption"] = null,
        ["uploadTimestamp"] = timestamp,
    };

    private static JsonObject Author(SignalWorld world, Guid author, JsonObject json, string name)
    {
        var number = author == world.BotId ? world.BotNumber : world.Phone(author)?.NumberForBot;
        json[name] = number ?? author.ToString();
        json[name + "Number"] = number;
        json[name + "Uuid"] = author.ToString();
        return json;
    }
}
