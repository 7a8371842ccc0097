using AlertBot.Channels.Signal;
using AlertBot.Channels.Telegram;
using AlertBot.Domain.Channels;
using NodaTime;

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

    public BackupSettings Backup { get; init; } = new();

    /// <summary>Called every minute while all is well. Null: nobody outside watches.</summary>
    public Uri? HeartbeatUrl { get; init; }

    /// <summary>A chat that nobody reads, to which a message goes by the real way every five minutes. Null: none.</summary>
    public ChannelAddress? ProbeChat { get; init; }

    /// <summary>What whoever reads the metrics must know. Null: they are given to this machine alone.</summary>
    public string? MetricsToken { get; init; }

    /// <summary>The least severe lines that are logged.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    public override string ToString() => "(settings)";
}

/// <summary>Where backups go, and for how long they are kept.</summary>
public sealed record BackupSettings
{
    /// <summary>Null: <c>backups</c> under the data directory.</summary>
    public string? Directory { get; init; }

    /// <summary>Where it is written down what was sent. Null: <c>journal</c> under the data directory.</summary>
    public string? Journal { get; init; }

    /// <summary>How many.</summary>
    public int Keep { get; init; } = 14;

    /// <summary>For how many days at most.</summary>
    public int KeepDays { get; init; } = 60;

    /// <summary>When the daily one is made, by the clock of the machine.</summary>
    public LocalTime At { get; init; } = new(3, 0);
}

/// <summary>Where the console and the webhook are served.</summary>
public sealed record WebSettings
{
    /// <summary>The address to listen on, as the web server takes it (<c>http://*:8080</c> is one).</summary>
    public string Url { get; init; } = "http://127.0.0.1:5080";

    /// <summary>The address that people see, when a proxy stands in front. Null: <see cref="Url"/>.</summary>
    public Uri? PublicUrl { get; init; }
}
