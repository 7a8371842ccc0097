namespace AlertBot.Domain.Deadlines;

/// <summary>The changes of a new computation, so that people can be told what moved.</summary>
/// <param name="Ended">Deadlines that ran before and do not run now, with their new state; or that no longer exist.</param>
public sealed record DeadlineDiff(
    IReadOnlyList<Deadline> Added,
    IReadOnlyList<MovedDeadline> Moved,
    IReadOnlyList<EndedDeadline> Ended)
{
    /// <summary>True when nobody needs to be told anything.</summary>
    public bool IsEmpty => Added.Count == 0 && Moved.Count == 0 && Ended.Count == 0;

    /// <param name="stored">The deadlines as last computed, with their ends, states and keys. Their steps are not needed.</param>
    public static DeadlineDiff Between(IReadOnlyList<Deadline> stored, IReadOnlyList<Deadline> computed)
    {
        var before = stored.ToDictionary(deadline => deadline.Key, StringComparer.Ordinal);
        var after = computed.ToDictionary(deadline => deadline.Key, StringComparer.Ordinal);

        return new DeadlineDiff(
            computed.Where(now => IsRunning(now) && (!before.TryGetValue(now.Key, out var then) || !IsRunning(then))).ToList(),
            computed.Where(now => IsRunning(now) && before.TryGetValue(now.Key, out var then) && IsRunning(then) && !SameEnds(then, now))
                .Select(now => new MovedDeadline(before[now.Key], now, WhyOf(before[now.Key], now)))
                .ToList(),
            stored.Where(IsRunning).Where(then => !after.TryGetValue(then.Key, out var now) || !IsRunning(now))
                .Select(then => new EndedDeadline(then, after.GetValueOrDefault(then.Key)?.State ?? DeadlineState.Cancelled))
                .ToList());
    }

    // A disputed deadline still exists. For those who are warned it ends when it becomes disputed, and begins when it stops being so.
    private static bool IsRunning(Deadline deadline) => deadline.IsOpen;

    private static bool SameEnds(Deadline a, Deadline b) =>
        a.Limit.Earliest.Instant == b.Limit.Earliest.Instant && a.Limit.Latest.Instant == b.Limit.Latest.Instant;

    private static MoveCause WhyOf(Deadline then, Deadline now)
    {
        if (then.Limit.StartsAt is { } was && now.Limit.StartsAt is { } now2 && was != now2)
            return MoveCause.DateCorrected;
        if (now.Limit.Steps.Any(step => step.Key is "law.step.printed" || step.Key.StartsWith("law.step.date-fixed", StringComparison.Ordinal)))
            return MoveCause.PrintedDate;
        if (now.Limit.Steps.Any(step => step.Key is "law.step.days-lost" or "law.step.served" or "law.step.known"))
            return MoveCause.NoticeAdded;

        return then.Limit.StartsAt is null ? MoveCause.DateCorrected : MoveCause.LawChanged;
    }
}

/// <param name="Why">The reason to give; its words are <c>law.moved.*</c>.</param>
public sealed record MovedDeadline(Deadline From, Deadline To, MoveCause Why)
{
    /// <summary>True if people have less time than they were told, which they must hear at once, whatever the hour.</summary>
    public bool IsEarlier => To.Limit.Earliest.Instant < From.Limit.Earliest.Instant;
}

public sealed record EndedDeadline(Deadline Deadline, DeadlineState State);

public enum MoveCause
{
    /// <summary>The date of the event was corrected or became more exact.</summary>
    DateCorrected,

    /// <summary>A date printed on a decision or order was entered.</summary>
    PrintedDate,

    /// <summary>The decision became known by service or otherwise.</summary>
    NoticeAdded,

    /// <summary>The rule or the calendar was changed.</summary>
    LawChanged,
}
