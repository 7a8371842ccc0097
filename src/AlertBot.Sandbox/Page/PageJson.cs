using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;

namespace AlertBot.Sandbox.Page;

/// <summary>
/// The page's view of the world. All times are local and computed here, with the zones that deadlines use: a browser's own may be older (Kazakhstan
/// changed its time on 1 March 2024).
/// </summary>
internal static class PageJson
{
    /// <summary>How many messages the page loads at once.</summary>
    public const int RoomSize = 200;

    private const int LongestQuote = 120;

    public static JsonObject Window(TelegramWindow window, SandboxBot bot)
    {
        var chat = window.Chat;
        var json = new JsonObject
        {
            ["key"] = window.Key,
            ["kind"] = window.Phone is null ? "group" : "person",
            ["name"] = window.Phone?.Name ?? chat.Title,
            ["zone"] = window.Zone.Id,
            ["bot"] = bot.Username,
            ["commands"] = new JsonArray([.. bot.MenuIn(chat, window.Phone?.Language ?? "").Select(JsonNode (command) =>
                new JsonObject { ["name"] = command.Name, ["description"] = command.Description })]),
        };
        if (window.Phone is { } phone)
        {
            json["person"] = phone.Id;
            json["role"] = phone.Role;
            json["language"] = phone.Language;
            json["started"] = phone.HasStarted;
            json["blocked"] = phone.HasBlockedBot;
            json["gone"] = phone.IsDeactivated;
        }
        else
        {
            json["members"] = new JsonArray([.. chat.Members.Select(JsonNode (member) =>
                new JsonObject { ["id"] = member.Id, ["name"] = member.Name, ["role"] = member.Role })]);
            json["botIs"] = chat.Bots.GetValueOrDefault(bot) ?? "left";
            json["gone"] = chat.IsDeleted;
            json["isForum"] = chat.IsForum;
            json["topics"] = new JsonArray([.. chat.Topics.Values.Select(JsonNode (topic) =>
                new JsonObject { ["thread"] = topic.ThreadId, ["title"] = topic.Title, ["closed"] = topic.IsClosed })]);
        }

        return json;
    }

    public static JsonObject Room(SandboxWorld world, TelegramWindow window, long? thread, long? before)
    {
        var (messages, hasEarlier) = window.Chat.LastBefore(before, thread, RoomSize);
        return new JsonObject
        {
            ["thread"] = thread,
            ["messages"] = new JsonArray([.. messages.Select(JsonNode (message) => Message(world, window, message))]),
            ["hasEarlier"] = hasEarlier,
        };
    }

    public static JsonObject Message(SandboxWorld world, TelegramWindow window, SandboxMessage message)
    {
        var json = new JsonObject
        {
            ["id"] = message.Id,
            ["at"] = Local(message.Date, window.Zone),
            ["sender"] = message.Sender,
            ["senderId"] = message.SenderId,
            ["role"] = world.Person(message.SenderId)?.Role,
            ["isBot"] = message.IsFromBot,
            ["text"] = message.Text,
        };
        if (window.Chat.IsForum)
            json["thread"] = message.ThreadId;
        if (message.IsDeleted)
        {
            json["deleted"] = true;
            return json;
        }

        if (message.IsService)
            json["service"] = true;
        if (message.IsSilent)
            json["silent"] = true;
        if (message.EditedAt is { } edited)
            json["editedAt"] = Local(edited, window.Zone);
        if (message.AsksLocation)
            json["asksLocation"] = true;
        if (message.ReplyTo is { } to)
            json["reply"] = Quote(window.Chat, to);
        AddContent(json, message);
        return json;
    }

    public static JsonObject Clock(Instant now, DateTimeZone pageZone, bool isVirtual, IEnumerable<DateTimeZone> zones)
    {
        var json = Time(now, pageZone);
        json["zone"] = pageZone.Id;
        json["isVirtual"] = isVirtual;
        json["zones"] = new JsonObject(zones.DistinctBy(zone => zone.Id).Select(zone => KeyValuePair.Create(zone.Id, (JsonNode?)Time(now, zone))));
        return json;
    }

    public static string Local(Instant instant, DateTimeZone zone) =>
        LocalDateTimePattern.GeneralIso.Format(instant.InZone(zone).LocalDateTime);

    /// <summary>The beginning of a text, as long as a quote shows. It never cuts a surrogate pair.</summary>
    public static string Cut(string text) => text.Length <= LongestQuote
        ? text
        : text[..(char.IsHighSurrogate(text[LongestQuote - 1]) ? LongestQuote - 1 : LongestQuote)] + "…";

    public static JsonObject File(SandboxFile file) => new() { ["id"] = file.Id, ["kind"] = file.Kind, ["name"] = file.Name, ["size"] = file.Size };

    private static JsonObject Time(Instant now, DateTimeZone zone) => new()
    {
        ["now"] = Local(now, zone),
        ["offset"] = OffsetPattern.GeneralInvariant.Format(zone.GetUtcOffset(now)),
    };

    private static JsonObject Quote(SandboxChat chat, long to)
    {
        var original = chat.Find(to);
        var what = original switch
        {
            null => "Deleted message",
            { Text.Length: > 0 } => Cut(original.Text),
            { Location: not null } => "Location",
            { File: { } file } => file.Kind,
            _ => "Message",
        };
        return new JsonObject { ["id"] = to, ["sender"] = original?.Sender ?? "", ["text"] = what };
    }

    private static void AddContent(JsonObject json, SandboxMessage message)
    {
        if (message.Entities.Count > 0)
        {
            json["entities"] = new JsonArray([.. message.Entities.Select(JsonNode (entity) => new JsonObject
            {
                ["type"] = entity.Type,
                ["offset"] = entity.Offset,
                ["length"] = entity.Length,
                ["url"] = entity.Url,
            })]);
        }

        if (message.Buttons.Count > 0)
        {
            json["buttons"] = new JsonArray([.. message.Buttons.Select(JsonNode (row) => new JsonArray([.. row.Select(JsonNode (button) =>
                new JsonObject { ["text"] = button.Text, ["data"] = button.Data, ["url"] = button.Url })]))]);
        }

        if (message.Location is { } place)
            json["location"] = new JsonObject { ["latitude"] = place.Latitude, ["longitude"] = place.Longitude };
        if (message.File is { } file)
            json["file"] = File(file);
    }
}
