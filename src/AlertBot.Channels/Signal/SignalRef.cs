using System.Globalization;
using AlertBot.Domain.Channels;

namespace AlertBot.Channels.Signal;

/// <summary>
/// A message: when it was sent, in milliseconds, and by whom. Signal has no other name for it. Ours are written as the time alone,
/// those of others as <c>author|time</c>. Prints as a mask.
/// </summary>
/// <param name="Author">Null: we.</param>
internal readonly record struct SignalRef(SignalAddress? Author, long SentAt)
{
    /// <summary>Null for what is none.</summary>
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

/// <summary>A message and the chat it is in: enough to put a reaction on it. Written <c>chat|author|time</c>, or <c>chat|time</c>.</summary>
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

/// <summary>A file that somebody sent: its id at the daemon, and the chat it came by. Written <c>chat|id</c>.</summary>
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
