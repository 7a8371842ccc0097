using AlertBot.Domain.Law;
using NodaTime;

namespace AlertBot.Domain.Deadlines;

/// <summary>Chooses a deadline's ladder.</summary>
public sealed class ReminderPolicy(
    IReadOnlyDictionary<(DeadlineKind Kind, LimitClass Class), Ladder> ladders, IReadOnlyDictionary<LimitClass, Ladder> others)
{
    public Ladder For(DeadlineKind kind, Limit limit) =>
        ladders.TryGetValue((kind, ClassOf(limit)), out var ladder) ? ladder : others[ClassOf(limit)];

    /// <inheritdoc cref="Ladder.NextAfter"/>
    public Instant? NextAfter(Deadline deadline, Instant from) =>
        deadline.IsOpen ? For(deadline.Kind, deadline.Limit).NextAfter(deadline.Limit, from) : null;

    /// <inheritdoc cref="Ladder.DueAt"/>
    public DueReminder? DueAt(Deadline deadline, string? lastSent, Instant now, Instant? knownSince = null) =>
        For(deadline.Kind, deadline.Limit).DueAt(deadline.Limit, deadline.State, lastSent, now, knownSince);

    /// <summary>The length of a limit, in the classes that have ladders of their own. A limit in days without a known start is long.</summary>
    public static LimitClass ClassOf(Limit limit) =>
        limit.StartsAt is not { } start ? (limit.Earliest.LastDay is null ? LimitClass.Hours : LimitClass.Months)
        : (limit.Earliest.Instant - start).TotalDays switch
        {
            <= 5 when limit.Earliest.LastDay is null => LimitClass.Hours,
            <= 15 => LimitClass.Days,
            <= 62 => LimitClass.Weeks,
            _ => LimitClass.Months,
        };
}

public enum LimitClass
{
    /// <summary>Limits in hours, up to five days.</summary>
    Hours,

    /// <summary>Up to about two weeks.</summary>
    Days,

    /// <summary>Up to about two months (the 40 days of provisional arrest).</summary>
    Weeks,

    Months,
}
