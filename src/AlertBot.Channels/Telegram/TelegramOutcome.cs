namespace AlertBot.Channels.Telegram;

/// <summary>The outcome of one call to the Bot API.</summary>
internal abstract record TelegramOutcome<T>
{
    private TelegramOutcome() { }

    public sealed record Done(T Result) : TelegramOutcome<T>;

    /// <summary>Telegram, or a server in front of it, answered with an error.</summary>
    public sealed record Failed(TelegramFailure Why) : TelegramOutcome<T>;

    /// <summary>The request did not leave whole, so Telegram cannot have acted on it.</summary>
    /// <param name="Reason">A short word for the log, never a text from outside.</param>
    public sealed record NotSent(string Reason) : TelegramOutcome<T>;

    /// <summary>The request was written, and no readable answer came back.</summary>
    public sealed record Unclear(string Reason) : TelegramOutcome<T>;
}

/// <summary>An answer that is not ok.</summary>
/// <param name="Description">Telegram's own words. They decide what the error means, and are not logged.</param>
internal sealed record TelegramFailure(int Code, string Description, int? RetryAfter = null, long? MigrateToChatId = null)
{
    public bool Says(string words) => Description.Contains(words, StringComparison.OrdinalIgnoreCase);

    public override string ToString() => $"(error {Code})";
}
