using AlertBot.Domain.Time;
using NodaTime;

namespace AlertBot.Domain.Law;

/// <summary>The known dates of the event that starts a clock.</summary>
/// <param name="Happened">When it happened; for a decision, when it was taken. Null if unknown.</param>
public sealed record Occasion(When? Happened)
{
    public LocalDate? Served { get; init; }

    public LocalDate? Known { get; init; }

    /// <summary>True if it is known when people learned of the decision, but not when it was taken.</summary>
    public bool IsDayOfDecisionUnknown => Happened?.Window is null && (Served ?? Known) is not null;

    /// <summary>The date that it sets: printed on the document or decision, or set for the hand-over.</summary>
    public When? Sets { get; init; }
}

/// <summary>The result of applying a rule to an occasion.</summary>
public abstract record LimitResult
{
    private LimitResult() { }

    /// <summary>The limit has an end, in both readings.</summary>
    public sealed record Ends(Limit Limit) : LimitResult;

    /// <summary>
    /// The time of the event is so uncertain that the limit says nothing, and a person must find out more. The readings are given anyway, for those
    /// who ask.
    /// </summary>
    public sealed record TooWide(Limit Limit) : LimitResult;

    /// <summary>The provision names no number: reminders only, from the event on.</summary>
    public sealed record NoNumber(Limit Limit) : LimitResult;

    /// <summary>The date from which it runs is unknown.</summary>
    public sealed record NoDate : LimitResult;
}
