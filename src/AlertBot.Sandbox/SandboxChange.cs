using AlertBot.Sandbox.Signal;

namespace AlertBot.Sandbox;

/// <summary>A change that somebody who looks at the phones would see.</summary>
internal abstract record SandboxChange
{
    private SandboxChange() { }

    /// <summary>A message is new, was edited, or was deleted.</summary>
    public sealed record OfMessage(SandboxChat Chat, SandboxMessage Message) : SandboxChange;

    /// <summary>Somebody pressed a button; the phone shows that it waits for the bot.</summary>
    public sealed record OfPress(SandboxChat Chat, long MessageId, SandboxPhone By, string Data) : SandboxChange;

    /// <summary>The bot answered a press.</summary>
    /// <param name="Text">Null: nothing to show.</param>
    public sealed record OfAnswer(SandboxChat Chat, long MessageId, string? Text) : SandboxChange;

    /// <summary>Anything about a chat except its messages: members, topics, blocked or not.</summary>
    public sealed record OfChat(SandboxChat Chat) : SandboxChange;

    /// <summary>A group goes on in another chat.</summary>
    public sealed record OfMove(SandboxChat NewChat) : SandboxChange;

    /// <summary>A message on Signal is new, or changed in any way.</summary>
    public sealed record OfSignalMessage(SandboxSignalChat Chat, SandboxSignalMessage Message) : SandboxChange;

    /// <summary>Anything about a chat on Signal except its messages.</summary>
    public sealed record OfSignalChat(SandboxSignalChat Chat) : SandboxChange;

    /// <summary>The bot has set a menu of commands.</summary>
    public sealed record OfCommands : SandboxChange;
}
