namespace AlertBot.Channels.Signal;

/// <summary>The outcome of one call to the daemon.</summary>
internal abstract record SignalOutcome<T>
{
    private SignalOutcome() { }

    public sealed record Done(T Result) : SignalOutcome<T>;

    /// <summary>The daemon answered with an error.</summary>
    public sealed record Failed(SignalFailure Why) : SignalOutcome<T>;

    /// <summary>The server at that address refused the request: it is not signal-cli, or it expects another form of request.</summary>
    /// <param name="Status">The HTTP status.</param>
    public sealed record TurnedAway(int Status) : SignalOutcome<T>;

    /// <summary>The request did not leave whole, so the daemon cannot have acted on it.</summary>
    /// <param name="Reason">A short word for the log, never a text from outside.</param>
    public sealed record NotSent(string Reason) : SignalOutcome<T>;

    /// <summary>The request was written, and no readable answer came back.</summary>
    public sealed record Unclear(string Reason) : SignalOutcome<T>;
}

/// <summary>The error of a JSON-RPC answer.</summary>
/// <param name="Message">signal-cli's own words. They decide what the error means, and are not logged, since they may quote a number.</param>
/// <param name="Results">One per recipient, if the daemon tried to send.</param>
internal sealed record SignalFailure(int Code, string Message, IReadOnlyList<RecipientResult> Results)
{
    // Codes of SignalJsonRpcCommandHandler and JsonRpcResponse in signal-cli.
    public const int UserError = -1;
    public const int IoError = -3;
    public const int UntrustedKey = -4;
    public const int RateLimit = -5;
    public const int InvalidParams = -32602;
    public const int InternalError = -32603;

    public bool Says(string words) => Message.Contains(words, StringComparison.OrdinalIgnoreCase);

    /// <summary>The daemon does not have the account, or Signal no longer accepts it.</summary>
    public bool IsOfAccount => Code switch
    {
        InvalidParams => Says("account"),
        UserError => Message.StartsWith("User is not registered", StringComparison.OrdinalIgnoreCase),
        _ => Says("AuthorizationFailed") || Says("Authorization failed") || Says("NotRegisteredException"),
    };

    public override string ToString() => $"(error {Code})";
}
