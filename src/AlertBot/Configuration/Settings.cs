using AlertBot.Channels.Signal;
using AlertBot.Channels.Telegram;
using AlertBot.Domain.Channels;
using NodaTime;

namespace AlertBot.Configuration;

/// <summary>
/// The operator's decisions: <c>config/alertbot.yaml</c>, overridden by environment variables. A missing value has its default, or null if the
/// default depends on the machine. Prints as a mask, since it holds passwords.
/// </summary>
public sealed record Settings
{
    /// <summary>The connection string of PostgreSQL, with its password. Null: a private cluster in the data directory.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>The directory of private cluster, keys and attachments. Null: <c>data</c>, or another one if the cluster cannot run there.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>The file with the master key. Null: in the data directory.</summary>
    public string? KeyFile { get; init; }

    /// <summary>Null if no token is given: there is no bot on Telegram.</summary>
    public TelegramSettings? Telegram { get; init; }

    /// <summary>Null if there is no bot on Signal.</summary>
    public SignalSettings? Signal { get; init; }

    public WebSettings Web { get; init; } = new();

    public BackupSettings Backup { get; init; } = new();

    /// <summary>Called every minute while all is well. Null: nobody watches from outside.</summary>
    public Uri? HeartbeatUrl { get; init; }

    /// <summary>A chat that nobody reads, to which a message goes by the real way every five minutes. Null: none.</summary>
    public ChannelAddress? ProbeChat { get; init; }

    /// <summary>What whoever reads the metrics must know. Null: they are given to this machine alone.</summary>
    public string? MetricsToken { get; init; }

    /// <summary>The lowest level that is logged.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    public override string ToString() => "(settings)";
}

/// <summary>Where backups go, and for how long they are kept.</summary>
public sealed record BackupSettings
{
    /// <summary>The directory of backups. Null: <c>backups</c> in the data directory.</summary>
    public string? Directory { get; init; }

    /// <summary>The directory of the journal of sent messages. Null: <c>journal</c> in the data directory.</summary>
    public string? Journal { get; init; }

    /// <summary>The number of backups to keep.</summary>
    public int Keep { get; init; } = 14;

    /// <summary>The most days to keep a backup.</summary>
    public int KeepDays { get; init; } = 60;

    /// <summary>The time of the daily backup, by the machine's clock.</summary>
    public LocalTime At { get; init; } = new(3, 0);
}

/// <summary>Where the desk and the webhook are served.</summary>
public sealed record WebSettings
{
    /// <summary>The address to listen on, in the web server's form, such as <c>http://*:8080</c>.</summary>
    public string Url { get; init; } = "http://127.0.0.1:5080";

    /// <summary>The public address behind a proxy. Null: <see cref="Url"/>.</summary>
    public Uri? PublicUrl { get; init; }
}
