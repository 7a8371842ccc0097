using AlertBot.Domain.Channels;
using NodaTime;

namespace AlertBot.Domain.People;

/// <summary>One place a message can go, as we know it: a person's private chat, a group, or a topic of a forum.</summary>
/// <param name="Person">The person whose private chat it is; null for a group.</param>
/// <param name="Language">Code of a file in <c>config/texts</c>.</param>
/// <param name="DarkWhy">Why it cannot be written to any more; null while it can.</param>
public sealed record Address(
    AddressId Id, ChannelAddress At, PersonId? Person, bool IsGroup, string Language, Refusal? DarkWhy = null, Instant? DarkSince = null)
{
    public bool IsDark => DarkWhy is not null;

    /// <summary>When its owner first wrote to us from it; null: never. A group is never a stranger.</summary>
    public Instant? WarmAt { get; init; }

    /// <summary>When we asked its owner to write to us, which shows that messages arrive.</summary>
    public Instant? AskedAt { get; init; }

    /// <summary>True if its owner was asked and has not written: nobody should rely on this address.</summary>
    public bool IsUnconfirmed => AskedAt is not null && WarmAt is null;
}

public readonly record struct AddressId(Guid Value)
{
    public static AddressId New() => new(Guid.CreateVersion7());
}
