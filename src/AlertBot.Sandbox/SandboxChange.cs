using AlertBot.Sandbox.Signal;

namespace AlertBot.Sandbox;

/// <summary>A change that is visible on the phones.</summary>
internal abstract record SandboxChange
{
    private SandboxChange() { }

    /// <summary>A message was added, edited, or deleted.</summary>
    public sealed record OfMessage(SandboxChat Chat, SandboxMessage Message) : SandboxChange;

    /// <summary>Somebody pressed a button, which now waits for the bot.</summary>
    public sealed record OfPress(SandboxChat Chat, long MessageId, SandboxPhone By, string Data) : SandboxChange;

    /// <summary>The bot answered a press.</summary>
    /// <param name="Text">Null if there is nothing to show.</param>
    public sealed record OfAnswer(SandboxChat Chat, long MessageId, string? Text) : SandboxChange;

    /// <summary>A chat changed, apart from its messages: members, topics, blocked or not.</summary>
    public sealed record OfChat(SandboxChat Chat) : SandboxChange;

    /// <summary>A group moved to another chat.</summary>
    public sealed record OfMove(SandboxChat NewChat) : SandboxChange;

    /// <summary>A message on Signal was added or changed.</summary>
    public sealed record OfSignalMessage(SandboxSignalChat Chat, SandboxSignalMessage Message) : SandboxChange;

    /// <summary>A chat on Signal changed, apart from its messages.</summary>
    public sealed record OfSignalChat(SandboxSignalChat Chat) : SandboxChange;

    /// <summary>The bot set a command menu.</summary>
    public sealed record OfCommands : SandboxChange;
}
