using System.Text.Json.Nodes;

namespace AlertBot.Sandbox.Api;

/// <summary>getUpdates and the three webhook methods.</summary>
internal static class BotApiUpdates
{
    private const int LongestPoll = 50;

    public static async Task<BotApiAnswer> GetUpdatesAsync(SandboxWorld world, SandboxBot bot, BotApiRequest request, CancellationToken ct)
    {
        var offset = request.Number("offset") ?? 0;
        var limit = (int)Math.Clamp(request.Number("limit") ?? 100, 1, 100);
        var timeout = TimeSpan.FromSeconds(Math.Clamp(request.Number("timeout") ?? 0, 0, LongestPoll));
        Task<bool> news;

        lock (world.Gate)
        {
            // The answer will be lost, so the poll ends at once.
            if (world.IsTelegramDown)
                return Answer([]);
            if (bot.Webhook is not null)
                return BotApiAnswer.Conflict("can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first");
            Allow(bot, request);
            news = bot.BeginPoll();
            var waiting = bot.Take(offset, limit);
            if (waiting.Count > 0 || timeout == TimeSpan.Zero)
                return Answer(waiting);
        }

        try
        {
            if (!await news.WaitAsync(timeout, world.Options.Time, ct))
                return BotApiAnswer.Conflict("terminated by other getUpdates request; make sure that only one bot instance is running");
        }
        catch (TimeoutException)
        {
            return Answer([]);
        }

        lock (world.Gate)
            return Answer(bot.Take(offset, limit));
    }

    public static BotApiAnswer SetWebhook(SandboxWorld world, SandboxBot bot, BotApiRequest request)
    {
        if (string.IsNullOrEmpty(request.Text("url")))
            return DeleteWebhook(bot, request);

        // Telegram itself accepts https only. A sandbox on the same machine need not.
        if (!Uri.TryCreate(request.Text("url"), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            return BotApiAnswer.BadRequest("invalid webhook URL specified");
        var secret = request.Text("secret_token") ?? "";
        if (secret.Length > 256)
            return BotApiAnswer.BadRequest("secret token is too long");
        if (!secret.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'))
            return BotApiAnswer.BadRequest("secret token contains unallowed characters");

        Allow(bot, request);
        if (request.Flag("drop_pending_updates"))
            bot.Clear();
        bot.Webhook?.Dispose();
        bot.EndPolls();
        bot.Webhook = new SandboxWebhook(world, bot, url, secret);
        return BotApiAnswer.True;
    }

    public static BotApiAnswer DeleteWebhook(SandboxBot bot, BotApiRequest request)
    {
        bot.Webhook?.Dispose();
        bot.Webhook = null;
        if (request.Flag("drop_pending_updates"))
            bot.Clear();
        return BotApiAnswer.True;
    }

    public static BotApiAnswer GetWebhookInfo(SandboxBot bot)
    {
        var info = new JsonObject
        {
            ["url"] = bot.Webhook?.Url.AbsoluteUri ?? "",
            ["has_custom_certificate"] = false,
            ["pending_update_count"] = bot.PendingUpdates,
        };
        if (bot.Webhook?.LastError is { } error)
            info["last_error_message"] = error;
        return BotApiAnswer.Of(info);
    }

    private static void Allow(SandboxBot bot, BotApiRequest request)
    {
        if (request.Structure("allowed_updates") is JsonArray types)
            bot.AllowedUpdates = [.. types.Select(type => (string?)type).OfType<string>()];
    }

    private static BotApiAnswer Answer(IReadOnlyList<string> updates) => BotApiAnswer.OfRaw(updates);
}
