using System.Diagnostics.CodeAnalysis;
using NodaTime;

namespace AlertBot.Domain.People;

/// <summary>With it a program acts as the person who made it, and only within its scopes. Prints as a mask.</summary>
/// <param name="Name">What its maker calls it; null: that does not open.</param>
public sealed record ApiToken(
    ApiTokenId Id, PersonId Maker, string? Name, IReadOnlyList<ApiScope> Scopes, Instant MadeAt, Instant ExpiresAt)
{
    public const int LongestName = 60;

    /// <summary>When a program last came with it, to the minute; null: never.</summary>
    public Instant? UsedAt { get; init; }

    /// <summary>Why it opens nothing any more; null while nobody and nothing has ended it.</summary>
    public ApiTokenEnd? Ended { get; init; }

    public bool IsLiveAt(Instant now) => Ended is null && now < ExpiresAt;

    public override string ToString() => "(token)";
}

public readonly record struct ApiTokenId(Guid Value)
{
    public static ApiTokenId New() => new(Guid.CreateVersion7());
}

/// <summary>What a token may be used for.</summary>
public enum ApiScope
{
    /// <summary>Tell the followers of a case something.</summary>
    Alerts,

    /// <summary>Send a report, as a witness would.</summary>
    Reports,

    /// <summary>Put a fact on the file of a case.</summary>
    Events,

    /// <summary>Read codes of cases and their next dates.</summary>
    Dates,

    /// <summary>Page those on call, as Alertmanager does.</summary>
    Monitoring,
}

public enum ApiTokenEnd
{
    /// <summary>Somebody ended it at the desk.</summary>
    Revoked,

    /// <summary>Its maker was suspended, or has another role now.</summary>
    Maker,
}

/// <summary>The token itself, which only its holder has: <c>alertbot_</c> and 256 random bits. Prints as a mask.</summary>
public readonly record struct ApiSecret
{
    // By this beginning scanners of repositories and logs find one that was left lying about.
    private const string Beginning = "alertbot_";

    private readonly ConsoleSecret _secret;

    private ApiSecret(ConsoleSecret secret) => _secret = secret;

    public static ApiSecret New() => new(ConsoleSecret.New());

    public static bool TryParse([NotNullWhen(true)] string? text, out ApiSecret secret)
    {
        secret = default;
        if (text?.StartsWith(Beginning, StringComparison.Ordinal) != true || !ConsoleSecret.TryParse(text[Beginning.Length..], out var bits))
            return false;
        secret = new ApiSecret(bits);
        return true;
    }

    /// <summary>For the page that shows it once and the keyed hash, and nothing else.</summary>
    public string Reveal() => Beginning + _secret.Reveal();

    public override string ToString() => "(token)";
}
