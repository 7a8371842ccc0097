using AlertBot.Domain.Law;
using NodaTime;

namespace AlertBot.Domain.Deadlines;

/// <summary>
/// The reminders of one kind of deadline, in order. It is pure: it says when to look again and what is due now. After an outage it names only what
/// still matters, once.
/// </summary>
public sealed record Ladder(IReadOnlyList<Rung> Rungs)
{
    // Behind the name of a reminder that comes on the last working day before a day off.
    private const string Early = " early";

    /// <summary>Whose days off count; null: none.</summary>
    public WorkCalendar? Calendar { get; init; }

    // Enough for years of asking. A question unanswered for longer was escalated long before.
    private const int MostTurns = 10_000;

    /// <summary>The next time anything is planned after <paramref name="from"/>; null: never again.</summary>
    public Instant? NextAfter(Limit limit, Instant from)
    {
        var once = Once(limit).Where(planned => planned.At > from).Select(planned => (Instant?)planned.At).Min();
        var again = Repeats(limit, from).Select(planned => (Instant?)planned.At).FirstOrDefault(at => at > from);
        return once is { } a && again is { } b ? Instant.Min(a, b) : once ?? again;
    }

    /// <summary>
    /// The one reminder that is due now: the latest planned one, which stands for all before it.
    /// Null if nothing is due, if it was sent already, or if it no longer matters.
    /// </summary>
    /// <param name="lastSent">The name of the last reminder sent for this deadline, if any.</param>
    /// <param name="knownSince">When the deadline was stored: reminders planned for before that are not late.</param>
    public DueReminder? DueAt(Limit limit, DeadlineState state, string? lastSent, Instant now, Instant? knownSince = null)
    {
        if (state is not (DeadlineState.Scheduled or DeadlineState.DueSoon or DeadlineState.Due or DeadlineState.Missed))
            return null;

        var planned = Once(limit).Concat(Repeats(limit, now))
            .Where(candidate => candidate.Rung.Kind != RungKind.Overdue || state == DeadlineState.Missed)
            .ToList();

        // A last reminder that lies in the future was sent for an earlier date. The deadline has moved, so its reminders begin anew.
        var sent = planned.FirstOrDefault(candidate => candidate.Name == lastSent) ?? TurnOf(limit, lastSent);
        if (sent?.At > now)
            sent = null;

        var passed = planned.Where(candidate => candidate.At <= now).ToList();
        if (passed.MaxBy(candidate => candidate.At) is not { } due || due.At <= sent?.At)
            return null;

        // "Three days left" helps nobody once the day is over. Another reminder asks what happened.
        if (due.Rung.Kind == RungKind.Before && due.Rung is not Rung.AtOnce && now >= limit.Earliest.Instant)
            return null;

        // A question planned for the same morning or later never hides "overdue": that reminder then says "overdue" instead.
        var isOverdue = passed.Any(candidate => candidate.Rung.Kind == RungKind.Overdue && !(candidate.At <= sent?.At));
        var late = now - (knownSince is { } known && known > due.At ? known : due.At);
        var kind = isOverdue ? RungKind.Overdue : due.Rung.Kind;
        return At(new DueReminder(due.Name, kind, due.At, late < Duration.Zero ? Duration.Zero : late), limit, now);
    }

    /// <summary>The same without all questions but the first ones.</summary>
    public Ladder AskingAtMost(int times)
    {
        var asked = Rungs.Where(rung => rung.Kind == RungKind.Ask && rung is not Rung.Every).Take(times).ToList();
        return this with { Rungs = Rungs.Where(rung => rung.Kind != RungKind.Ask || asked.Contains(rung)).ToList() };
    }

    /// <summary>What was said last, to be said again; null: nothing was, or it helps nobody any more.</summary>
    public DueReminder? Again(Limit limit, string? lastSent, Instant now)
    {
        var name = lastSent?.Split('#')[0].Replace(Early, "", StringComparison.Ordinal);
        if (Rungs.FirstOrDefault(rung => rung.Name == name) is not { } said
            || (said is { Kind: RungKind.Before } and not Rung.AtOnce && now >= limit.Earliest.Instant))
            return null;
        return At(new DueReminder(lastSent!, said.Kind, now, Duration.Zero), limit, now);
    }

