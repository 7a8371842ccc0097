using AlertBot.Domain.Cases;
using AlertBot.Domain.Deadlines;
using AlertBot.Postgres;
using AlertBot.Workflows.Alerting;
using NodaTime;

namespace AlertBot.Workflows.Deadlines;

/// <summary>
/// Watches every date of every case: release dates, hearings, appeals, papers, dates that have passed without an answer, and
/// detained people for whom no next date is on file. An index finds what is due, so a tick costs only that.
/// Running it twice tells nothing twice; after downtime one tick tells what still matters, once, and says that it is late.
/// </summary>
public sealed class DeadlineMonitor(Database database, CaseWatch watch, Alerts alerting, TellReminders tell, DamagedRow damaged)
{
    private const int Batch = 100;
    private static readonly Duration Postponed = Duration.FromHours(1);

    /// <param name="kinds">
    /// Cases of which a deadline of one of these kinds is due; null: whatever is due. A case is looked at as a whole, since its clocks hang
    /// together: what is due in it at the same moment is one question to people, whichever kind brought it up.
    /// </param>
    public async Task RunAsync(CancellationToken ct, IReadOnlyCollection<DeadlineKind>? kinds = null)
    {
        // Whatever was looked at is due later or never: this comes to an end.
        while (await TickAsync(kinds, ct))
        {
        }
    }

    /// <returns>False when nothing was due.</returns>
    private async Task<bool> TickAsync(IReadOnlyCollection<DeadlineKind>? kinds, CancellationToken ct)
    {
        await using var session = await database.BeginAsync(ct);
        var due = await session.Deadlines.TakeDueCasesAsync(Batch, kinds);
        if (due.Count == 0)
            return false;

        if (await session.TryAsync(() => LookAsync(session, due), ct) is not null)
            await OneByOneAsync(session, due, ct);
        await session.CommitAsync(ct);
        return true;
    }

    // One case that cannot be read must not silence the others.
    private async Task OneByOneAsync(Session session, IReadOnlyList<CaseId> due, CancellationToken ct)
    {
        foreach (var @case in due)
        {
            if (await session.TryAsync(() => LookAsync(session, [@case]), ct) is not { } failure)
                continue;
            await damaged.TellAsync(session, "case_file", @case.Value, failure);
            await session.Deadlines.PostponeAsync(@case, session.Now + Postponed);
        }
    }

    private async Task LookAsync(Session session, IReadOnlyList<CaseId> due)
    {
        var looks = await watch.LookAsync(session, await session.Cases.LoadAsync(due));
        var recipients = await Recipients.OfAsync(session, due);
        foreach (var look in looks)
        {
            if (look.Failure is { } failure)
                await damaged.TellAsync(session, "case_file", look.File.Id.Value, failure);
            // Nobody recorded anything just now, so a date that moved did so because the law or its calendar was changed.
            foreach (var draft in ChangeAlert.OfMoved(look))
                await alerting.RaiseAsync(session, draft, recipients(look.File.Id));
            await tell.RunAsync(session, look.File, look.Reminders, recipients(look.File.Id));
        }
    }
}
