using System.Security.Cryptography;
using System.Text;

namespace AlertBot.Channels.Telegram;

/// <summary>How one bot account reaches Telegram. Prints as a mask: whoever has the token is the bot.</summary>
public sealed record TelegramSettings(string Token)
{
    public static readonly Uri PublicApi = new("https://api.telegram.org");

    /// <summary>Path of the webhook endpoint, in <see cref="WebhookUrl"/> and on this server.</summary>
    public const string WebhookPath = "/telegram/webhook";

    /// <summary>A method's address is <c>{ApiUrl}/bot{Token}/{method}</c>, as on Telegram's own local server.</summary>
    public Uri ApiUrl { get; init; } = PublicApi;

    public TelegramMode Mode { get; init; } = TelegramMode.Polling;

    /// <summary>Where Telegram finds us; without a path, <see cref="WebhookPath"/> is added.</summary>
    public Uri? WebhookUrl { get; init; }

    /// <summary>1-256 characters A-Z, a-z, 0-9, _ and -. Absent: derived from the token, the same on every node.</summary>
    public string? WebhookSecret { get; init; }

    public double MessagesPerSecond { get; init; } = 30;

    /// <summary>Longest wait for one answer. A lease on a message must outlast it.</summary>
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
