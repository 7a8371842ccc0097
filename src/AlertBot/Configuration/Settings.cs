using AlertBot.Channels.Signal;
using AlertBot.Channels.Telegram;

namespace AlertBot.Configuration;

/// <summary>
/// What the operator decides: <c>config/alertbot.yaml</c>, and environment variables over it. A value that nobody gave has
/// its default, or null where the default depends on the machine. Prints as a mask: it holds passwords.
/// </summary>
public sealed record Settings
{
    /// <summary>The PostgreSQL to use, with its password. Null: a private cluster under the data directory.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>Private cluster, keys and attachments. Null: <c>data</c>, or a place where that cannot work.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>File with the master key. Null: under the data directory.</summary>
    public string? KeyFile { get; init; }

    /// <summary>Null: no token was given, so there is no bot on Telegram.</summary>
    public TelegramSettings? Telegram { get; init; }

    /// <summary>Null: there is no bot on Signal.</summary>
    public SignalSettings? Signal { get; init; }

    public WebSettings Web { get; init; } = new();

    /// <summary>The least severe lines that are logged.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    public override string ToString() => "(settings)";
}

/// <summary>Where the console and the webhook are served.</summary>
public sealed record WebSettings
{
    /// <summary>The address to listen on, as the web server takes it (<c>http://*:8080</c> is one).</summary>
    public string Url { get; init; } = "http://127.0.0.1:5080";

    /// <summary>The address that people see, when a proxy stands in front. Null: <see cref="Url"/>.</summary>
    public Uri? PublicUrl { get; init; }
}
