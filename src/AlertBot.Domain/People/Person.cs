using AlertBot.Domain.Channels;
using NodaTime;

namespace AlertBot.Domain.People;

/// <summary>Someone who talks to the bot.</summary>
/// <param name="Language">Code of a file in <c>config/texts</c>, e.g. <c>ru</c>.</param>
/// <param name="IsFrozen">True while the role is suspended: lost phone, changed key.</param>
public sealed record Person(PersonId Id, Role Role, string Language, DateTimeZone Zone, bool IsFrozen)
{
    /// <summary>True: alerts of incidents come as a neutral line that shows the rest on request.</summary>
    public bool IsDiscreet { get; init; }

    /// <summary>The messenger that they want to be told on first; null: their first one.</summary>
    public ChannelKind? Prefers { get; init; }

    /// <summary>What co-workers call them; null: by their sign. Nobody else reads it.</summary>
    public PersonName? Called { get; init; }

    /// <summary>How a colleague knows them. Never for groups or reporters.</summary>
    public string Shown => Called?.Reveal() ?? PersonSign.Of(Id);

    /// <summary>Whether they may act as <paramref name="needed"/> now.</summary>
    public bool MayActAs(Role needed) => !IsFrozen && Role >= needed;
}

public readonly record struct PersonId(Guid Value)
{
    public static PersonId New() => new(Guid.CreateVersion7());
}

/// <summary>What a person may do. Each role may do what those before it may.</summary>
public enum Role
{
    Reporter,
    Advocate,
    Coordinator,
    Owner,
}
