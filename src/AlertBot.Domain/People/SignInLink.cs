using NodaTime;

namespace AlertBot.Domain.People;

/// <summary>
/// A sign-in link to the desk. It works once, in the browser that opened it first, after its person has confirmed that browser's number in
/// chat.
/// </summary>
/// <param name="From">The chat that asked for it and confirms it.</param>
public sealed record SignInLink(SignInLinkId Id, PersonId Person, AddressId From, SignInState State, Instant ExpiresAt)
{
    /// <summary>The browser that opened it; null if none has.</summary>
    public Browser? Browser { get; init; }

    /// <summary>The number that this browser shows; null if none has opened it.</summary>
    public int? Number { get; init; }

    public bool IsOverAt(Instant now) => now >= ExpiresAt || State is SignInState.Used or SignInState.Ended;
}

public readonly record struct SignInLinkId(Guid Value)
{
    public static SignInLinkId New() => new(Guid.CreateVersion7());
}

/// <summary>The state of a sign-in.</summary>
public enum SignInState
{
    Given,

    /// <summary>A browser has opened it and shows its number.</summary>
    Opened,

    /// <summary>The person has confirmed the number, and the browser has not fetched its session yet.</summary>
    Confirmed,

    Used,

    /// <summary>Ended by a wrong number, by its person, or by a newer link.</summary>
    Ended,
}
