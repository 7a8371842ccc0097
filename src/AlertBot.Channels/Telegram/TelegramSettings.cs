using System.Security.Cryptography;
using System.Text;

namespace AlertBot.Channels.Telegram;

/// <summary>How one bot account reaches Telegram. Prints as a mask, since the token gives full control of the bot.</summary>
public sealed record TelegramSettings(string Token)
{
    public static readonly Uri PublicApi = new("https://api.telegram.org");

    /// <summary>The path of the webhook endpoint, in <see cref="WebhookUrl"/> and on this server.</summary>
    public const string WebhookPath = "/telegram/webhook";

    /// <summary>The Bot API server. A method's address is <c>{ApiUrl}/bot{Token}/{method}</c>, as on Telegram's own local server.</summary>
    public Uri ApiUrl { get; init; } = PublicApi;

    public TelegramMode Mode { get; init; } = TelegramMode.Polling;

    /// <summary>The address to which Telegram delivers; without a path, <see cref="WebhookPath"/> is added.</summary>
    public Uri? WebhookUrl { get; init; }

    /// <summary>1-256 characters A-Z, a-z, 0-9, _ and -. Null: derived from the token, so that it is the same on every node.</summary>
    public string? WebhookSecret { get; init; }

    public double MessagesPerSecond { get; init; } = 30;

    /// <summary>The longest wait for one answer. An outbox lease must be longer.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long Telegram may hold a poll open; at most 50 seconds.</summary>
    public TimeSpan PollTimeout { get; init; } = TimeSpan.FromSeconds(30);

    internal string EffectiveSecret => !string.IsNullOrEmpty(WebhookSecret)
        ? WebhookSecret
        : Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Token), "alertbot webhook"u8));

    internal Uri? EffectiveWebhookUrl => WebhookUrl is { AbsolutePath: "/" or "" } bare ? new Uri(bare, WebhookPath) : WebhookUrl;

    public override string ToString() => $"(Telegram settings, {Mode})";
}

public enum TelegramMode
{
    Polling,
    Webhook,
}
