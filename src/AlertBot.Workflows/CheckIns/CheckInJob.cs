using AlertBot.Domain.CheckIns;
using AlertBot.Domain.Jobs;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Alerting;
using NodaTime;

namespace AlertBot.Workflows.CheckIns;

/// <summary>
/// Asks people at risk whether all is well, and follows up a silence. Each check-in is an act of its own, so that one that cannot be read does not
/// hold up the others. Running it twice asks nothing twice. After an outage one question makes up for all that were missed.
/// </summary>
public sealed class CheckInJob(Database database, CheckInMessages messages, OpenSilence open, DamagedRow damaged) : IRecurringJob
{
    private static readonly Duration Postponed = Duration.FromMinutes(1);

    public string Name => "check-ins";

    public bool WatchesPeople => true;

    public JobSchedule Schedule { get; } = new JobSchedule.Every(Duration.FromSeconds(15));

    public async Task RunAsync(CancellationToken ct)
    {
        // Each check-in looked at becomes due later or never, so the loop ends.
        while (await TickAsync(ct))
        {
        }
    }

    /// <returns>False if none was due.</returns>
    private async Task<bool> TickAsync(CancellationToken ct)
    {
        await using var session = await database.BeginAsync(ct);
        if (await session.CheckIns.TakeDueIdAsync() is not { } id)
            return false;

        if (await session.TryAsync(() => LookAsync(session, id, ct), ct) is { } failure)
        {
            await damaged.TellAsync(session, "check_in", id.Value, failure);
            await session.CheckIns.PostponeAsync(id, session.Now + Postponed);
        }

        await session.CommitAsync(ct);
        return true;
    }

    private async Task LookAsync(Session session, CheckInId id, CancellationToken ct)
    {
        if (await session.CheckIns.FindAsync(id) is not { } one || await session.People.FindAsync(one.Person) is not { } person)
        {
            await session.CheckIns.PostponeAsync(id, session.Now + Postponed);
            return;
        }

        if (await WaitedForAsync(session, one) is { } waiting)
        {
            await session.CheckIns.SaveAsync(waiting);
            return;
        }

        var contacts = (await session.CheckIns.Contacts.OfAsync(id)).Where(contact => contact.Person is not null).ToList();
        var reachable = await session.Addresses.OpenOfAsync(contacts.Select(contact => contact.Person!.Value).ToList());
        var (act, next) = one.Due(session.Now, reachable.Count > 0);
        if (act == CheckInAct.TellContacts)
            await messages.ToContactsAsync(session, next, contacts, reachable);
        else if (act == CheckInAct.Alarm)
            next = next with { Incident = await open.RunAsync(session, next, person, ct) };
        await session.CheckIns.SaveAsync(next);
        if (act != CheckInAct.Nothing)
            await messages.ToPersonAsync(session, next, person, reachable.Count > 0, isOurFault: next.IsExcused && !one.IsExcused);
    }

    // A person can answer only a question that reached them, so the time to answer begins when it leaves. A question that never will is a silence.
    private static async Task<CheckIn?> WaitedForAsync(Session session, CheckIn one)
    {
        if (!one.IsAsking)
            return null;
        var (sentAt, isWaiting) = await session.CheckIns.Messages.DepartureAsync(CheckInMessageStore.ToPerson(one));
        if (isWaiting)
            return one with { LookAt = session.Now + Postponed };
        return sentAt is { } sent && one.WentOutAt(sent) is { LookAt: { } at } moved && at > session.Now ? moved : null;
    }
}
