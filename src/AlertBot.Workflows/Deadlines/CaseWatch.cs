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
public sealed class CaseWatch(LawBook book, ReminderPolicy policy)
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
            if (policy.DueAt(deadline, last, now, since) is { } due)
            {
                reminders.Add(new Reminder(id, deadline, due));
                last = due.Rung;
            }

            planned.Add(new PlannedDeadline(id, file.Id, deadline, since, last, NextLook(deadline, now)));
        }

        return new CaseLook(file, computed, DeadlineDiff.Between(stored.Select(one => one.Deadline).ToList(), computed), reminders)
        {
            Planned = planned,
            Gone = stored.Where(one => computed.All(deadline => deadline.Key != one.Deadline.Key)).Select(one => one.Id).ToList(),
        };
    }

    // The next reminder, and the moments at which the deadline itself turns: reached, and passed.
    private Instant? NextLook(Deadline deadline, Instant now)
    {
        if (!deadline.IsOpen)
            return null;

        var turns = new[] { policy.NextAfter(deadline, now), deadline.Limit.Earliest.Instant, deadline.Limit.Latest.Instant }
            .OfType<Instant>().Where(turn => turn > now).ToList();
        return turns.Count == 0 ? null : turns.Min();
    }

    private static CaseLook Postponed(CaseFile file, List<StoredDeadline> stored, Exception failure, Instant now) =>
        new(file, stored.Select(one => one.Deadline).ToList(), DeadlineDiff.Between([], []), [])
        {
            Failure = failure,
            Planned = stored.Select(one => new PlannedDeadline(
                one.Id, file.Id, one.Deadline, one.KnownSince, one.LastReminder,
                one.Deadline.IsOpen ? now + Duration.FromHours(1) : null)).ToList(),
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
public sealed record Reminder(DeadlineId Id, Deadline Deadline, DueReminder Due);
