using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AlertBot.Sandbox.Api;

/// <summary>sendMessage, sendDocument, sendPhoto, sendVoice and editMessageText, with Telegram's checks in Telegram's words.</summary>
internal static class BotApiSending
{
    public static BotApiAnswer SendMessage(SandboxWorld world, SandboxBot bot, BotApiRequest request)
    {
        var (text, entities, complaint) = TextOf(request, "text", "entities");
        if (complaint is not null)
            return BotApiAnswer.BadRequest(complaint);
        return Send(world, bot, request, message => message with { Text = text, Entities = entities });
    }

    /// <param name="kind">document, photo or voice, which is also the parameter's name.</param>
    public static BotApiAnswer SendFile(SandboxWorld world, SandboxBot bot, BotApiRequest request, string kind)
    {
        // The file is a part with its kind as name, or a part that the parameter names: https://core.telegram.org/bots/api#sending-files.
        var part = request.Text(kind) is ['a', 't', 't', 'a', 'c', 'h', ':', '/', '/', .. var named] ? named : kind;
        if (request.Files?[part] is not { } upload)
            return BotApiAnswer.BadRequest($"there is no {kind} in the request");
        using var bytes = new MemoryStream();
        upload.CopyTo(bytes);
        var caption = request.Text("caption") ?? "";
        return Send(world, bot, request, message => message with
        {
            Text = caption,
            File = world.AddFile(kind, upload.FileName, upload.ContentType ?? "application/octet-stream", bytes.ToArray()),
        });
    }

    public static BotApiAnswer EditMessageText(SandboxWorld world, SandboxBot bot, BotApiRequest request)
    {
        var (text, entities, complaint) = TextOf(request, "text", "entities");
        if (complaint is not null)
            return BotApiAnswer.BadRequest(complaint);
        if (FindChat(world, bot, request, out var chat) is { } refused)
            return refused;
        if (ReadMarkup(request, out var markup) is { } badMarkup)
            return badMarkup;
        if (request.Number("message_id") is not { } id)
            return BotApiAnswer.BadRequest("message identifier is not specified");
        if (chat.Find(id) is not { } old)
            return BotApiAnswer.BadRequest("message to edit not found");
        if (old.SenderId != bot.Id || old.IsService)
            return BotApiAnswer.BadRequest("message can't be edited");
        if (old.Text == text && old.Entities.SequenceEqual(entities) && SameButtons(old.Buttons, markup.Buttons))
        {
            return BotApiAnswer.BadRequest("message is not modified: specified new message content and reply markup are exactly the same "
                + "as a current content and reply markup of the message");
        }

        if (bot.Limiter?.Check(chat.Id, isNewMessage: false) is { } seconds)
            return BotApiAnswer.TooMany(seconds);

        var edited = world.Put(chat, old with { Text = text, Entities = entities, Buttons = markup.Buttons, EditedAt = world.Now });
        return BotApiAnswer.Of(BotApiJson.Message(world, chat, edited, bot));
    }

    /// <returns>Null if the bot may write there, else Telegram's answer.</returns>
    public static BotApiAnswer? FindChat(SandboxWorld world, SandboxBot bot, BotApiRequest request, out SandboxChat chat)
    {
        chat = null!;
        if (string.IsNullOrEmpty(request.Text("chat_id")))
            return BotApiAnswer.BadRequest("chat_id is empty");
        if (request.Number("chat_id") is not { } id)
            return BotApiAnswer.BadRequest("chat not found");

        if (id > 0)
        {
            switch (world.Person(id))
            {
                case null:
                    return world.IsBot(id) ? BotApiAnswer.Forbidden("bot can't send messages to bots") : BotApiAnswer.BadRequest("chat not found");
                case { IsDeactivated: true }:
                    return BotApiAnswer.Forbidden("user is deactivated");
                case { HasStarted: false } stranger:
                    return world.Groups.Any(group => group.Bots.ContainsKey(bot) && group.Members.Contains(stranger))
                        ? BotApiAnswer.Forbidden("bot can't initiate conversation with a user")
                        : BotApiAnswer.BadRequest("chat not found");
                case { HasBlockedBot: true }:
                    return BotApiAnswer.Forbidden("bot was blocked by the user");
                case { } person:
                    chat = world.PrivateChat(person, bot);
                    return null;
            }
        }

        if (world.Group(id) is not { } group_)
            return BotApiAnswer.BadRequest("chat not found");
        chat = group_;
        return chat switch
        {
            { MigratedTo: { } newId } => BotApiAnswer.BadRequest("group chat was upgraded to a supergroup chat", newId),
            { IsDeleted: true } => BotApiAnswer.Forbidden("the group chat was deleted"),
            _ => chat.Bots.GetValueOrDefault(bot) switch
            {
                null => BotApiAnswer.BadRequest("chat not found"),
                "kicked" => BotApiAnswer.Forbidden($"bot was kicked from the {chat.Type} chat"),
                "left" => BotApiAnswer.Forbidden($"bot is not a member of the {chat.Type} chat"),
                "administrator" => null,
                _ => chat.MembersMayWrite ? null : BotApiAnswer.BadRequest("not enough rights to send text messages to the chat"),
            },
        };
    }

