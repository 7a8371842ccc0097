using AlertBot.Domain.Cases;
using AlertBot.Domain.Deadlines;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Deadlines;
using NodaTime;

namespace AlertBot.Workflows.Cases;

/// <summary>Somebody says that they follow a date up, or puts its reminders off. What is told together is taken in hand together.</summary>
public sealed class FollowUpDate
{
    private static readonly Duration LongestRest = Duration.FromDays(31);

    /// <summary>The date, where who acts may take it in hand and it still runs. Its case stays locked until the act ends.</summary>
    public async Task<DateInHand?> FindAsync(Session session, DeadlineId id)
    {
        if (!session.Actor.MayActAs(Role.Advocate) || await session.Deadlines.FindAsync(id) is not var (@case, _)
            || !await CaseAccess.MaySeeAsync(session, @case))
            return null;

        await session.Cases.LockAsync(@case);
        var all = (await session.Deadlines.OfAsync([@case]))[@case].Where(one => one.Deadline.IsOpen).ToList();
        if (all.Find(one => one.Id == id) is not { } date || await session.Cases.FindAsync(@case) is not { } file)
            return null;
        return new DateInHand(file, date, all.Where(one => IsToldWith(one.Deadline, date.Deadline)).Select(one => one.Id).ToList());
    }

    public async Task<DateInHand> FollowAsync(Session session, DateInHand date, bool isDropped = false)
    {
        var by = isDropped ? null : session.Actor.Id;
        await session.Deadlines.FollowUpAsync(date.Together, by);
        await session.Audit.AddAsync(
            session.Actor.Id, isDropped ? new AuditAct("deadline.drop") : new AuditAct("deadline.follow"), date.File.Id.Value,
            date.Date.Deadline.RuleId);
        return date with { Date = date.Date with { FollowUp = date.Date.FollowUp with { By = by } } };
    }

    /// <summary>Whoever puts a date off follows it up from then on.</summary>
    /// <returns>Until when it rests: never over its last day. Null: it ends too soon for that.</returns>
    public async Task<Instant?> RestAsync(Session session, DateInHand date, Instant until)
    {
        var end = date.Date.Deadline.Limit.Earliest.Instant;
        var most = session.Now < end ? end - Duration.FromDays(1) : session.Now + LongestRest;
        until = Instant.Min(until, most);
        if (until <= session.Now)
            return null;

        if (session.Actor.Id is { } by)
            await session.Deadlines.FollowUpAsync(date.Together, by);
        await session.Deadlines.SnoozeAsync(date.Together, until);
        await session.Audit.AddAsync(session.Actor.Id, new AuditAct("deadline.snooze"), date.File.Id.Value, date.Date.Deadline.RuleId);
        return until;
    }

    private static bool IsToldWith(Deadline one, Deadline date) => one.Key == date.Key
        || (ReminderAlert.QuestionOf(one) == ReminderAlert.QuestionOf(date) && one.Limit.Earliest.Instant == date.Limit.Earliest.Instant);
}

/// <param name="Together">It, and what is told in the same message.</param>
public sealed record DateInHand(CaseFile File, StoredDeadline Date, IReadOnlyList<DeadlineId> Together);
