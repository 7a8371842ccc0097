namespace AlertBot.Domain.Channels;

/// <summary>A message to send, independent of the messenger: the channel renders it by its capabilities.</summary>
/// <param name="Choices">Rows of buttons, or numbered choices on a channel without buttons.</param>
/// <param name="Silent">True: no sound (digests, quiet hours).</param>
/// <param name="ReplyTo">The message this one answers, if any.</param>
/// <param name="AskLocation">True: offer a button that shares the location.</param>
public sealed record OutgoingMessage(
    RichText Text,
    IReadOnlyList<IReadOnlyList<Choice>>? Choices = null,
    bool Silent = false,
    MessageRef? ReplyTo = null,
    bool AskLocation = false)
{
    /// <summary>
    /// A file with the text, if any. The text is then plain, without choices, and at most 1,024 characters long (Telegram's limit for captions).
    /// </summary>
    public OutgoingFile? File { get; init; }

    /// <summary>True to delete the edited message from the chat if the messenger allows it. Otherwise the text replaces it.</summary>
    public bool IsWithdrawal { get; init; }
}

/// <summary>A file we send. Prints as a mask.</summary>
/// <param name="ContentType">E.g. <c>text/calendar</c>.</param>
public sealed record OutgoingFile(string Name, string ContentType, byte[] Content)
{
    /// <summary>photo, voice or document, which decides how the messenger shows it.</summary>
    public string Kind { get; init; } = "document";

    public override string ToString() => "(file)";
}

/// <summary>One thing a person can choose.</summary>
/// <param name="Data">Comes back when chosen; at most 64 bytes of UTF-8 (Telegram's limit for callback data).</param>
public sealed record Choice(string Label, string Data)
{
    /// <summary>True if a thumb up on the message chooses it, on a messenger without buttons.</summary>
    public bool ByThumb { get; init; }

    /// <summary>
    /// True under a question whose answer may be a number. On a messenger without buttons, a bare number is then queried: does it mean the choice, or
    /// is it the answer?
    /// </summary>
    public bool AsksBack { get; init; }

    public override string ToString() => "(choice)";
}

/// <summary>One entry of a messenger's command menu.</summary>
public sealed record CommandHint(string Command, string Description);
