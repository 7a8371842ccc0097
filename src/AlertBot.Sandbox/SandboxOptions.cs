using System.Net;
using NodaTime;

namespace AlertBot.Sandbox;

/// <summary>How a sandbox behaves. The defaults suit tests: no limits, no delay, a free port.</summary>
public sealed record SandboxOptions
{
    public static readonly SandboxOptions Default = new();

    public IPAddress Listen { get; init; } = IPAddress.Loopback;

    /// <summary>0: any free port.</summary>
    public int Port { get; init; }

    /// <summary>Dates of messages, and the clock on the page. A replay gives a virtual one.</summary>
    public IClock Clock { get; init; } = SystemClock.Instance;

    /// <summary>The zone of the clock and the log on the page: where the scenario happens. A phone has its own.</summary>
    public DateTimeZone PageZone { get; init; } = DateTimeZone.Utc;

    /// <summary>Limits, delays and long polls.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Null: as fast as one can.</summary>
    public SandboxLimits? Limits { get; init; }

    /// <summary>
    /// The number of strangers that the bot may write to in a day on Signal before a captcha is demanded; null: any number.
    /// Signal itself does not say how many it allows.
    /// </summary>
    public int? SignalStrangersPerDay { get; init; }

    /// <summary>How long an answer takes, as over the internet; null: at once.</summary>
    public SandboxLatency? Latency { get; init; }

    /// <summary>The bot that <see cref="SandboxServer.Token"/> is for.</summary>
    public string BotUsername { get; init; } = "AlertSandboxBot";

    /// <summary>Time after which a press can no longer be answered.</summary>
    public TimeSpan PressLifetime { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Id of the first update. Default: grows with real time, so that a restarted sandbox does not repeat ids.</summary>
    public long? FirstUpdateId { get; init; }

    /// <summary>Random choices (delays) repeat with the same seed.</summary>
    public int Seed { get; init; } = 1;
}

/// <summary>
/// What Telegram says of its limits, https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this:
/// about 30 messages a second, one a second to one chat with short bursts, 20 a minute to one group.
/// </summary>
/// <param name="PerSecond">Messages and edits of one bot in any one second.</param>
/// <param name="ChatBurst">How many messages one chat takes at once before the one a second counts.</param>
/// <param name="GroupPerMinute">Messages to one group in any minute.</param>
/// <param name="LengthensWait">True: whoever sends on after a 429 waits twice as long, again and again.</param>
public sealed record SandboxLimits(
    int PerSecond = 30, double PerChatPerSecond = 1, int ChatBurst = 3, int GroupPerMinute = 20, bool LengthensWait = false);

public sealed record SandboxLatency(TimeSpan Shortest, TimeSpan Longest)
{
    public static SandboxLatency Milliseconds(double shortest, double longest) =>
        new(TimeSpan.FromMilliseconds(shortest), TimeSpan.FromMilliseconds(longest));
}
