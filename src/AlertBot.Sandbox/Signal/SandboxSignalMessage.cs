using NodaTime;

namespace AlertBot.Sandbox.Signal;

/// <summary>
/// A message as people see it in a Signal chat, with its edits applied. Signal has no message ids: author and timestamp, in milliseconds,
/// name a message. In a sandbox no two messages have the same timestamp.
/// </summary>
/// <param name="Author">The author's uuid.</param>
public sealed record SandboxSignalMessage(long Timestamp, Guid Author, string Sender, bool IsFromBot, Instant Date, string Text)
{
    public IReadOnlyList<SandboxSignalStyle> Styles { get; init; } = [];

    public SandboxSignalQuote? Quote { get; init; }

    public IReadOnlyList<SandboxFile> Files { get; init; } = [];

    public IReadOnlyList<SandboxSignalReaction> Reactions { get; init; } = [];

    /// <summary>The timestamps of its edits, oldest first. Each of them names the message too.</summary>
    public IReadOnlyList<long> Edits { get; init; } = [];

    public Instant? EditedAt { get; init; }

    /// <summary>True if the author deleted it. Only its place is left.</summary>
    public bool IsDeleted { get; init; }

    /// <summary>True for messages that Signal writes: somebody was added, or left.</summary>
    public bool IsService { get; init; }

    /// <summary>The uuids of those whose device received it: people's phones, or the bot's signal-cli.</summary>
    public IReadOnlyList<Guid> DeliveredTo { get; init; } = [];

    public IReadOnlyList<Guid> ReadBy { get; init; } = [];

    /// <summary>Members of the group to whom it could not be sent.</summary>
    public IReadOnlyList<Guid> NeverSentTo { get; init; } = [];

    /// <summary>The timestamp of the last edit, or of the message if it has none.</summary>
    public long LatestTimestamp => Edits.Count > 0 ? Edits[^1] : Timestamp;

    internal bool IsNamed(long timestamp) => Timestamp == timestamp || Edits.Contains(timestamp);

    /// <param name="emoji">Null removes the reaction.</param>
    internal SandboxSignalMessage With(Guid by, string? emoji)
    {
        var others = Reactions.Where(reaction => reaction.By != by);
        return this with { Reactions = [.. emoji is null ? others : others.Append(new SandboxSignalReaction(by, emoji))] };
    }

    /// <summary>The trace that remains after the author deleted it.</summary>
    internal SandboxSignalMessage Trace() => new(Timestamp, Author, Sender, IsFromBot, Date, "") { IsDeleted = true };
}

/// <param name="Style">BOLD, ITALIC, SPOILER, STRIKETHROUGH or MONOSPACE. Positions count UTF-16 units.</param>
public sealed record SandboxSignalStyle(int Start, int Length, string Style);

/// <param name="Timestamp">The quoted message's.</param>
/// <param name="Text">The quoted message's text, as the quoting person gives it.</param>
public sealed record SandboxSignalQuote(long Timestamp, Guid Author, string Text);

public sealed record SandboxSignalReaction(Guid By, string Emoji);
