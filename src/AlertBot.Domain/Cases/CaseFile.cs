using NodaTime;

namespace AlertBot.Domain.Cases;

/// <summary>One person at risk: the jurisdictions that apply, and what happened so far.</summary>
/// <param name="Jurisdictions">Codes of <c>config/law</c> whose rules apply, e.g. <c>KZ</c>, <c>CIS</c>.</param>
/// <param name="Zone">The zone of events that name no other.</param>
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

/// <summary>The status of a case. A release leads to <see cref="Watch"/>, never by itself to <see cref="Closed"/>.</summary>
public enum CaseStatus
{
    /// <summary>Custody, a procedure or a search is going on.</summary>
    Open,

    /// <summary>Released, but the request stays valid, so check-ins go on.</summary>
    Watch,

    Closed,
}
