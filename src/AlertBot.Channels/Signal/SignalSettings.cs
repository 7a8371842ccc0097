using AlertBot.Domain.Channels;

namespace AlertBot.Channels.Signal;

/// <summary>Where signal-cli answers, and for which number. Prints as a mask: the number is somebody's.</summary>
/// <param name="ApiUrl">Of the daemon's HTTP endpoint; a path below which it lives is kept.</param>
/// <param name="Account">The bot's number as Signal writes it: <c>+</c>, country, number.</param>
public sealed record SignalSettings(Uri ApiUrl, string Account)
{
    /// <summary>
    /// The first version whose event stream finds an account by its number among several. Signal's servers turn away what is
    /// older than about three months anyway.
    /// </summary>
    public static readonly Version OldestDaemon = new(0, 13, 12);

    /// <summary>To how many people who never wrote to us we write in one day. Signal names no number; more looks like spam to it.</summary>
    public int NewPeoplePerDay { get; init; } = 20;

    /// <summary>How many of them are kept for what is critical.</summary>
    public SignalPolicy Policy { get; init; } = SignalPolicy.Usual;

    /// <summary>Longest wait for one answer; a large group takes its time. A lease on a message must outlast it.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>After this long without a sign of life the event stream is given up: the daemon sends one every 15 seconds.</summary>
    public TimeSpan LongestSilence { get; init; } = TimeSpan.FromSeconds(45);

    public override string ToString() => "(Signal settings)";
}
