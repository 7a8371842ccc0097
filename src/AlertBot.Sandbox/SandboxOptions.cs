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

    /// <summary>The clock for the dates of messages and for the page. A replay passes a virtual one.</summary>
    public IClock Clock { get; init; } = SystemClock.Instance;

    /// <summary>The zone of the page's clock and log, where the scenario happens. Each phone has its own.</summary>
    public DateTimeZone PageZone { get; init; } = DateTimeZone.Utc;

    /// <summary>The time provider of limits, delays and long polls.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Null: no limits.</summary>
    public SandboxLimits? Limits { get; init; }

    /// <summary>
    /// How many strangers the bot may write to in a day on Signal before a captcha is demanded; null: any number. Signal publishes no limit.
    /// </summary>
    public int? SignalStrangersPerDay { get; init; }

    /// <summary>The limits of Signal's server for each recipient; null: none.</summary>
    public SignalLimits? SignalLimits { get; init; }

    /// <summary>The delay of an answer, as over the internet; null: none.</summary>
    public SandboxLatency? Latency { get; init; }

    /// <summary>The name of the bot with <see cref="SandboxServer.Token"/>.</summary>
    public string BotUsername { get; init; } = "AlertSandboxBot";

    /// <summary>How long a press can be answered.</summary>
    public TimeSpan PressLifetime { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The id of the first update. By default it grows with real time, so that a restarted sandbox does not repeat ids.</summary>
    public long? FirstUpdateId { get; init; }

    /// <summary>The seed of random delays; the same seed repeats them.</summary>
    public int Seed { get; init; } = 1;
}

/// <summary>
/// Telegram's published limits, https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this:
/// about 30 messages a second, one a second to one chat with short bursts, 20 a minute to one group.
/// </summary>
/// <param name="PerSecond">Messages and edits of one bot in any one second.</param>
/// <param name="ChatBurst">How many messages one chat takes at once before the limit of one a second counts.</param>
/// <param name="GroupPerMinute">Messages to one group in any minute.</param>
/// <param name="LengthensWait">True if each further message after a 429 doubles the wait.</param>
public sealed record SandboxLimits(
    int PerSecond = 30, double PerChatPerSecond = 1, int ChatBurst = 3, int GroupPerMinute = 20, bool LengthensWait = false);

/// <summary>
/// How many messages of one account Signal's server takes for one recipient: <c>MESSAGES</c> in RateLimiters of Signal-Server, a bucket that fills by
/// one a second.
/// </summary>
public sealed record SignalLimits(int AtOnce = 60, double PerSecond = 1);

public sealed record SandboxLatency(TimeSpan Shortest, TimeSpan Longest)
{
    public static SandboxLatency Milliseconds(double shortest, double longest) =>
        new(TimeSpan.FromMilliseconds(shortest), TimeSpan.FromMilliseconds(longest));
}
