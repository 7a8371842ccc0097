using NodaTime;

namespace AlertBot.Sandbox.Signal;

/// <summary>
/// A message as people see it in a Signal chat, edits applied. Signal has no ids: author and time of sending, in milliseconds,
/// name a message. In a sandbox no two messages have the same time.
/// </summary>
/// <param name="Author">The uuid of whoever wrote it.</param>
public sealed record SandboxSignalMessage(long Timestamp, Guid Author, string Sender, bool IsFromBot, Instant Date, string Text)
{
    public IReadOnlyList<SandboxSignalStyle> Styles { get; init; } = [];

    public SandboxSignalQuote? Quote { get; init; }

    public IReadOnlyList<SandboxFile> Files { get; init; } = [];

    public IReadOnlyList<SandboxSignalReaction> Reactions { get; init; } = [];

    /// <summary>The times of its edits, oldest first. Each of them names the message too.</summary>
    public IReadOnlyList<long> Edits { get; init; } = [];

    public Instant? EditedAt { get; init; }

    /// <summary>True: the author took it back. Nothing is left but its place.</summary>
    public bool IsDeleted { get; init; }

    /// <summary>True: somebody was added, or left.</summary>
    public bool IsService { get; init; }

    /// <summary>The uuids of those on whose devices it has arrived: people's phones, or the bot's signal-cli.</summary>
    public IReadOnlyList<Guid> DeliveredTo { get; init; } = [];

    public IReadOnlyList<Guid> ReadBy { get; init; } = [];

    /// <summary>Members of the group it could not be sent to.</summary>
    public IReadOnlyList<Guid> NeverSentTo { get; init; } = [];

    /// <summary>The time that names what the message says now.</summary>
    public long LatestTimestamp => Edits.Count > 0 ? Edits[^1] : Timestamp;

    internal bool IsNamed(long timestamp) => Timestamp == timestamp || Edits.Contains(timestamp);

    /// <param name="emoji">Null: none any more.</param>
    internal SandboxSignalMessage With(Guid by, string? emoji)
    {
        var others = Reactions.Where(reaction => reaction.By != by);
        return this with { Reactions = [.. emoji is null ? others : others.Append(new SandboxSignalReaction(by, emoji))] };
    }

    /// <summary>What is left when the author has taken it back.</summary>
    internal SandboxSignalMessage Trace() => new(Timestamp, Author, Sender, IsFromBot, Date, "") { IsDeleted = true };
}

/// <param name="Style">BOLD, ITALIC, SPOILER, STRIKETHROUGH or MONOSPACE. Positions count UTF-16 units.</param>
public sealed record SandboxSignalStyle(int Start, int Length, string Style);

/// <param name="Timestamp">Of the message that is quoted.</param>
/// <param name="Text">Of that message, as whoever quotes it says.</param>
public sealed record SandboxSignalQuote(long Timestamp, Guid Author, string Text);

public sealed record SandboxSignalReaction(Guid By, string Emoji);
