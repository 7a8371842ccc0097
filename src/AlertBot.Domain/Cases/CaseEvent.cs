using AlertBot.Domain.People;
using AlertBot.Domain.Time;
using NodaTime;

namespace AlertBot.Domain.Cases;

/// <summary>A dated fact on a case's timeline. It may start, stop, extend or supersede clocks.</summary>
/// <param name="When">When it happened; for a decision, when it was taken. Null if unknown.</param>
public sealed record CaseEvent(EventId Id, EventKind Kind, When? When)
{
    /// <summary>The day a decision was served on the person or the lawyer.</summary>
    public LocalDate? Served { get; init; }

    /// <summary>The day it became known to the person's side.</summary>
    public LocalDate? Known { get; init; }

    /// <summary>The date that this event sets: of a hearing or a hand-over, or the last day printed on a document or order.</summary>
    public When? Sets { get; init; }

    /// <summary>The jurisdiction whose clocks it affects; null: all of the case.</summary>
    public string? Jurisdiction { get; init; }

    /// <summary>The court, committee or authority it was filed with or that decided: <c>ECHR</c>, <c>HRC</c>, a State. Null: not said.</summary>
    public string? Body { get; init; }

    /// <summary>The decision that a filing, or the answer to it, is about. Null: not said.</summary>
    public EventId? About { get; init; }

    /// <summary>False for facts of the past that must not start a clock (a detention of 2014).</summary>
    public bool MayStartClocks { get; init; } = true;

    /// <summary>The other account of the same fact that this one contradicts or repeats.</summary>
    public EventId? SameFactAs { get; init; }

    /// <summary>False when another account of the same fact was preferred; both are kept.</summary>
    public bool Preferred { get; init; } = true;

    /// <summary>True if somebody took it back. It stays stored, and starts and stops nothing.</summary>
    public bool IsWithdrawn { get; init; }

    public PersonId? RecordedBy { get; init; }

    public Instant RecordedAt { get; init; }

    /// <summary>The second person, who confirmed it. Without one, alerts say "unconfirmed date".</summary>
    public PersonId? ConfirmedBy { get; init; }

    /// <summary>The words that only people cleared for the case may read; encrypted at rest.</summary>
    public EventDetail Detail { get; init; } = EventDetail.None;
}

public readonly record struct EventId(Guid Value)
{
    public static EventId New() => new(Guid.CreateVersion7());
}

/// <summary>The words of an event. Prints as a mask.</summary>
/// <param name="Place">Where it happened.</param>
/// <param name="Source">Who says so.</param>
/// <param name="Authority">The authority that is said to hold the person.</param>
/// <param name="Note">Anything else.</param>
public sealed record EventDetail(string? Place, string? Source, string? Authority, string? Note)
{
    public static readonly EventDetail None = new(null, null, null, null);

    public override string ToString() => "(detail)";
}
