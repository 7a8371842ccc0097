using AlertBot.Domain.Channels;
using NodaTime;

namespace AlertBot.Sandbox;

/// <summary>A message as people see it in a chat.</summary>
/// <param name="SenderId">The person, the bot, or the group itself for an anonymous admin.</param>
public sealed record SandboxMessage(long Id, long ChatId, long SenderId, string Sender, bool IsFromBot, Instant Date, string Text)
{
    public IReadOnlyList<SandboxEntity> Entities { get; init; } = [];

    public IReadOnlyList<IReadOnlyList<SandboxButton>> Buttons { get; init; } = [];

    /// <summary>The topic of a forum.</summary>
    public long? ThreadId { get; init; }

    public long? ReplyTo { get; init; }

    public Instant? EditedAt { get; init; }

    public bool IsSilent { get; init; }

    /// <summary>True for messages that Telegram writes: somebody joined, the group moved, a topic was opened.</summary>
    public bool IsService { get; init; }

    public GeoPoint? Location { get; init; }

    public SandboxFile? File { get; init; }

    /// <summary>Whether the bot offers a button that shares the location.</summary>
    public bool AsksLocation { get; init; }

    /// <summary>True if somebody deleted it. Only its place is left, which only the page shows.</summary>
    internal bool IsDeleted { get; init; }

    public IEnumerable<SandboxButton> AllButtons => Buttons.SelectMany(row => row);
}

public sealed record SandboxEntity(string Type, int Offset, int Length, string? Url = null);

public sealed record SandboxButton(string Text, string? Data, string? Url = null);

/// <param name="Kind">photo, voice, video or document.</param>
public sealed record SandboxFile(string Id, string Kind, string Name, string ContentType, int Size);

/// <summary>A press of a button.</summary>
/// <param name="Answer">The bot's answer, once given; its text is null if there is nothing to show.</param>
public sealed record SandboxPress(string Id, Task<string?> Answer);
