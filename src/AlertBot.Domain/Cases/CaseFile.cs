using NodaTime;

namespace AlertBot.Domain.Cases;

/// <summary>One person at risk: where the law that holds them applies, and what happened so far.</summary>
/// <param name="Jurisdictions">Codes of <c>config/law</c> whose rules apply, e.g. <c>KZ</c>, <c>CIS</c>.</param>
/// <param name="Zone">Where events happen unless they say otherwise.</param>
public sealed record CaseFile(
    CaseId Id,
    CaseCode Code,
    DateTimeZone Zone,
    IReadOnlyList<string> Jurisdictions,
    CaseStatus Status,
    IReadOnlyList<CaseEvent> Events);

public readonly record struct CaseId(Guid Value)
{
    public static CaseId New() => new(Guid.CreateVersion7());
}

/// <summary>Where a case stands. A release leads to <see cref="Watch"/>, never by itself to <see cref="Closed"/>.</summary>
public enum CaseStatus
{
    /// <summary>Something runs: custody, a procedure, a search.</summary>
    Open,

    /// <summary>Released, but the request stays valid: check-ins go on.</summary>
    Watch,

    Closed,
}
