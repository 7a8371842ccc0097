using AlertBot.Domain.Cases;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Deadlines;

namespace AlertBot.Workflows.Cases;

/// <summary>Puts a fact on the timeline of a case. Its clocks start, stop or move in the same act, and people are told.</summary>
public sealed class RecordEvent(CaseWatch watch, Alerts alerting, TellReminders tell)
{
    /// <param name="event">As it is to stand on file, but for who recorded it when.</param>
    /// <returns>Null when the actor may not.</returns>
    public async Task<CaseLook?> RunAsync(Session session, CaseId @case, CaseEvent @event)
    {
        if (!await CaseAccess.MaySeeAsync(session, @case))
            return null;

        await session.Cases.LockAsync(@case);
        var recorded = @event with { RecordedBy = session.Actor.Id, RecordedAt = session.Now };
        if (await session.Cases.FindAsync(@case) is { } before && SaidBefore(before, recorded) is { } first)
            recorded = recorded with { SameFactAs = first.Id };
        await session.Cases.AddEventAsync(@case, recorded);
        await session.Audit.AddAsync(session.Actor.Id, AuditAct.CaseEventRecorded, @case.Value, recorded.Kind.Code);
        return await TellAsync(session, @case, recorded);
    }

    /// <summary>A fact is on file now: its clocks start, stop or move, and people are told.</summary>
    internal async Task<CaseLook> TellAsync(Session session, CaseId @case, CaseEvent recorded)
    {
        var look = await SettleAsync(session, @case);
        var recipients = await Recipients.OfAsync(session, [@case]);
        await alerting.RaiseAsync(session, ChangeAlert.OfEvent(look, recorded), recipients(@case));
        await RemindAsync(session, look, recipients(@case));
        return look;
    }

    /// <summary>What was put on file from an incident that is open again counts no more: its clocks run as before.</summary>
    public async Task SetAsideAsync(Session session, CaseFile file, IReadOnlyCollection<EventId> events)
    {
        await session.Cases.LockAsync(file.Id);
        foreach (var @event in events)
        {
            await session.Cases.SetAsideAsync(@event, session.Actor.Id);
            await session.Audit.AddAsync(session.Actor.Id, new AuditAct("case.event.set_aside"), file.Id.Value, @event.Value.ToString("N"));
        }

        var look = await SettleAsync(session, file.Id);
        await RemindAsync(session, look, (await Recipients.OfAsync(session, [file.Id]))(file.Id));
    }

    /// <summary>The second person: confirms the date of an event that somebody else recorded.</summary>
    public async Task<Confirmation> ConfirmAsync(Session session, EventId @event)
    {
        if (session.Actor.Id is not { } by || await session.Cases.OfEventAsync(@event) is not { } file
            || !await CaseAccess.MaySeeAsync(session, file.Id))
            return Confirmation.NotAllowed;

        await session.Cases.LockAsync(file.Id);
        var known = file.Events.First(one => one.Id == @event);
        if (known.ConfirmedBy is not null)
            return Confirmation.DoneBefore;
        if (!await session.Cases.ConfirmEventAsync(@event, by))
            return Confirmation.NeedsAnother;

        await session.Audit.AddAsync(by, new AuditAct("case.event.confirm"), file.Id.Value, known.Kind.Code);
        var look = await SettleAsync(session, file.Id);
        var recipients = (await Recipients.OfAsync(session, [file.Id]))(file.Id);
        if (EventKinds.StandDown.Contains(known.Kind) || look.Diff.Ended.Any(ended => ChangeAlert.IsDate(ended.Deadline)))
            await alerting.RaiseAsync(session, ChangeAlert.OfConfirmed(look, known with { ConfirmedBy = by }), recipients);
        await RemindAsync(session, look, recipients);
        return Confirmation.Done;
    }

    // Two people who tell of the same release confirm each other.
    private static CaseEvent? SaidBefore(CaseFile file, CaseEvent recorded) =>
        recorded is { SameFactAs: null, RecordedBy: { } by, MayStartClocks: true } && EventKinds.StandDown.Contains(recorded.Kind)
            ? file.Events.LastOrDefault(one => one.Kind == recorded.Kind && one.RecordedBy is { } other && other != by
                && CaseProgress.IsInDoubt(file.Events, one.Id))
            : null;

    /// <summary>Computes the case anew after something in it changed.</summary>
    internal async Task<CaseLook> SettleAsync(Session session, CaseId @case)
    {
        var file = await session.Cases.FindAsync(@case) ?? throw new InvalidOperationException("A case vanished in the middle of an act.");
        if (CaseProgress.StatusAfter(file.Events) is var status && status != file.Status)
        {
            await session.Cases.SetStatusAsync(@case, status);
            file = file with { Status = status };
        }

        var looks = await watch.LookAsync(session, [file]);
        return looks[0].Failure is { } failure ? throw failure : looks[0];
    }

    // What an event makes due at once is said with it; what it makes due because of its age is said now, not at the next tick.
    internal async Task RemindAsync(Session session, CaseLook look, IReadOnlyCollection<Postgres.Stores.Subscriber> to)
    {
        var toldWithEvent = look.Diff.Added.Select(deadline => deadline.Key).ToHashSet(StringComparer.Ordinal);
        await tell.RunAsync(
            session, look.File, look.Reminders.Where(one => IsAlarm(one) || !(toldWithEvent.Contains(one.Deadline.Key) && IsToldWithEvent(one))), to);
    }

    // "Three days left" an hour after the date itself was told helps nobody; when it is near, it is worth a sound of its own.
    private static bool IsToldWithEvent(Reminder reminder) => reminder.Due.Rung == "at once"
        || (reminder.Due.Kind == Domain.Deadlines.RungKind.Before && reminder.Due.TimeLeft > NodaTime.Duration.FromDays(2));

    private static bool IsAlarm(Reminder reminder) => reminder.Deadline.Kind is
        Domain.Deadlines.DeadlineKind.NoNextDate or Domain.Deadlines.DeadlineKind.ConfirmFact or Domain.Deadlines.DeadlineKind.UrgentAction;
}

public enum Confirmation
{
    Done,
    DoneBefore,

    /// <summary>Who recorded it cannot confirm it: a date that starts clocks wants two people.</summary>
    NeedsAnother,

    NotAllowed,
}
