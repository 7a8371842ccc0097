namespace AlertBot.Domain.Channels;

/// <summary>One place a message can go. Prints as a mask, since a chat id is personal.</summary>
/// <param name="Value">
/// Telegram: <c>chat id</c>, or <c>chat id/thread id</c> for a forum topic. Signal: number, uuid or <c>group:id</c>.
/// </param>
public sealed record ChannelAddress(ChannelKind Channel, string Value)
{
    public override string ToString() => $"({Channel} address)";
}

public enum ChannelKind
{
    Telegram,
    Signal,
}

/// <summary>The channel's own reference to a message it sent, for edits and replies. Telegram: the message id.</summary>
public sealed record MessageRef(string Value);
