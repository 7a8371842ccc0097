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
    bool AskLocation = false);

/// <summary>One thing a person can choose.</summary>
/// <param name="Data">Comes back when chosen; at most 64 bytes of UTF-8 (Telegram's limit for callback data).</param>
public sealed record Choice(string Label, string Data)
{
    public override string ToString() => "(choice)";
}

/// <summary>One entry of the menu of commands that a messenger shows.</summary>
public sealed record CommandHint(string Command, string Description);
