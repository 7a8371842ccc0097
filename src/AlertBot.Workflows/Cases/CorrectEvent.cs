using AlertBot.Domain.Alerts;
using AlertBot.Domain.Cases;
using AlertBot.Domain.Deadlines;
using AlertBot.Domain.Law;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Deadlines;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Cases;

/// <summary>
/// Puts right what is on file of a case: a date, a kind, a body; or takes it back; or prefers another account of it. Clocks follow in
/// the same act. Whoever was told the dates of before is told those of now, and nobody else, unless nobody was told.
/// </summary>
public sealed class CorrectEvent(RecordEvent record, LawBook book, Alerts alerting)
{
    /// <summary>So long whoever put something on file may take it back alone, and whoever was told may undo what stands people down.</summary>
    public static readonly Duration TakenBackWithin = Duration.FromHours(24);

    /// <summary>What would change, before it is saved. Nothing is written.</summary>
    /// <returns>Null when the actor may not, or when the event is gone.</returns>
    public async Task<CorrectionPreview?> PreviewAsync(Session session, IReadOnlyList<CaseEvent> changed)
    {
        if (changed.Count == 0 || await session.Cases.OfEventAsync(changed[0].Id) is not { } file || !await MayAsync(session, file, changed))
            return null;

        var after = AsSaved(session, file, changed);
        var diff = DeadlineDiff.Between(
            CaseDeadlines.Compute(file, book, session.Now), CaseDeadlines.Compute(Changed(file, after), book, session.Now));
        return new CorrectionPreview(file, diff, await ToldAsync(session, file, changed, diff));
    }

    /// <returns>Null when the actor may not, or when the event is gone.</returns>
    public async Task<Correction?> SaveAsync(Session session, IReadOnlyList<CaseEvent> changed)
    {
        if (changed.Count == 0 || await session.Cases.OfEventAsync(changed[0].Id) is not { } found)
            return null;

        await session.Cases.LockAsync(found.Id);
        if (await PreviewAsync(session, changed) is not { } preview)
            return null;

        var id = await session.EventChanges.SaveAsync(AsSaved(session, preview.File, changed), session.Actor.Id);
        await session.Audit.AddAsync(session.Actor.Id, new AuditAct("case.event.correct"), preview.File.Id.Value, changed[0].Kind.Code);
        var before = preview.File.Events.First(one => one.Id == changed[0].Id);
        await TellAsync(session, preview, id, Said(preview.File, before, changed[0]), before.Id);
        return new Correction(preview, id);
    }

    /// <summary>Puts back what stood there before.</summary>
    /// <returns>Null when the actor may not, or when there is nothing to take back any more.</returns>
    public async Task<CorrectionPreview?> UndoAsync(Session session, EventChangeId id)
    {
        if (await session.EventChanges.FindAsync(id) is not var (events, at, by) || await session.Cases.OfEventAsync(events[0]) is not { } file)
            return null;
        var isOwn = by is not null && by == session.Actor.Id && session.Now - at <= TakenBackWithin;
        if (!(session.Actor.MayActAs(Role.Coordinator) || isOwn) || !await CaseAccess.MaySeeAsync(session, file.Id))
            return null;

        await session.Cases.LockAsync(file.Id);
        var before = CaseDeadlines.Compute(file, book, session.Now);
        if (!await session.EventChanges.UndoAsync(id, session.Actor.Id) || await session.Cases.FindAsync(file.Id) is not { } restored)
            return null;

        var changed = restored.Events.Where(one => events.Contains(one.Id)).ToList();
        var diff = DeadlineDiff.Between(before, CaseDeadlines.Compute(restored, book, session.Now));
        var preview = new CorrectionPreview(file, diff, await ToldAsync(session, file, changed, diff));
        await session.Audit.AddAsync(session.Actor.Id, new AuditAct("case.event.correct-undo"), file.Id.Value, changed[0].Kind.Code);
        await TellAsync(
            session, preview, EventChangeId.New(),
            new Line("alert.correction-undone", ("code", file.Code.Text), ("fact", FactLine(changed[0]))), events[0]);
        return preview;
    }

    // A new date wants two people again: whoever put it right does not confirm it alone.
    private static List<CaseEvent> AsSaved(Session session, CaseFile file, IReadOnlyList<CaseEvent> changed) => changed
        .Select(one => SameFacts(file, one) ? one : one with { RecordedBy = session.Actor.Id, ConfirmedBy = null }).ToList();

    private static CaseFile Changed(CaseFile file, IReadOnlyList<CaseEvent> changed) => file with
    {
        Events = file.Events.Select(one => changed.FirstOrDefault(other => other.Id == one.Id) ?? one).ToList(),
    };

