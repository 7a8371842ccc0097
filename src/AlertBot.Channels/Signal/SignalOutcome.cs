namespace AlertBot.Channels.Signal;

/// <summary>What became of one call of the daemon.</summary>
internal abstract record SignalOutcome<T>
{
    private SignalOutcome() { }

    public sealed record Done(T Result) : SignalOutcome<T>;

    /// <summary>The daemon said no.</summary>
    public sealed record Failed(SignalFailure Why) : SignalOutcome<T>;

    /// <summary>Whatever answers at that address did not take the request: it is no signal-cli, or does not want to be asked like this.</summary>
    /// <param name="Status">Of HTTP.</param>
    public sealed record TurnedAway(int Status) : SignalOutcome<T>;

    /// <summary>The request did not leave whole: the daemon cannot have acted on it.</summary>
    /// <param name="Reason">A short word for the log, never a text from outside.</param>
    public sealed record NotSent(string Reason) : SignalOutcome<T>;

    /// <summary>The request was written, and no readable answer came back.</summary>
    public sealed record Unclear(string Reason) : SignalOutcome<T>;
}

/// <summary>The error of a JSON-RPC answer.</summary>
/// <param name="Message">signal-cli's own words, which may quote a number: they decide, and they are not logged.</param>
/// <param name="Results">One per recipient, where it came to sending.</param>
internal sealed record SignalFailure(int Code, string Message, IReadOnlyList<RecipientResult> Results)
{
    // SignalJsonRpcCommandHandler and JsonRpcResponse of signal-cli.
    public const int UserError = -1;
    public const int IoError = -3;
    public const int UntrustedKey = -4;
    public const int RateLimit = -5;
    public const int InvalidParams = -32602;
    public const int InternalError = -32603;

    public bool Says(string words) => Message.Contains(words, StringComparison.OrdinalIgnoreCase);

    /// <summary>The daemon has no such account, or Signal does not take it for one any more.</summary>
    public bool IsOfAccount => Code switch
    {
        InvalidParams => Says("account"),
        UserError => Message.StartsWith("User is not registered", StringComparison.OrdinalIgnoreCase),
        _ => Says("AuthorizationFailed") || Says("Authorization failed") || Says("NotRegisteredException"),
    };

    public override string ToString() => $"(error {Code})";
}
