using System.Text.Json.Nodes;

namespace AlertBot.Sandbox.Api;

/// <summary>The objects of https://core.telegram.org/bots/api as one bot sees them.</summary>
internal static class BotApiJson
{
    // Telegram's stand-in for every admin who posts as the group.
    private const long AnonymousAdmin = 1087968824;

    public static JsonObject Bot(SandboxBot bot, bool full = false)
    {
        var json = new JsonObject { ["id"] = bot.Id, ["is_bot"] = true, ["first_name"] = bot.Username, ["username"] = bot.Username };
        if (full)
        {
            json["can_join_groups"] = true;
            json["can_read_all_group_messages"] = !bot.HasPrivacy;
            json["supports_inline_queries"] = false;
        }

        return json;
    }

    public static JsonObject Person(SandboxPhone person) => new()
    {
        ["id"] = person.Id,
        ["is_bot"] = false,
        ["first_name"] = person.Name,
        ["language_code"] = person.Language,
    };

    public static JsonArray People(IEnumerable<SandboxPhone> people) => [.. people.Select(JsonNode (person) => Person(person))];

    public static JsonArray Bots(params SandboxBot[] bots) => [.. bots.Select(JsonNode (bot) => Bot(bot))];

    public static JsonObject Chat(SandboxChat chat)
    {
        var json = new JsonObject { ["id"] = chat.Id, ["type"] = chat.Type, [chat.IsGroup ? "title" : "first_name"] = chat.Title };
        if (chat.IsForum)
            json["is_forum"] = true;
        return json;
    }

    public static JsonObject Message(SandboxWorld world, SandboxChat chat, SandboxMessage message, SandboxBot reader, bool withReply = true)
    {
        var json = new JsonObject
        {
            ["message_id"] = message.Id,
            ["date"] = message.Date.ToUnixTimeSeconds(),
            ["chat"] = Chat(chat),
            ["from"] = Sender(world, message, reader),
        };
        if (message.SenderId == chat.Id && chat.IsGroup)
            json["sender_chat"] = Chat(chat);
        if (message.EditedAt is { } edited)
            json["edit_date"] = edited.ToUnixTimeSeconds();
        if (message.ThreadId is { } thread)
        {
            json["message_thread_id"] = thread;
            json["is_topic_message"] = true;
        }

        // In a topic, a message that is no reply "replies" to the one that opened the topic.
        if (withReply && (message.ReplyTo ?? message.ThreadId) is { } to && chat.Find(to) is { } original)
            json["reply_to_message"] = Message(world, chat, original, reader, withReply: false);

        AddContent(json, message);
        return json;
    }

    public static JsonObject Service(SandboxWorld world, SandboxChat chat, SandboxMessage message, SandboxBot reader, string field, JsonNode value)
    {
        var json = Message(world, chat, message with { Text = "" }, reader);
        json.Remove("text");
        json[field] = value;
        return json;
    }

    public static JsonObject Press(
        SandboxWorld world, SandboxChat chat, SandboxMessage message, SandboxPhone by, string id, string data, SandboxBot reader) => new()
        {
            ["id"] = id,
            ["from"] = Person(by),
            ["chat_instance"] = "1",
            ["data"] = data,

            // Of a deleted message only chat and id remain.
            ["message"] = chat.Find(message.Id) is { } still
            ? Message(world, chat, still, reader)
            : new JsonObject { ["chat"] = Chat(chat), ["message_id"] = message.Id, ["date"] = 0 },
        };

    public static JsonObject OwnMembership(
        SandboxWorld world, SandboxChat chat, SandboxPhone by, SandboxBot bot, string before, string after) =>
        MembershipOf(world, chat, by, Bot(bot), before, after);

    public static JsonObject Membership(
        SandboxWorld world, SandboxChat chat, SandboxPhone by, SandboxPhone who, string before, string after) =>
        MembershipOf(world, chat, by, Person(who), before, after);

    private static JsonObject MembershipOf(
        SandboxWorld world, SandboxChat chat, SandboxPhone by, JsonObject who, string before, string after) => new()
        {
            ["chat"] = Chat(chat),
            ["from"] = Person(by),
            ["date"] = world.Now.ToUnixTimeSeconds(),
            ["old_chat_member"] = new JsonObject { ["status"] = before, ["user"] = who.DeepClone() },
            ["new_chat_member"] = new JsonObject { ["status"] = after, ["user"] = who },
        };

    private static JsonObject Sender(SandboxWorld world, SandboxMessage message, SandboxBot reader) => message switch
    {
        _ when world.Person(message.SenderId) is { } person => Person(person),
        { IsFromBot: true } when message.SenderId == reader.Id => Bot(reader),
        { IsFromBot: true } => new JsonObject { ["id"] = message.SenderId, ["is_bot"] = true, ["first_name"] = message.Sender },
        _ => new JsonObject
        {
            ["id"] = AnonymousAdmin,
            ["is_bot"] = true,
            ["first_name"] = "Group",
            ["username"] = "GroupAnonymousBot",
        },
    };

    private static void AddContent(JsonObject json, SandboxMessage message)
    {
        var isCaption = message.File is not null;
        if (message.Text.Length > 0)
            json[isCaption ? "caption" : "text"] = message.Text;
        if (message.Entities.Count > 0)
            json[isCaption ? "caption_entities" : "entities"] = new JsonArray([.. message.Entities.Select(JsonNode (e) => Entity(e))]);
        if (message.Location is { } place)
            json["location"] = new JsonObject { ["latitude"] = place.Latitude, ["longitude"] = place.Longitude };
        if (message.File is { } file)
            json[file.Kind] = file.Kind == "photo" ? new JsonArray(File(file, 90, "-s"), File(file, 1280)) : File(file);
        if (message.Buttons.Count > 0)
        {
            json["reply_markup"] = new JsonObject
            {
                ["inline_keyboard"] = new JsonArray(
                    [.. message.Buttons.Select(JsonNode (row) => new JsonArray([.. row.Select(JsonNode (b) => Button(b))]))]),
            };
        }
    }

    public static JsonObject File(SandboxFile file, int? size = null, string suffix = "")
    {
        var json = new JsonObject { ["file_id"] = file.Id + suffix, ["file_unique_id"] = file.Id + suffix, ["file_size"] = file.Size };
        if (size is { } pixels)
        {
            json["width"] = pixels;
            json["height"] = pixels;
        }
        else
        {
            json["mime_type"] = file.ContentType;
        }

        return json;
    }

    private static JsonObject Entity(SandboxEntity entity)
    {
        var json = new JsonObject { ["type"] = entity.Type, ["offset"] = entity.Offset, ["length"] = entity.Length };
        if (entity.Url is { } url)
            json["url"] = url;
        return json;
    }

    private static JsonObject Button(SandboxButton button)
    {
        var json = new JsonObject { ["text"] = button.Text };
        if (button.Url is { } url)
            json["url"] = url;
        else
            json["callback_data"] = button.Data;
        return json;
    }
}