    private static bool SameFacts(CaseFile file, CaseEvent changed) => file.Events.Any(one => one.Id == changed.Id
        && (one.Kind, one.When, one.Served, one.Known, one.Sets) == (changed.Kind, changed.When, changed.Served, changed.Known, changed.Sets));

    // A coordinator puts right what anybody told; whoever told it may take it back for a day.
    private static async Task<bool> MayAsync(Session session, CaseFile file, IReadOnlyList<CaseEvent> changed)
    {
        var known = changed.Select(one => (Before: file.Events.FirstOrDefault(other => other.Id == one.Id), After: one)).ToList();
        var isOwn = known.TrueForAll(pair => pair is { Before: { } before, After.IsWithdrawn: true } && before.RecordedBy is not null
            && before.RecordedBy == session.Actor.Id && session.Now - before.RecordedAt <= TakenBackWithin);
        return known.TrueForAll(pair => pair.Before is not null) && await CaseAccess.MaySeeAsync(session, file.Id)
            && (session.Actor.MayActAs(Role.Coordinator) || (isOwn && session.Actor.MayActAs(Role.Advocate)));
    }

    // Whoever heard of the event, or was reminded of a date that now moves or ends.
    private static async Task<IReadOnlyList<Subscriber>> ToldAsync(
        Session session, CaseFile file, IReadOnlyList<CaseEvent> changed, DeadlineDiff diff)
    {
        var ids = (await session.Deadlines.OfAsync([file.Id]))[file.Id].ToDictionary(one => one.Deadline.Key, one => one.Id, StringComparer.Ordinal);
        var keys = diff.Moved.Select(moved => moved.From.Key).Concat(diff.Ended.Select(ended => ended.Deadline.Key)).ToList();
        var prefixes = changed.SelectMany(one => new[] { $"event:{one.Id.Value:N}", $"confirmed:{one.Id.Value:N}", $"correct:{one.Id.Value:N}" })
            .Concat(keys.Select(key => $"moved:{file.Id.Value:N}:{key}:"))
            .Concat(keys.Where(ids.ContainsKey).Select(key => $"reminder:{ids[key].Value:N}:")).ToList();

        var told = (await session.Outbox.ToldAsync(file.Id, prefixes)).ToHashSet();
        var followers = (await Recipients.OfAsync(session, [file.Id]))(file.Id);
        var mayHear = followers.Concat(await Recipients.CoordinatorsAsync(session)).DistinctBy(one => one.Address);
        var heard = mayHear.Where(one => told.Contains(one.Address)).ToList();

        // A date that begins, and nobody heard of what begins it: then everybody who follows is told.
        return heard.Count == 0 && diff.Added.Any(ChangeAlert.IsDate) ? followers.ToList() : heard;
    }

    private async Task TellAsync(Session session, CorrectionPreview preview, EventChangeId id, Line said, EventId of)
    {
        var look = await record.SettleAsync(session, preview.File.Id);
        var lines = new[] { said }.Concat(preview.Lines()).ToList();
        var isUrgent = preview.Diff.Added.Any(ChangeAlert.IsDate) || preview.Diff.Moved.Any(moved => moved.IsEarlier && ChangeAlert.IsDate(moved.To));
        var draft = new AlertDraft(
            preview.File.Id, AlertKind.EventCorrected, isUrgent ? Severity.Urgent : Severity.Notice, $"correct:{of.Value:N}:{id.Value:N}", lines)
        {
            Buttons = [[("button.details", $"case:{preview.File.Code.Text}")]],
        };
        if (preview.Told.Count > 0)
            await alerting.RaiseAsync(session, draft, preview.Told);
        await record.RemindAsync(session, look, (await Recipients.OfAsync(session, [preview.File.Id]))(preview.File.Id));
    }

    private static Line Said(CaseFile file, CaseEvent before, CaseEvent after)
    {
        var (code, was, now) = (("code", (object)file.Code.Text), ("was", (object)FactLine(before)), ("now", (object)FactLine(after)));
        return after switch
        {
            { IsWithdrawn: true } when !before.IsWithdrawn => new Line("alert.withdrawn", code, was),
            _ when after.Preferred != before.Preferred => new Line("alert.preferred", code, now),
            _ => new Line("alert.corrected", code, was, now),
        };
    }

    /// <summary>An event in a few words.</summary>
    internal static Line FactLine(CaseEvent one) => new("event.about-decision", ("kind", one.Kind), ("when", one.When!));
}

/// <summary>What a correction does to dates, and who was told the old ones.</summary>
public sealed record CorrectionPreview(CaseFile File, DeadlineDiff Diff, IReadOnlyList<Subscriber> Told)
{
    /// <summary>The dates that begin, move or end, a line each.</summary>
    public IEnumerable<Line> Lines() => ChangeAlert.LinesOf(File, Diff);
}

/// <param name="Id">By which it can be taken back.</param>
public sealed record Correction(CorrectionPreview Preview, EventChangeId Id);
