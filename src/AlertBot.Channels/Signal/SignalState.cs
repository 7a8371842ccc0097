namespace AlertBot.Channels.Signal;

/// <summary>Where receiving from the daemon stands.</summary>
public enum SignalState
{
    Starting,
    Receiving,

    /// <summary>No connection; tried again with growing pauses.</summary>
    Unreachable,

    /// <summary>Something answers there, and it is no <c>signal-cli daemon --http</c>.</summary>
    NotSignalCli,

    /// <summary>The daemon does not go by the name in the address: it must be bound to that name, or to 0.0.0.0.</summary>
    NameRefused,

    /// <summary>Older than <see cref="SignalSettings.OldestDaemon"/>.</summary>
    TooOld,

    /// <summary>The daemon has no account of that number, or it is registered no more.</summary>
    AccountUnknown,
}
