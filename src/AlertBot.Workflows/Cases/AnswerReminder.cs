using AlertBot.Domain.Cases;
using AlertBot.Domain.Deadlines;
using AlertBot.Domain.Law;
using AlertBot.Domain.People;
using AlertBot.Domain.Time;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Deadlines;

namespace AlertBot.Workflows.Cases;

/// <summary>
/// Somebody answers what a reminder asked: the answer becomes an event of today, by the clock of the place. Each asking is
/// answered once; when it is asked again, it can be answered again.
/// </summary>
public sealed class AnswerReminder(RecordEvent record, LawBook book)
{
    public const string DontKnow = "?";
    public const string IsDone = "done";

    /// <summary>Stands behind an answer that was asked about once more.</summary>
    public const string IsSure = "!";

    private static readonly AuditAct Act = new("deadline.answer");

    // What a reminder offers as an answer. Anything else was forged.
    private static readonly string[] AsEvents = ["still_held", "release", "transfer_of_custody", "extradited"];

    // What "done" can mean: a step of the person's own side. That an authority decided, or how, nobody says with one word.
    private static readonly HashSet<string> OwnSteps =
    [
        "appeal_filed", "complaint_filed", "extradition_appeal_filed", "custody_appeal_filed", "application_filed", "asylum_application",
        "interim_measure_asked", "objection_lodged", "request_supplement_received",
    ];

    public async Task<ReminderAnswer> RunAsync(Session session, DeadlineId id, string answer)
    {
        if (!session.Actor.MayActAs(Role.Advocate))
            return new ReminderAnswer.NotAllowed();
        if (await session.Deadlines.FindAsync(id) is not var (@case, _))
            return new ReminderAnswer.Answered();
        if (!await CaseAccess.MaySeeAsync(session, @case))
            return new ReminderAnswer.NotAllowed();

        // Whoever comes second waits here, and then finds the answer of the first.
        await session.Cases.LockAsync(@case);
        if (await session.Deadlines.FindAsync(id) is not var (_, stored) || await session.Cases.FindAsync(@case) is not { } file)
            return new ReminderAnswer.Answered();

        var asked = $"{stored.LastReminder}:";
        var isSure = answer.EndsWith(IsSure, StringComparison.Ordinal);
        answer = isSure ? answer[..^IsSure.Length] : answer;
        if (!stored.Deadline.IsOpen || (answer is not (DontKnow or IsDone) && !AsEvents.Contains(answer)))
            return new ReminderAnswer.Answered();
        var before = await session.Audit.OfAsync(id.Value, Act, NodaTime.NodaConstants.UnixEpoch);
        if (before.Any(entry => entry.Detail!.StartsWith(asked, StringComparison.Ordinal)))
            return new ReminderAnswer.Answered();

        if (!isSure && EventKinds.Find(answer) is { } stands && EventKinds.StandDown.Contains(stands))
        {
            var told = (await Recipients.OfAsync(session, [@case]))(@case);
            return new ReminderAnswer.Sure(file, stands, told.Count(one => !one.IsGroup), told.Count(one => one.IsGroup));
        }

        await session.Audit.AddAsync(session.Actor.Id, Act, id.Value, asked + answer);
        await session.Deadlines.AnsweredAsync((await session.Deadlines.OfAsync([@case]))[@case]
            .Where(one => ReminderAlert.QuestionOf(one.Deadline) == ReminderAlert.QuestionOf(stored.Deadline)).Select(one => one.Id).ToList());
        await session.Audit.AddAsync(session.Actor.Id, new AuditAct("case.answer"), @case.Value, answer);
        if (KindOf(answer, file, stored) is { } kind)
        {
            var today = new When(session.Now.InZone(file.Zone).Date, null, file.Zone, Precision.Day);
            var @event = new CaseEvent(EventId.New(), kind, today);
            await record.RunAsync(session, @case, @event);
            return new ReminderAnswer.Taken(file, stored, kind, @event.Id);
        }

        return new ReminderAnswer.Taken(file, stored, null);
    }

    private EventKind? KindOf(string answer, CaseFile file, StoredDeadline stored) => answer switch
    {
        DontKnow => null,
        IsDone => DoneOf(file, stored.Deadline),
        _ => EventKinds.Find(answer),
    };

    private EventKind? DoneOf(CaseFile file, Deadline deadline) => deadline.Kind switch
    {
        DeadlineKind.HearingExpected => EventKinds.Find("hearing_held"),
        DeadlineKind.DocumentExpires =>
            file.Events.Any(one => one.Id == deadline.Trigger && one.Kind.Code is "certificate_issued" or "certificate_renewed")
                ? EventKinds.Find("certificate_renewed")
                : null,
        _ => (book.Find(deadline.RuleId)?.Stops ?? []).Cast<EventKind?>().FirstOrDefault(kind => OwnSteps.Contains(kind!.Value.Code))
            ?? (deadline.Kind == DeadlineKind.AppealDue && deadline.Is(OwnRule.FixedDate) ? EventKinds.Find("appeal_filed") : null),
    };
}

/// <summary>What became of an answer.</summary>
public abstract record ReminderAnswer
{
    private ReminderAnswer() { }

    /// <param name="Kind">What was put on file; null: nothing, it will be asked again.</param>
    /// <param name="Event">By which it can be taken back.</param>
    public sealed record Taken(CaseFile File, StoredDeadline Asked, EventKind? Kind, EventId? Event = null) : ReminderAnswer;

    /// <summary>It would stand people down: whoever presses is asked once more, and reads how many will be told.</summary>
    public sealed record Sure(CaseFile File, EventKind Kind, int People, int Groups) : ReminderAnswer;

    /// <summary>Somebody was faster, or the question is no longer open.</summary>
    public sealed record Answered : ReminderAnswer;

    public sealed record NotAllowed : ReminderAnswer;
}
