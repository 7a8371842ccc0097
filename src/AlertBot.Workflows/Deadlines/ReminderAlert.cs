using AlertBot.Domain.Alerts;
using AlertBot.Domain.Cases;
using AlertBot.Domain.Deadlines;
using AlertBot.Domain.Law;
using AlertBot.Domain.People;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Deadlines;

/// <summary>Turns a due reminder into an alert: how urgent it is, what it says, what can be answered.</summary>
public static class ReminderAlert
{
    /// <summary>
    /// What is told in one message. Several limits may ask the same question at once (two laws of forty days each): people are
    /// asked once, and the law of the State comes first.
    /// </summary>
    public static IEnumerable<List<Reminder>> Together(IEnumerable<Reminder> reminders) => reminders
        .GroupBy(reminder => reminder.Due.Kind == RungKind.Before
            ? (reminder.Due.Kind, reminder.Deadline.Kind, reminder.Deadline.Limit.Earliest.Instant, false)
            : (reminder.Due.Kind, QuestionOf(reminder.Deadline), default, reminder.IsUnanswered))
        .Select(same => same.OrderBy(IsSupranational).ThenBy(reminder => reminder.Deadline.RuleId, StringComparer.Ordinal).ToList());

    /// <summary>Limits that ask the same: one answer is for all of them.</summary>
    public static DeadlineKind QuestionOf(Deadline deadline) => IsAboutCustody(deadline) ? DeadlineKind.ReleaseDue : deadline.Kind;

    /// <param name="same">As <see cref="Together"/> gives them.</param>
    /// <param name="owner">Who follows the date up, by role: the card may hang in a group. Null: nobody.</param>
    /// <param name="must">Who must do what; null: it is a question by itself.</param>
    // Kinds: deadline_reminder, deadline_question, deadline_overdue.
    public static AlertDraft Of(CaseFile file, List<Reminder> same, Role? owner, Line? must)
    {
        var (deadline, due) = (same[0].Deadline, same[0].Due);

        // Rules and rung are facts of the alert: no text needs them, and whoever asks why it came does.
        var first = First(file, deadline, due);
        var rules = string.Join(' ', same.Select(reminder => reminder.Deadline.RuleId).Distinct(StringComparer.Ordinal));
        var lines = new List<Line> { first with { Arguments = [.. first.Arguments, ("rule", rules), ("rung", due.Rung)] } };
        if (must is not null && due.Kind != RungKind.Overdue)
            lines.Add(must);
        lines.AddRange(same.Skip(1).Where(other => other.Deadline.Kind != deadline.Kind).DistinctBy(other => other.Deadline.Kind)
            .Select(other => First(file, other.Deadline, other.Due)));

        if (due.Kind == RungKind.Ask && deadline is { Kind: DeadlineKind.ReleaseDue, State: DeadlineState.Due })
            lines.Add(new Line("alert.between"));
        if (due.IsLate)
            lines.Add(new Line("alert.reminder-late", ("ago", due.Late)));
        if (!deadline.IsConfirmed && !deadline.Is(OwnRule.Watch) && !deadline.Is(OwnRule.Locate) && !deadline.Is(OwnRule.Confirm))
            lines.Add(new Line("alert.unconfirmed-date"));
        if (same[0].IsUnanswered)
            lines.Add(new Line("alert.unanswered"));
        if (owner is { } role)
            lines.Add(new Line("alert.followed-up", ("role", role)));

        return new AlertDraft(file.Id, KindOf(due.Kind), SeverityOf(deadline, due), DedupKey(same[0]), lines)
        {
            Buttons = ReminderButtons.Of(file, same[0]),
        };
    }

    /// <summary>Whether "what happened?" has the same answers: still held, moved, released, extradited.</summary>
    internal static bool IsAboutCustody(Deadline deadline) => deadline.Kind is
        DeadlineKind.ReleaseDue or DeadlineKind.HandOverLimit or DeadlineKind.UrgentAction or DeadlineKind.NoNextDate;

    private static bool IsSupranational(Reminder reminder) => !LawBook.IsNational(reminder.Deadline.RuleId.Split('-')[0]);

    private static Line First(CaseFile file, Deadline deadline, DueReminder due)
    {
        var code = ("code", (object)file.Code.Text);
        var kind = ("kind", (object)deadline.Kind);
        var (earliest, latest) = (deadline.Limit.Earliest, deadline.Limit.Latest);
        return (deadline.Kind, due.Kind) switch
        {
            (DeadlineKind.NoNextDate, _) => new Line("alert.no-next-date", code),
            (DeadlineKind.ConfirmFact, _) => new Line("alert.confirm-fact", code, ("kind", EventOf(file, deadline))),
            (DeadlineKind.Watch, _) => new Line("alert.watch", code),
            (DeadlineKind.AuthoritySilent, _) => new Line("alert.silent", code, kind, ("latest", latest)),
            (DeadlineKind.UrgentAction, _) when deadline.Is(OwnRule.Locate) => new Line("alert.locate", code),
            (_, RungKind.Overdue) => new Line("alert.overdue", code, kind, ("latest", latest)),
            (_, RungKind.Ask) => new Line("alert.ask", code, kind, ("day", earliest)),
            _ => new Line(
                "alert.reminder", code, kind, ("left", Left(deadline, due)), ("earliest", earliest), ("latest", latest),
                ("banner", deadline.Tier == Tier.B ? new Line("law.tier.b") : "")),
        };
    }

    private static object EventOf(CaseFile file, Deadline deadline) =>
        file.Events.FirstOrDefault(one => one.Id == deadline.Trigger) is { } @event ? @event.Kind : "";

    private static Line Left(Deadline deadline, DueReminder due) => deadline.Limit.Earliest.LastDay is not null
        ? new Line("left.days", ("days", due.DaysLeft))
        : new Line("left.hours", ("hours", (int)Math.Ceiling(due.TimeLeft.TotalHours)));

    private static AlertKind KindOf(RungKind kind) => kind switch
    {
        RungKind.Ask => AlertKind.DeadlineQuestion,
        RungKind.Overdue => AlertKind.DeadlineOverdue,
        _ => AlertKind.DeadlineReminder,
    };

    private static Severity SeverityOf(Deadline deadline, DueReminder due) => (due.Kind, deadline.Kind) switch
    {
        (RungKind.Overdue, DeadlineKind.ReleaseDue or DeadlineKind.HandOverLimit) => Severity.Critical,
        (_, DeadlineKind.UrgentAction) => Severity.Critical,
        (RungKind.Overdue, _) or (_, DeadlineKind.NoNextDate) => Severity.Urgent,
        (RungKind.Ask, DeadlineKind.ReleaseDue or DeadlineKind.HandOverLimit or DeadlineKind.HearingExpected) => Severity.Urgent,
        (RungKind.Before, _) when due.TimeLeft <= Duration.FromDays(2) => Severity.Urgent,
        _ => Severity.Notice,
    };

    // A date that moved is another cause: its reminders count anew. What was put off, or goes further, is told once more.
    private static string DedupKey(Reminder reminder) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"reminder:{reminder.Id.Value:N}:{reminder.Due.Rung}:{reminder.Deadline.Limit.Earliest.Instant.ToUnixTimeSeconds()}{More(reminder)}");

    private static string More(Reminder reminder) => reminder switch
    {
        { IsUnanswered: true } => ":" + reminder.FollowUp.AskedOf,
        { Again: { } until } => ":" + until.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => "",
    };
}
