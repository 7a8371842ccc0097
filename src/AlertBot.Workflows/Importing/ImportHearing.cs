using AlertBot.Domain.Cases;
using AlertBot.Domain.People;
using AlertBot.Domain.Time;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Cases;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Importing;

/// <summary>Puts the hearings of one entry of a calendar on file of their case. Whoever follows it is told of them together.</summary>
public sealed class ImportHearing(RecordEvent record)
{
    private static readonly EventKind HearingSet = new("hearing_set");

    /// <param name="usual">The case of an entry that names none.</param>
    internal async Task<ImportedRow> RunAsync(Session session, HearingLine line, CaseCode? usual)
    {
        if (line.IsOurs)
            return ImportedRow.Passed("import.entry-ours");
        if (line.Problem is { } problem)
            return new ImportedRow(ImportOutcome.Refused, problem);
        if ((line.Code ?? usual) is not { } code)
            return ImportedRow.Refused("import.entry-no-case");
        if (!session.Actor.MayActAs(Role.Coordinator) || await CaseAccess.FindAsync(session, code) is not { } file)
            return ImportedRow.Refused("import.no-case", ("word", code.Text));
        if (line.IsCancelled)
            return ImportedRow.Passed("import.entry-cancelled", ("code", file.Code.Text));
        if (file.Status == CaseStatus.Closed)
            return ImportedRow.Refused("import.case-closed", ("code", file.Code.Text));

        await session.Cases.LockAsync(file.Id);
        var ahead = line.Times.Select(time => time.In(file.Zone)).Where(when => when.Window is { } window && window.Last > session.Now).ToList();
        if (ahead.Count == 0)
            return ImportedRow.Passed("import.entry-past", ("code", file.Code.Text));
        var news = ahead.Where(when => !file.Events.Any(known => IsSame(known, when))).ToList();
        return news.Count == 0
            ? ImportedRow.There("import.hearing-there", ("code", file.Code.Text), ("at", ahead[0]))
            : await AddAsync(session, file, line, news);
    }

    private async Task<ImportedRow> AddAsync(Session session, CaseFile file, HearingLine line, List<When> news)
    {
        var events = news.Select(when => new CaseEvent(EventId.New(), HearingSet, null)
        {
            Sets = when,
            RecordedBy = session.Actor.Id,
            RecordedAt = session.Now,
            Detail = line is { Place: null, Summary: null } ? EventDetail.None : new EventDetail(line.Place, null, null, line.Summary),
        }).ToList();
        foreach (var @event in events)
        {
            await session.Cases.AddEventAsync(file.Id, @event);
            await session.Audit.AddAsync(session.Actor.Id, AuditAct.CaseEventRecorded, file.Id.Value, HearingSet.Code);
        }

        await record.TellAsync(session, file.Id, events[0]);
        return new ImportedRow(
            ImportOutcome.Adds, new Line("import.hearing", ("code", file.Code.Text), ("at", news[0]), ("more", news.Count - 1)),
            new ImportMade { Events = events.Select(@event => @event.Id.Value).ToList() });
    }

    private static bool IsSame(CaseEvent known, When when) => known is { IsWithdrawn: false, Sets.Window: { } set } && known.Kind == HearingSet
        && (set == when.Window || (set.FirstDay == when.Day && (when.Time is null || known.Sets.Time is null)));
}
