namespace AlertBot.Domain.Channels;

/// <summary>What we say, whatever the messenger: the channel renders it by its capabilities.</summary>
/// <param name="Choices">Rows of buttons, or numbered choices where the channel has no buttons.</param>
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
    /// A file that goes with the text; null: none. The text is then plain, without choices, and at most 1,024 characters long
    /// (Telegram's limit under a file).
    /// </summary>
    public OutgoingFile? File { get; init; }
}

/// <summary>A file we send. Prints as a mask.</summary>
/// <param name="ContentType">E.g. <c>text/calendar</c>.</param>
public sealed record OutgoingFile(string Name, string ContentType, byte[] Content)
{
    public override string ToString() => "(file)";
}

/// <summary>One thing a person can choose.</summary>
/// <param name="Data">Comes back when chosen; at most 64 bytes of UTF-8 (Telegram's limit for callback data).</param>
public sealed record Choice(string Label, string Data)
{
    /// <summary>True: a thumb up on the message chooses it, where the messenger has no buttons.</summary>
    public bool ByThumb { get; init; }

    /// <summary>
    /// True: it stands under a question whose answer may be a number. Where the messenger has no buttons, a bare number is asked back: was
    /// the choice meant, or is the number the answer?
    /// </summary>
    public bool AsksBack { get; init; }

    public override string ToString() => "(choice)";
}

/// <summary>One entry of the menu of commands that a messenger shows.</summary>
public sealed record CommandHint(string Command, string Description);