    private static BotApiAnswer Send(SandboxWorld world, SandboxBot bot, BotApiRequest request, Func<SandboxMessage, SandboxMessage> fill)
    {
        if (ReadMarkup(request, out var markup) is { } badMarkup)
            return badMarkup;
        if (FindChat(world, bot, request, out var chat) is { } refused)
            return refused;

        var thread = chat.IsForum ? request.Number("message_thread_id") : null;
        if (thread is { } topicId)
        {
            if (!chat.Topics.TryGetValue(topicId, out var topic))
                return BotApiAnswer.BadRequest("message thread not found");
            if (topic.IsClosed && chat.Bots.GetValueOrDefault(bot) != "administrator")
                return BotApiAnswer.BadRequest("TOPIC_CLOSED");
        }

        var reply = request.Structure("reply_parameters");
        var replyTo = (long?)reply?["message_id"];
        if (replyTo is { } original && chat.Find(original) is null)
        {
            if (reply?["allow_sending_without_reply"]?.GetValue<bool>() != true)
                return BotApiAnswer.BadRequest("message to be replied not found");
            replyTo = null;
        }

        if (markup.AsksLocation && chat.IsGroup)
            return BotApiAnswer.BadRequest("location can be requested in private chats only");
        if (bot.Limiter?.Check(chat.Id, isNewMessage: true) is { } seconds)
            return BotApiAnswer.TooMany(seconds);

        var message = fill(new SandboxMessage(chat.NextMessageId(), chat.Id, bot.Id, bot.Username, true, world.Now, "")
        {
            ThreadId = thread,
            ReplyTo = replyTo,
            Buttons = markup.Buttons,
            AsksLocation = markup.AsksLocation,
            IsSilent = request.Flag("disable_notification"),
        });
        world.Put(chat, message);
        return BotApiAnswer.Of(BotApiJson.Message(world, chat, message, bot));
    }

    private static (string Text, IReadOnlyList<SandboxEntity> Entities, string? Error) TextOf(BotApiRequest request, string name, string entitiesName)
    {
        var entities = new List<SandboxEntity>();
        try
        {
            foreach (var node in request.Structure(entitiesName) as JsonArray ?? [])
            {
                if (node is null || (string?)node["type"] is not { } type)
                    return ("", [], "can't parse entities: can't parse MessageEntity: Can't find field \"type\"");
                if ((int?)node["length"] > 0)
                    entities.Add(new SandboxEntity(type, (int?)node["offset"] ?? 0, (int?)node["length"] ?? 0, (string?)node["url"]));
            }
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException or FormatException)
        {
            return ("", [], "can't parse entities: can't parse entities JSON object");
        }

        return BotApiText.Fix(request.Text(name) ?? "", entities);
    }

    private static BotApiAnswer? ReadMarkup(BotApiRequest request, out Markup markup)
    {
        markup = new Markup([], false);
        JsonNode? node;
        try
        {
            node = request.Structure("reply_markup");
        }
        catch (JsonException)
        {
            return BotApiAnswer.BadRequest("can't parse reply keyboard markup JSON object");
        }

        if (node is null)
            return null;
        if (node is not JsonObject)
            return BotApiAnswer.BadRequest("object expected as reply markup");

        var rows = new List<IReadOnlyList<SandboxButton>>();
        foreach (var row in node["inline_keyboard"] as JsonArray ?? [])
        {
            var buttons = new List<SandboxButton>();
            foreach (var button in row as JsonArray ?? [])
            {
                var (text, data, url) = ((string?)button?["text"], (string?)button?["callback_data"], (string?)button?["url"]);
                if (string.IsNullOrEmpty(text))
                    return BotApiAnswer.BadRequest("can't parse inline keyboard button: Can't find field \"text\"");
                if (string.IsNullOrEmpty(data) && string.IsNullOrEmpty(url))
                    return BotApiAnswer.BadRequest("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard");
                if (data is not null && Encoding.UTF8.GetByteCount(data) > 64)
                    return BotApiAnswer.BadRequest("BUTTON_DATA_INVALID");
                buttons.Add(new SandboxButton(text, data, url));
            }

            if (buttons.Count > 0)
                rows.Add(buttons);
        }

        var asks = (node["keyboard"] as JsonArray ?? []).Any(row => (row as JsonArray ?? []).Any(
            key => key is JsonObject && (bool?)key["request_location"] == true));
        markup = new Markup(rows, asks);
        return null;
    }

    private static bool SameButtons(IReadOnlyList<IReadOnlyList<SandboxButton>> left, IReadOnlyList<IReadOnlyList<SandboxButton>> right) =>
        left.Count == right.Count && left.Zip(right).All(pair => pair.First.SequenceEqual(pair.Second));

    private sealed record Markup(IReadOnlyList<IReadOnlyList<SandboxButton>> Buttons, bool AsksLocation);
}
