using AlertBot.Domain.Cases;
using AlertBot.Domain.Deadlines;
using AlertBot.Domain.Law;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using NodaTime;

namespace AlertBot.Workflows.Deadlines;

/// <summary>
/// Computes the deadlines of cases anew, keeps what came of it, and says what changed and which reminder is due.
/// The same look twice changes nothing.
/// </summary>
public sealed class CaseWatch(LawBook book, ReminderPolicy policy, QuestionPolicy questions)
{
    /// <summary>Looks at many cases at once. A case that cannot be computed is left for later and does not stop the others.</summary>
    public async Task<IReadOnlyList<CaseLook>> LookAsync(Session session, IReadOnlyCollection<CaseFile> files)
    {
        var stored = await session.Deadlines.OfAsync(files.Select(file => file.Id).ToList());
        var looks = files.Select(file => LookAt(file, stored[file.Id].ToList(), session.Now)).ToList();
        await session.Deadlines.SaveAsync(
            looks.SelectMany(look => look.Planned).ToList(), looks.SelectMany(look => look.Gone).ToList());
        return looks;
    }

    private CaseLook LookAt(CaseFile file, List<StoredDeadline> stored, Instant now)
    {
        IReadOnlyList<Deadline> computed;
        try
        {
            computed = CaseDeadlines.Compute(file, book, now);
        }
        catch (Exception failure)
        {
            return Postponed(file, stored, failure, now);
        }

        var before = stored.ToDictionary(one => one.Deadline.Key, StringComparer.Ordinal);
        var planned = new List<PlannedDeadline>();
        var reminders = new List<Reminder>();
        foreach (var deadline in computed)
        {
            var known = before.GetValueOrDefault(deadline.Key);
            var (id, since, last) = (known?.Id ?? DeadlineId.New(), known?.KnownSince ?? now, known?.LastReminder);
            var (follow, reminder) = Due(id, deadline, known, since, now);
            if (reminder is not null)
            {
                reminders.Add(reminder);
                last = reminder.Due.Rung;
            }

            planned.Add(new PlannedDeadline(id, file.Id, deadline, since, last, NextLook(deadline, follow, now)) { FollowUp = follow });
        }

        return new CaseLook(file, computed, DeadlineDiff.Between(stored.Select(one => one.Deadline).ToList(), computed), reminders)
        {
            Planned = planned,
            Gone = stored.Where(one => computed.All(deadline => deadline.Key != one.Deadline.Key)).Select(one => one.Id).ToList(),
        };
    }

    // What is due of a deadline now: its next reminder, one that was put off, or a question that goes further since nobody answered it.
    private (FollowUp FollowUp, Reminder? Reminder) Due(DeadlineId id, Deadline deadline, StoredDeadline? known, Instant since, Instant now)
    {
        var (follow, last) = (known?.FollowUp ?? FollowUp.None, known?.LastReminder);
        if (!deadline.IsOpen || (known is not null && HasMoved(known.Deadline, deadline)))
            follow = follow.Anew();

        var (due, again) = (policy.DueAt(
            deadline, last, now, follow.SnoozedUntil is { } rested && rested > since ? rested : since, CalendarOf(deadline)), (Instant?)null);
        if (follow.SnoozedUntil > now && due is not { Kind: RungKind.Overdue })
            return (follow, null);
        if (follow.SnoozedUntil is { } until)
        {
            (follow, again) = (follow with { SnoozedUntil = null }, until);
            due ??= policy.Again(deadline, last, now);
        }

        var goesFurther = follow.NextStepAt(questions) <= now;
        if (goesFurther)
            follow = follow with { AskedOf = follow.NextStep };
        if (due is { Kind: not RungKind.Before } && QuestionPolicy.GoesFurther(deadline.Kind))
            follow = follow.Asked(now);
        if ((due ?? (goesFurther ? policy.Again(deadline, last, now) : null)) is not { } said)
            return (follow, null);
        return (follow, new Reminder(id, deadline, said) { FollowUp = follow, Again = again, IsUnanswered = due is null });
    }

    // The days off of the State where it is due; a court above the States has its own.
    private WorkCalendar? CalendarOf(Deadline deadline)
    {
        var zone = deadline.Limit.Earliest.Zone;
        return book.Find(deadline.RuleId) is { } rule ? book.CalendarFor(rule, zone)
            : book.HomeOf(zone) is { } home ? book.Calendars.FirstOrDefault(calendar => calendar.Jurisdiction == home) : null;
    }

    private static bool HasMoved(Deadline before, Deadline now) => before.Limit.Earliest.Instant != now.Limit.Earliest.Instant
        || before.Limit.Latest.Instant != now.Limit.Latest.Instant;

    // The next reminder, and the moments at which the deadline itself turns: reached, and passed.
    private Instant? NextLook(Deadline deadline, FollowUp follow, Instant now)
    {
        if (!deadline.IsOpen)
            return null;

        var turns = new[]
            {
                policy.NextAfter(deadline, now, CalendarOf(deadline)), deadline.Limit.Earliest.Instant, deadline.Limit.Latest.Instant,
                follow.SnoozedUntil, follow.NextStepAt(questions),
            }
            .OfType<Instant>().Where(turn => turn > now).ToList();
        return turns.Count == 0 ? null : turns.Min();
    }

    private static CaseLook Postponed(CaseFile file, List<StoredDeadline> stored, Exception failure, Instant now) =>
        new(file, stored.Select(one => one.Deadline).ToList(), DeadlineDiff.Between([], []), [])
        {
            Failure = failure,
            Planned = stored.Select(one => new PlannedDeadline(
                one.Id, file.Id, one.Deadline, one.KnownSince, one.LastReminder,
                one.Deadline.IsOpen ? now + Duration.FromHours(1) : null)
            {
                FollowUp = one.FollowUp,
            }).ToList(),
        };
}

/// <summary>What a look at a case found.</summary>
/// <param name="Deadlines">All of them, with their arithmetic.</param>
/// <param name="Diff">What is new, moved or over since the last look.</param>
/// <param name="Reminders">What people must be told now.</param>
public sealed record CaseLook(CaseFile File, IReadOnlyList<Deadline> Deadlines, DeadlineDiff Diff, IReadOnlyList<Reminder> Reminders)
{
    /// <summary>Why it could not be computed; the stored deadlines then stand as they were.</summary>
    public Exception? Failure { get; init; }

    internal IReadOnlyList<PlannedDeadline> Planned { get; init; } = [];

    internal IReadOnlyList<DeadlineId> Gone { get; init; } = [];
}

/// <summary>A reminder that is due now, for a deadline.</summary>
public sealed record Reminder(DeadlineId Id, Deadline Deadline, DueReminder Due)
{
    public FollowUp FollowUp { get; init; } = FollowUp.None;

    /// <summary>Somebody had put it off until then.</summary>
    public Instant? Again { get; init; }

    /// <summary>True: it was asked before, and nobody answered. <see cref="FollowUp.AskedOf"/> says of whom it is asked now.</summary>
    public bool IsUnanswered { get; init; }
}
