using AlertBot.Domain.Alerts;
using AlertBot.Domain.Cases;
using AlertBot.Domain.Deadlines;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Deadlines;

/// <summary>Says what happened in a case, and which dates that made, moved or ended.</summary>
public static class ChangeAlert
{
    private const int MostThatGoOn = 4;

    /// <summary>One message for one recorded event, however many dates it changes.</summary>
    public static AlertDraft OfEvent(CaseLook look, CaseEvent @event)
    {
        var lines = new List<Line>
        {
            new("alert.event-recorded", ("code", look.File.Code.Text), ("kind", @event.Kind), ("when", (object?)@event.When ?? "")),
        };
        if (WantsSecondPerson(look, @event) && !CaseProgress.IsInDoubt(look.File.Events, @event.Id))
            lines.Add(new Line("alert.unconfirmed-date"));
        lines.AddRange(LinesOf(look.File, look.Diff));
        if (CaseProgress.IsInDoubt(look.File.Events, @event.Id))
            lines.AddRange(GoesOn(look, @event));

        var severity = EventKinds.Taken.Contains(@event.Kind) || CaseProgress.IsHandedOverKind(@event.Kind)
            || look.Diff.Moved.Any(moved => moved.IsEarlier)
            ? Severity.Urgent
            : Severity.Notice;
        return new AlertDraft(look.File.Id, AlertKind.EventRecorded, severity, $"event:{@event.Id.Value:N}", lines)
        {
            Buttons = WantsSecondPerson(look, @event)
                ? [[("button.confirm-date", $"confirm:{@event.Id.Value:N}"), ("button.details", $"case:{look.File.Code.Text}")]]
                : [[("button.details", $"case:{look.File.Code.Text}")]],
        };
    }

    /// <summary>A second person confirmed what stands people down: the dates that end by it.</summary>
    public static AlertDraft OfConfirmed(CaseLook look, CaseEvent @event) => new(
        look.File.Id, AlertKind.EventConfirmed, Severity.Notice, $"confirmed:{@event.Id.Value:N}:{@event.ConfirmedBy?.Value:N}",
        [
            new Line("alert.stand-down-confirmed", ("code", look.File.Code.Text), ("kind", @event.Kind), ("when", (object?)@event.When ?? "")),
            .. LinesOf(look.File, look.Diff),
        ])
    {
        Buttons = [[("button.details", $"case:{look.File.Code.Text}")]],
    };

    /// <summary>The dates that begin, move or end, a line each.</summary>
    internal static IEnumerable<Line> LinesOf(CaseFile file, DeadlineDiff diff) =>
    [
        .. diff.Added.Where(IsDate).Select(NewLine),
        .. diff.Moved.Where(moved => IsDate(moved.To)).Select(moved => MovedLine(file, moved)),
        .. diff.Ended.Where(ended => IsDate(ended.Deadline)).Select(ended => EndedLine(file, ended)),
    ];

    // What one person reported stands beside the clocks; people must not take it for the end of them.
    private static IEnumerable<Line> GoesOn(CaseLook look, CaseEvent @event) => look.Deadlines
        .Where(deadline => deadline.IsOpen && IsDate(deadline) && deadline.Doubts.Any(doubt => doubt.Event == @event.Id))
        .OrderBy(deadline => deadline.Limit.Earliest.Instant).Take(MostThatGoOn).Select(NewLine)
        .Prepend(new Line("alert.stand-down-reported"));

    /// <summary>Dates that moved without anything having been recorded.</summary>
    public static IEnumerable<AlertDraft> OfMoved(CaseLook look) => look.Diff.Moved.Where(moved => IsDate(moved.To)).Select(moved => new AlertDraft(
        look.File.Id, AlertKind.DeadlineMoved, SeverityOf([moved]), MovedKey(look, moved), MovedLine(look.File, moved)));

