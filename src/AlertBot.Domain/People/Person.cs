using AlertBot.Domain.Channels;
using NodaTime;

namespace AlertBot.Domain.People;

/// <summary>Someone who talks to the bot.</summary>
/// <param name="Language">Code of a file in <c>config/texts</c>, e.g. <c>ru</c>.</param>
/// <param name="IsFrozen">True while the role is suspended: lost phone, changed key.</param>
public sealed record Person(PersonId Id, Role Role, string Language, DateTimeZone Zone, bool IsFrozen)
{
    /// <summary>True if alerts of incidents come as a neutral line that shows the rest on request.</summary>
    public bool IsDiscreet { get; init; }

    /// <summary>The messenger for messages to the person; null: the first one they used.</summary>
    public ChannelKind? Prefers { get; init; }

    /// <summary>The name that co-workers use; null: the sign. Nobody else reads it.</summary>
    public PersonName? Called { get; init; }

    /// <summary>The name or sign that colleagues see. Never shown to groups or reporters.</summary>
    public string Shown => Called?.Reveal() ?? PersonSign.Of(Id);

    /// <summary>Whether the person may act as <paramref name="needed"/> now.</summary>
    public bool MayActAs(Role needed) => !IsFrozen && Role >= needed;
}

public readonly record struct PersonId(Guid Value)
{
    public static PersonId New() => new(Guid.CreateVersion7());
}

/// <summary>A person's rights. Each role includes the rights of those before it.</summary>
public enum Role
{
    Reporter,
    Advocate,
    Coordinator,
    Owner,
}
