using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AlertBot.Sandbox.Signal;

namespace AlertBot.Sandbox.Page;

/// <summary>The page's view of Signal, in the same shapes as Telegram's, so that the same code draws both.</summary>
internal static partial class SignalPageJson
{
    public static JsonObject Window(SignalWindow window)
    {
        var json = new JsonObject
        {
            ["key"] = window.Key,
            ["app"] = "signal",
            ["kind"] = window.Phone is null ? "group" : "person",
            ["name"] = window.Phone?.Name ?? window.Chat.Title,
            ["zone"] = window.Zone.Id,
            ["bot"] = SignalWorld.BotName,
            ["botNumber"] = window.Signal.BotNumber,
            ["botId"] = 0,
            ["isBotTyping"] = window.Chat.IsBotTyping,
            ["commands"] = new JsonArray(),
        };
        if (window.Phone is { } phone)
        {
            json["person"] = phone.Id;
            json["role"] = phone.Role;
            json["language"] = phone.Language;
            json["started"] = true;
            json["blocked"] = phone.HasBlockedBot;
            json["gone"] = !phone.IsRegistered;
        }
        else
        {
            json["members"] = new JsonArray([.. window.Group!.Members.Select(JsonNode (member) =>
                new JsonObject { ["id"] = member.Id, ["name"] = member.Name, ["role"] = member.Role })]);
            json["botIs"] = window.Group.HasBot ? "member" : "left";
            json["gone"] = false;
        }

        return json;
    }

    public static JsonObject Room(SignalWindow window, long? before)
    {
        var messages = window.Chat.All.Where(message => before is null || message.Timestamp < before).ToList();
        return new JsonObject
        {
            ["thread"] = null,
            ["messages"] = new JsonArray([.. messages.TakeLast(PageJson.RoomSize).Select(JsonNode (message) => Message(window, message))]),
            ["hasEarlier"] = messages.Count > PageJson.RoomSize,
        };
    }

    public static JsonObject Message(SignalWindow window, SandboxSignalMessage message)
    {
        var author = window.Signal.Phone(message.Author);
        var json = new JsonObject
        {
            ["id"] = message.Timestamp,
            ["at"] = PageJson.Local(message.Date, window.Zone),
            ["sender"] = message.Sender,
            ["senderId"] = author?.Id ?? 0,
            ["role"] = author?.Role,
            ["isBot"] = message.IsFromBot,
            ["text"] = message.Text,
        };
        if (message.IsDeleted)
        {
            json["deleted"] = true;
            return json;
        }

        if (message.IsService)
            json["service"] = true;
        else if (!message.IsFromBot)
            json["state"] = message.ReadBy.Contains(window.Signal.BotId)
                ? "read"
                : message.DeliveredTo.Contains(window.Signal.BotId) ? "delivered" : "sent";
        if (message.EditedAt is { } edited)
            json["editedAt"] = PageJson.Local(edited, window.Zone);
        if (message.Quote is { } quote)
            json["reply"] = Quote(window, quote);
        if (EntitiesOf(message) is { Count: > 0 } entities)
            json["entities"] = entities;
        if (message.Files is [var file, ..])
            json["file"] = PageJson.File(file);
        if (message.Reactions.Count > 0)
            json["reactions"] = new JsonArray(
                [.. message.Reactions.GroupBy(reaction => reaction.Emoji).Select(JsonNode (same) => Reaction(window, same))]);
        return json;
    }

    private static JsonObject Reaction(SignalWindow window, IGrouping<string, SandboxSignalReaction> same) => new()
    {
        ["emoji"] = same.Key,
        ["by"] = new JsonArray([.. same.Select(JsonNode (reaction) => window.Signal.Phone(reaction.By)?.Id ?? 0)]),
        ["names"] = new JsonArray([.. same.Select(JsonNode (reaction) => NameOf(window, reaction.By))]),
    };

    private static JsonObject Quote(SignalWindow window, SandboxSignalQuote quote)
    {
        var original = window.Chat.Find(quote.Timestamp, quote.Author);
        var what = quote.Text.Length > 0
            ? PageJson.Cut(quote.Text)
            : original?.Files is [var file, ..] ? file.Kind : original is null ? "Deleted message" : "Message";
        return new JsonObject { ["id"] = original?.Timestamp ?? quote.Timestamp, ["sender"] = NameOf(window, quote.Author), ["text"] = what };
    }

    private static string NameOf(SignalWindow window, Guid who) =>
        who == window.Signal.BotId ? SignalWorld.BotName : window.Signal.Phone(who)?.Name ?? "";

    // As in the app, plain web addresses are links too.
    private static JsonArray EntitiesOf(SandboxSignalMessage message) =>
    [
        .. message.Styles.Select(JsonNode (style) => Entity(
            style.Style switch { "MONOSPACE" => "code", var other => other.ToLowerInvariant() }, style.Start, style.Length)),
        .. Address().Matches(message.Text).Select(JsonNode (match) => Entity("url", match.Index, match.Length)),
    ];

    private static JsonObject Entity(string type, int start, int length) => new() { ["type"] = type, ["offset"] = start, ["length"] = length };

    [GeneratedRegex(@"https?://[^\s]+")]
    private static partial Regex Address();
}
