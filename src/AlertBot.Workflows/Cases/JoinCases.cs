using AlertBot.Domain.Cases;
using AlertBot.Domain.People;
using AlertBot.Domain.Time;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Deadlines;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Cases;

/// <summary>
/// Two cases turned out to be one person: all that is in one goes into the other, whose clocks are computed anew. The joined code still finds it. One
/// press parts them again, for a day by whoever was told; whoever follows either hears of both.
/// </summary>
public sealed class JoinCases(RecordEvent record, Alerts alerting)
{
    public static readonly EventKind Merge = new("identity_merge");

    /// <returns>Null when the actor may not, or when they are not two cases.</returns>
    public async Task<(CaseLook Look, CaseJoinId Join)?> RunAsync(Session session, CaseCode kept, CaseCode joined)
    {
        if (!session.Actor.MayActAs(Role.Coordinator) || await session.Cases.FindAsync(kept) is not { } into
            || await session.Cases.FindAsync(joined) is not { } other || into.Id == other.Id)
            return null;

        foreach (var id in new[] { into.Id, other.Id }.OrderBy(id => id.Value))
            await session.Cases.LockAsync(id);
        var join = await session.Cases.JoinAsync(into.Id, other.Id, session.Actor.Id);
        var today = new When(session.Now.InZone(into.Zone).Date, null, into.Zone, Precision.Day);
        await session.Cases.AddEventAsync(into.Id, new CaseEvent(EventId.New(), Merge, today)
        {
            MayStartClocks = false,
            RecordedBy = session.Actor.Id,
            RecordedAt = session.Now,
            Detail = EventDetail.None with { Note = other.Code.Text },
        });
        await session.Audit.AddAsync(session.Actor.Id, new AuditAct("case.join"), into.Id.Value, other.Code.Text);
        await session.Audit.AddAsync(session.Actor.Id, new AuditAct("case.joined"), other.Id.Value, into.Code.Text);

        var look = await record.SettleAsync(session, into.Id);
        var to = (await Recipients.OfAsync(session, [into.Id]))(into.Id);
        var draft = ChangeAlert.OfCase(
            look, join.Value, new Line("alert.cases-joined", ("code", into.Code.Text), ("other", other.Code.Text)));
        await alerting.RaiseAsync(
            session, draft with { Buttons = [[("button.details", $"case:{into.Code.Text}"), ("change.part", $"change:u:{join.Value:N}")]] }, to);
        await record.RemindAsync(session, look, to);
        return (look, join);
    }

    /// <summary>They are two people after all: what came over goes back.</summary>
    /// <returns>Null when the actor may not, or when they were parted before.</returns>
    public async Task<(CaseLook Kept, CaseLook Parted)?> UndoAsync(Session session, CaseJoinId join)
    {
        if (await session.Cases.FindJoinAsync(join) is not var (kept, joined, at) || !await MayPartAsync(session, kept, at))
            return null;

        foreach (var id in new[] { kept, joined }.OrderBy(id => id.Value))
            await session.Cases.LockAsync(id);
        if (await session.Cases.FindJoinAsync(join) is null || await session.Cases.FindAsync(kept) is not { } file)
            return null;

        await session.Cases.PartAsync(join, kept, joined, session.Actor.Id);
        if (file.Events.FirstOrDefault(one => one.Kind == Merge && one.RecordedAt == at && !one.IsWithdrawn) is { } said)
            await session.EventChanges.SaveAsync([said with { IsWithdrawn = true }], session.Actor.Id);
        await session.Audit.AddAsync(session.Actor.Id, new AuditAct("case.part"), kept.Value);
        await session.Audit.AddAsync(session.Actor.Id, new AuditAct("case.parted"), joined.Value);

        var looks = new List<CaseLook>();
        foreach (var id in new[] { kept, joined })
            looks.Add(await record.SettleAsync(session, id));
        var recipients = await Recipients.OfAsync(session, [kept, joined]);
        var told = new Line("alert.cases-parted", ("code", looks[0].File.Code.Text), ("other", looks[1].File.Code.Text));
        foreach (var look in looks)
        {
            await alerting.RaiseAsync(session, ChangeAlert.OfCase(look, Guid.CreateVersion7(), told), recipients(look.File.Id));
            await record.RemindAsync(session, look, recipients(look.File.Id));
        }

        return (looks[0], looks[1]);
    }

    // Whoever was told may undo it for a day, a coordinator later too.
    private static async Task<bool> MayPartAsync(Session session, CaseId kept, Instant joinedAt) => session.Actor.MayActAs(Role.Coordinator)
        || (session.Now - joinedAt <= CorrectEvent.TakenBackWithin && await CaseAccess.MaySeeAsync(session, kept));
}
