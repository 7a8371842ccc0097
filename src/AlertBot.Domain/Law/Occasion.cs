using AlertBot.Domain.Time;
using NodaTime;

namespace AlertBot.Domain.Law;

/// <summary>What is known of the event that starts a clock.</summary>
/// <param name="Happened">When it happened; for a decision, when it was decided. Null: not known.</param>
public sealed record Occasion(When? Happened)
{
    public LocalDate? Served { get; init; }

    public LocalDate? Known { get; init; }

    /// <summary>It is known when people learned of it, and not when it was decided.</summary>
    public bool IsDayOfDecisionUnknown => Happened?.Window is null && (Served ?? Known) is not null;

    /// <summary>The date it fixes: printed on the document or decision, or set for the hand-over.</summary>
    public When? Sets { get; init; }
}

/// <summary>What becomes of a rule applied to an occasion.</summary>
public abstract record LimitResult
{
    private LimitResult() { }

    /// <summary>It ends; both readings are in the limit.</summary>
    public sealed record Ends(Limit Limit) : LimitResult;

    /// <summary>
    /// The time of the event is so uncertain that the limit says nothing: a person must find out more.
    /// The readings are given all the same, for those who ask.
    /// </summary>
    public sealed record TooWide(Limit Limit) : LimitResult;

    /// <summary>The provision names no number: reminders only, from the event on.</summary>
    public sealed record NoNumber(Limit Limit) : LimitResult;

    /// <summary>The date from which it runs is not on file.</summary>
    public sealed record NoDate : LimitResult;
}
