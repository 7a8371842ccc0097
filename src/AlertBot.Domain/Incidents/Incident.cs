using AlertBot.Domain.Cases;
using AlertBot.Domain.People;
using AlertBot.Domain.Reports;
using NodaTime;

namespace AlertBot.Domain.Incidents;

/// <summary>One thing that happened to one person, from any number of reports: what is known of it, and who has taken it.</summary>
/// <param name="Case">Null while no registered person is recognised in it.</param>
/// <param name="Kind">The gravest thing reported of it.</param>
public sealed record Incident(IncidentId Id, IncidentCode Code, CaseId? Case, ReportKind Kind, Instant OpenedAt)
{
    public Standing Standing { get; init; } = Standing.Unverified;

    public Handling Handling { get; init; } = Handling.Open;

    /// <summary>The step that the escalation has reached since nobody has it; 0 is the first telling.</summary>
    public int Step { get; init; }

    public PersonId? TakenBy { get; init; }

    public Instant? TakenAt { get; init; }

    /// <summary>Since when "still on it?" waits for an answer; null if not asked.</summary>
    public Instant? AskedAt { get; init; }

    public PersonId? VerifiedBy { get; init; }

    public Outcome? Outcome { get; init; }

    public IncidentId? DuplicateOf { get; init; }

    /// <summary>True once the full alert was sent, not only the heads-up.</summary>
    public bool IsToldFully { get; init; }

    public Instant? ClosedAt { get; init; }

    /// <summary>When the escalation must look next; null: never again.</summary>
    public Instant? LookAt { get; init; }

    /// <summary>Grows with every saved change.</summary>
    public int Version { get; init; }

    public override string ToString() => $"(incident {Code})";
}

public readonly record struct IncidentId(Guid Value)
{
    public static IncidentId New() => new(Guid.CreateVersion7());
}

/// <summary>How far the report can be believed.</summary>
public enum Standing
{
    Unverified,
    Verified,

    /// <summary>It did not happen, or not so. Everybody who was told of it is told that too.</summary>
    Retracted,
}

/// <summary>Whether somebody has taken it.</summary>
public enum Handling
{
    Open,
    Taken,
    Closed,
}

/// <summary>How an incident ended.</summary>
public enum Outcome
{
    Released,
    ConfirmedHeld,
    HandedOver,
    FalseAlarm,
    Duplicate,
    Other,
}
