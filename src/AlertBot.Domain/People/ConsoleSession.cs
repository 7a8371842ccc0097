using NodaTime;

namespace AlertBot.Domain.People;

/// <summary>A browser in which a person is signed in to the desk.</summary>
public sealed record ConsoleSession(ConsoleSessionId Id, PersonId Person, Browser Browser, Instant BeganAt, Instant ExpiresAt);

public readonly record struct ConsoleSessionId(Guid Value)
{
    public static ConsoleSessionId New() => new(Guid.CreateVersion7());
}