    /// <summary>What a change of the law did to a case, in one message. None where no date moves.</summary>
    public static IEnumerable<AlertDraft> OfLaw(CaseLook look, string fingerprint)
    {
        var lines = MovedFirst(look).ToList();
        if (lines.Count > 0)
        {
            yield return new AlertDraft(
                look.File.Id, AlertKind.LawChanged, SeverityOf(look.Diff.Moved.Where(one => IsDate(one.To)).ToList()),
                $"law:{fingerprint[..16]}:{look.File.Id.Value:N}",
                [new Line("alert.law-changed", ("code", look.File.Code.Text)), .. lines]);
        }
    }

    /// <summary>What was put right of the case itself, and what that did to its dates, in one message.</summary>
    /// <param name="said">What was put right.</param>
    public static AlertDraft OfCase(CaseLook look, Guid change, params IEnumerable<Line> said) => new(
        look.File.Id, AlertKind.CaseChanged, SeverityOf(look.Diff.Moved.Where(one => IsDate(one.To)).ToList()),
        $"case:{look.File.Id.Value:N}:{change:N}", [.. said, .. MovedFirst(look)])
    {
        Buttons = [[("button.details", $"case:{look.File.Code.Text}")]],
    };

    // Where a date of the same rule goes on, nothing of it has ended.
    private static IEnumerable<Line> MovedFirst(CaseLook look)
    {
        var goesOn = look.Deadlines.Where(one => one.IsOpen).Select(one => one.RuleId).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. look.Diff.Moved.Where(one => IsDate(one.To)).Select(one => MovedLine(look.File, one)),
            .. look.Diff.Added.Where(IsDate).Select(NewLine),
            .. look.Diff.Ended.Where(ended => IsDate(ended.Deadline) && !goesOn.Contains(ended.Deadline.RuleId))
                .Select(ended => EndedLine(look.File, ended)),
        ];
    }

    private static Severity SeverityOf(IReadOnlyCollection<MovedDeadline> moved) =>
        moved.Any(one => one.IsEarlier) ? Severity.Urgent : Severity.Notice;

    private static string MovedKey(CaseLook look, MovedDeadline moved)
    {
        var (earliest, latest) = (moved.To.Limit.Earliest.Instant.ToUnixTimeSeconds(), moved.To.Limit.Latest.Instant.ToUnixTimeSeconds());
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"moved:{look.File.Id.Value:N}:{moved.To.Key}:{earliest}:{latest}");
    }

    private static bool WantsSecondPerson(CaseLook look, CaseEvent @event) =>
        @event is { ConfirmedBy: null, MayStartClocks: true }
        && (look.Deadlines.Any(deadline => deadline.Trigger == @event.Id && IsDate(deadline))
            || CaseProgress.IsInDoubt(look.File.Events, @event.Id));

    /// <summary>False for check-ins and questions, which speak for themselves when they are due.</summary>
    public static bool IsDate(Deadline deadline) => deadline.Kind is not (
        DeadlineKind.Watch or DeadlineKind.ConfirmFact or DeadlineKind.AuthoritySilent or DeadlineKind.NoNextDate) && !deadline.Is(OwnRule.Locate);

    private static Line NewLine(Deadline deadline) => new(
        "alert.deadline-line", ("kind", deadline.Kind), ("earliest", deadline.Limit.Earliest), ("latest", deadline.Limit.Latest),
        ("ends", deadline.Limit.Earliest.Instant == deadline.Limit.Latest.Instant ? "one" : "two"), ("rule", deadline.RuleId));

    private static Line MovedLine(CaseFile file, MovedDeadline moved) => new(
        "alert.deadline-moved", ("code", file.Code.Text), ("kind", moved.To.Kind),
        ("from", moved.From.Limit.Earliest), ("to", moved.To.Limit.Earliest), ("because", moved.Why));

    private static Line EndedLine(CaseFile file, EndedDeadline ended) => new(
        "alert.deadline-ended", ("code", file.Code.Text), ("kind", ended.Deadline.Kind), ("state", ended.State));
}
