using System.Globalization;
using AlertBot.Domain.Channels;

namespace AlertBot.Channels.Signal;

/// <summary>
/// Names a message by its timestamp in milliseconds and its author, as Signal does. Our own are written as the time alone, others as
/// <c>author|time</c>. Prints as a mask.
/// </summary>
/// <param name="Author">Null for our own messages.</param>
internal readonly record struct SignalRef(SignalAddress? Author, long SentAt)
{
    /// <summary>Null if the reference is not Signal's.</summary>
    public static SignalRef? Read(MessageRef? message)
    {
        if (message?.Value.Split('|') is not { Length: 1 or 2 } parts
            || !long.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var sentAt) || sentAt == 0)
            return null;
        if (parts.Length == 1)
            return new SignalRef(null, sentAt);
        return SignalAddress.Parse(parts[0]) is { } author ? new SignalRef(author, sentAt) : null;
    }

    public MessageRef ToMessageRef() => new(Author is { } author
        ? string.Create(CultureInfo.InvariantCulture, $"{author.Value}|{SentAt}")
        : SentAt.ToString(CultureInfo.InvariantCulture));

    public override string ToString() => "(Signal message)";
}

/// <summary>Names a message and its chat, which is enough to react to it. Written <c>chat|author|time</c>, or <c>chat|time</c>.</summary>
internal readonly record struct PressHandle(SignalAddress Chat, SignalRef Message)
{
    public static PressHandle? Read(string handle)
    {
        var end = handle.IndexOf('|');
        return end > 0 && SignalAddress.Parse(handle[..end]) is { } chat && SignalRef.Read(new MessageRef(handle[(end + 1)..])) is { } message
            ? new PressHandle(chat, message)
            : null;
    }

    public override string ToString() => $"{Chat.Value}|{Message.ToMessageRef().Value}";
}

/// <summary>Names a received file by its id at the daemon and the chat it came from. Written <c>chat|id</c>.</summary>
internal readonly record struct FileHandle(SignalAddress Chat, string Id)
{
    public static FileHandle? Read(string handle)
    {
        var end = handle.IndexOf('|');
        return end > 0 && end + 1 < handle.Length && SignalAddress.Parse(handle[..end]) is { } chat
            ? new FileHandle(chat, handle[(end + 1)..])
            : null;
    }

    public override string ToString() => $"{Chat.Value}|{Id}";
}
