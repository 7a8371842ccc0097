namespace AlertBot.Channels.Signal;

/// <summary>The state of receiving from the daemon.</summary>
public enum SignalState
{
    Starting,
    Receiving,

    /// <summary>No connection; retried with growing pauses.</summary>
    Unreachable,

    /// <summary>The server at the address is not a <c>signal-cli daemon --http</c>.</summary>
    NotSignalCli,

    /// <summary>The daemon rejects the host name in the address: bind it to that name or to 0.0.0.0.</summary>
    NameRefused,

    /// <summary>The daemon is older than <see cref="SignalSettings.OldestDaemon"/>.</summary>
    TooOld,

    /// <summary>The daemon has no account with that number, or the account is no longer registered.</summary>
    AccountUnknown,
}
