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
    public Instant? NextAfter(Deadline deadline, Instant from, WorkCalendar? calendar = null) =>
        deadline.IsOpen ? LadderOf(deadline, calendar).NextAfter(deadline.Limit, from) : null;

    /// <inheritdoc cref="Ladder.DueAt"/>
    public DueReminder? DueAt(
        Deadline deadline, string? lastSent, Instant now, Instant? knownSince = null, WorkCalendar? calendar = null) =>
        LadderOf(deadline, calendar).DueAt(deadline.Limit, deadline.State, lastSent, now, knownSince);

    /// <inheritdoc cref="Ladder.Again"/>
    public DueReminder? Again(Deadline deadline, string? lastSent, Instant now) =>
        deadline.IsOpen ? For(deadline.Kind, deadline.Limit).Again(deadline.Limit, lastSent, now) : null;

    private Ladder LadderOf(Deadline deadline, WorkCalendar? calendar)
    {
        var ladder = For(deadline.Kind, deadline.Limit) with { Calendar = calendar };
        return deadline.AskedAtMost is { } times ? ladder.AskingAtMost(times) : ladder;
    }

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
