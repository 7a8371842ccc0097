using NodaTime;

namespace AlertBot.Sandbox.Api;

/// <summary>deleteMessage: a bot deletes its own messages, up to 48 hours old.</summary>
internal static class BotApiDeleting
{
    private static readonly Duration Longest = Duration.FromHours(48);

    public static BotApiAnswer DeleteMessage(SandboxWorld world, SandboxBot bot, BotApiRequest request)
    {
        if (BotApiSending.FindChat(world, bot, request, out var chat) is { } refused)
            return refused;
        if (request.Number("message_id") is not { } id)
            return BotApiAnswer.BadRequest("message identifier is not specified");
        if (chat.Find(id) is not { } message)
            return BotApiAnswer.BadRequest("message to delete not found");
        if (message.SenderId != bot.Id || message.IsService || world.Now - message.Date > Longest)
            return BotApiAnswer.BadRequest("message can't be deleted for everyone");

        world.Remove(chat, id);
        return BotApiAnswer.True;
    }
}
