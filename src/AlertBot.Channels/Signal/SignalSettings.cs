using AlertBot.Domain.Channels;

namespace AlertBot.Channels.Signal;

/// <summary>The daemon's address and the bot's number. Prints as a mask, since a number is personal.</summary>
/// <param name="ApiUrl">The daemon's HTTP endpoint, including a path in front of it.</param>
/// <param name="Account">The bot's number as Signal writes it: <c>+</c>, country, number.</param>
public sealed record SignalSettings(Uri ApiUrl, string Account)
{
    /// <summary>
    /// The first version whose event stream selects one of several accounts by number. Signal's servers refuse versions older than about three months
    /// anyway.
    /// </summary>
    public static readonly Version OldestDaemon = new(0, 13, 12);

    /// <summary>The most people a day to whom we write first. Signal publishes no limit; a higher number looks like spam.</summary>
    public int NewPeoplePerDay { get; init; } = 20;

    /// <summary>How many of <see cref="NewPeoplePerDay"/> are reserved for critical alerts.</summary>
    public SignalPolicy Policy { get; init; } = SignalPolicy.Usual;

    /// <summary>The longest wait for one answer; large groups take long. An outbox lease must be longer.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The longest silence of the event stream before we reopen it. The daemon sends a sign of life every 15 seconds.</summary>
    public TimeSpan LongestSilence { get; init; } = TimeSpan.FromSeconds(45);

    public override string ToString() => "(Signal settings)";
}