    private static DueReminder At(DueReminder due, Limit limit, Instant now) => due with
    {
        TimeLeft = limit.Earliest.Instant - now,
        DaysLeft = Period.DaysBetween(now.InZone(limit.Earliest.Zone).Date, limit.Earliest.Day),
    };

    private List<Planned> Once(Limit limit)
    {
        var planned = (from rung in Rungs
                       where rung is not Rung.Every
                       let at = rung.At(limit)
                       where at is not null
                       select new Planned(rung, rung.Name, at.Value)).ToList();
        planned.AddRange(BeforeDaysOff(limit, planned).ToList());
        return planned;
    }

    // On a day off no court, lawyer or office answers: what must be done needs a working day, so the last one before it is used too.
    private IEnumerable<Planned> BeforeDaysOff(Limit limit, List<Planned> planned)
    {
        if (Calendar is null)
            yield break;

        var zone = limit.Earliest.Zone;
        var days = planned.Where(one => one.Rung.Kind == RungKind.Before).Select(one => one.At.InZone(zone).Date).ToHashSet();
        foreach (var one in planned.Where(one => one.Rung is Rung.Days { Kind: RungKind.Before }).OrderBy(one => one.At))
        {
            var day = one.At.InZone(zone).Date;
            var worked = Calendar.WorkedOnOrBefore(day);
            var at = zone.AtLeniently(worked.At(Rung.Morning)).ToInstant();
            if (worked != day && !(at <= limit.StartsAt) && days.Add(worked))
                yield return new Planned(one.Rung, one.Name + Early, at);
        }
    }

    // The turns around a moment: the last one before it and those after it. No others are needed.
    private IEnumerable<Planned> Repeats(Limit limit, Instant around)
    {
        foreach (var every in Rungs.OfType<Rung.Every>())
        {
            var after = EndOfOnce(limit);
            var passed = around > after ? (int)Math.Min(MostTurns, (around - after).TotalDays / every.PeriodDays) : 0;

            for (var turn = Math.Max(1, passed - 1); turn <= passed + 2; turn++)
                yield return Turn(limit, every, turn);
        }
    }

    private Planned Turn(Limit limit, Rung.Every every, int turn) =>
        new(every, $"{every.Name}#{turn}", Rung.Every.Nth(EndOfOnce(limit), limit.Latest.Zone, every.PeriodDays, turn));

    // Repetitions begin after the last other reminder.
    private Instant EndOfOnce(Limit limit) =>
        Once(limit).Where(planned => planned.Rung.Kind != RungKind.Overdue).Select(planned => planned.At).Append(limit.Latest.Instant).Max();

    // The turns planned around now do not include one long past, so it is computed from its number.
    private Planned? TurnOf(Limit limit, string? name) =>
        name?.Split('#') is [var rung, var number]
        && int.TryParse(number, System.Globalization.NumberStyles.None, null, out var turn) && turn <= MostTurns
            ? Rungs.OfType<Rung.Every>().Where(every => every.Name == rung).Select(every => Turn(limit, every, turn)).FirstOrDefault()
            : null;

    private sealed record Planned(Rung Rung, string Name, Instant At);
}

/// <summary>A reminder to send now.</summary>
/// <param name="Rung">Its name, to be stored as the last one sent.</param>
/// <param name="Kind">The kind of the reminder named, or <see cref="RungKind.Overdue"/> if it stands for an overdue one.</param>
/// <param name="PlannedFor">When it should have been sent.</param>
/// <param name="Late">How long ago that was; more than an hour means that we were down, and the message says so.</param>
public sealed record DueReminder(string Rung, RungKind Kind, Instant PlannedFor, Duration Late)
{
    public bool IsLate => Late > Duration.FromHours(1);

    /// <summary>The time until the earliest end; negative once that has passed.</summary>
    public Duration TimeLeft { get; init; }

    /// <summary>Calendar days until the day of the earliest end, in the zone of the place.</summary>
    public int DaysLeft { get; init; }
}
