using AlertBot.Domain.Deadlines;
using NodaTime;

namespace AlertBot.Domain.Law;

/// <summary>
/// Applies a rule to the event that starts it. Every limit has two ends, and the steps that lead to them. Days are counted in the calendar of the
/// place, hours in elapsed time.
/// </summary>
public sealed class LimitCalculator(LawBook book)
{
    /// <summary>Applies one limit of a rule.</summary>
    /// <param name="zone">Null: the zone of the event if the rule's State uses it, else the State's usual one.</param>
    public LimitResult Compute(Rule rule, RuleLimit limit, Occasion occasion, DateTimeZone? zone = null)
    {
        if (StartOf(rule, occasion) is not { } start)
            return PrintedAlone(rule, limit, occasion, zone);

        zone ??= ZoneFor(rule, start.Zone);
        var steps = new List<Step> { Step.Of("law.step.rule", ("rule", rule.Id), ("citation", rule.Citation)) };
        steps.AddRange(start.Steps);

        if (limit.Length.Unit == LengthUnit.None)
            return NoNumber(limit, occasion, start, zone, steps);

        if (limit.Length.IsCutoff)
            return Cutoff(rule, limit, occasion, zone);

        var (earliest, latest) = EndsOf(rule, limit, start, zone, steps);

        foreach (var other in rule.Also.Where(other => limit.Name is null && other.IsOtherReading))
        {
            steps.Add(Step.Of("law.step.other-reading"));
            var (otherEarliest, otherLatest) = EndsOf(rule, other, start, zone, steps);
            earliest = otherEarliest.Instant < earliest.Instant ? otherEarliest : earliest;
            latest = otherLatest.Instant > latest.Instant ? otherLatest : latest;
        }

        foreach (var other in rule.Also.Where(other => limit.Name is null && other.IsNoteOnly))
            steps.Add(Step.Of("law.step.other-text", ("day", EndsOf(rule, other, start, zone, []).Earliest.LocalText)));

        (earliest, latest) = Printed(limit, occasion, zone, earliest, latest, steps);
        steps.Add(Step.Of("law.step.ends", ("earliest", earliest.LocalText), ("latest", latest.LocalText), ("zone", zone.Id)));

        var result = new Limit(earliest, latest, steps) { StartsAt = start.First };
        if (occasion.IsDayOfDecisionUnknown && rule.RunsFrom == RunsFrom.Notice)
        {
            result = result with { IsEarliestUnknown = true };
            steps.Add(Step.Of("law.step.may-have-passed"));
        }

        if (!IsWiderThan(start, limit.Length))
            return new LimitResult.Ends(result);

        steps.Add(Step.Of("law.step.too-wide"));
        return new LimitResult.TooWide(result);
    }

    /// <summary>The zone in which a rule's days begin and end.</summary>
    public static DateTimeZone ZoneFor(Rule rule, DateTimeZone ofEvent) =>
        rule.Zones.Count == 0 || rule.Zones.Any(zone => zone.Id == ofEvent.Id) ? ofEvent : rule.Zones[0];

    private static Start? StartOf(Rule rule, Occasion occasion) => rule.RunsFrom switch
    {
        RunsFrom.DateSet => occasion.Sets is { Window: { } set } at ? Start.From(at, set, "law.step.date-set") : null,
        RunsFrom.Notice => Start.FromNotice(occasion, usual: rule.Zones.Count > 0 ? rule.Zones[0] : DateTimeZone.Utc),
        _ => occasion.Happened is { Window: { } window } when ? Start.From(when, window, "law.step.happened") : null,
    };

    // The day of the decision is unknown, but the document names the last day.
    private static LimitResult PrintedAlone(Rule rule, RuleLimit limit, Occasion occasion, DateTimeZone? zone)
    {
        if (rule.RunsFrom == RunsFrom.DateSet || limit.Name is not null || occasion.Sets is not { Window: { } printed } sets || limit.Length.IsCutoff)
            return new LimitResult.NoDate();

        var end = LimitEnd.OnDay(printed.LastDay, zone ?? ZoneFor(rule, sets.Zone));
        return new LimitResult.Ends(new Limit(end, end,
        [
            Step.Of("law.step.rule", ("rule", rule.Id), ("citation", rule.Citation)),
            Step.Of("law.step.printed", ("day", DayText(printed.LastDay))),
        ]));
    }

    private static LimitResult NoNumber(RuleLimit limit, Occasion occasion, Start start, DateTimeZone zone, List<Step> steps)
    {
        if (occasion.Sets is { Window: { } set } && start.Reading != "law.step.date-set")
        {
            steps.Add(Step.Of("law.step.printed", ("day", DayText(set.LastDay))));
            var first = set.IsMoment ? LimitEnd.At(set.First, zone) : LimitEnd.OnDay(set.FirstDay, zone);
            var last = set.IsMoment ? LimitEnd.At(set.Last, zone) : LimitEnd.OnDay(set.LastDay, zone);
            var until = new Limit(first, last, steps) { StartsAt = start.First };

            // "Ask before the removal" has no number of its own, but a ruling may name its last day.
            return limit.Counting == Counting.None ? new LimitResult.NoNumber(until) : new LimitResult.Ends(until);
        }

        steps.Add(Step.Of("law.step.no-number"));
        var at = LimitEnd.At(start.First, zone);
        return new LimitResult.NoNumber(new Limit(at, at, steps) { StartsAt = start.First });
    }

    private LimitResult Cutoff(Rule rule, RuleLimit limit, Occasion occasion, DateTimeZone zone)
    {
        if (rule.Before is not { } id || book.Find(id) is not { } before)
            return new LimitResult.NoDate();

        return Compute(before, before.Main, occasion, zone) switch
        {
            LimitResult.Ends(var end) => new LimitResult.Ends(CountBack(rule, limit.Length, end)),
            LimitResult.TooWide(var end) => new LimitResult.TooWide(CountBack(rule, limit.Length, end)),
            var other => other,
        };
    }

    private static Limit CountBack(Rule rule, Length length, Limit end)
    {
        var earliest = CountBack(length, end.Earliest);
        var latest = CountBack(length, end.Latest);
        return new Limit(earliest, latest,
        [
            .. end.Steps,
            Step.Of("law.step.rule", ("rule", rule.Id), ("citation", rule.Citation)),
            Step.Of("law.step.count-back." + LengthCodes.CodeOf(length.Unit), ("number", NumberText(length)), ("rule", rule.Before ?? "")),
            Step.Of("law.step.ends", ("earliest", earliest.LocalText), ("latest", latest.LocalText), ("zone", earliest.Zone.Id)),
        ])
        {
            StartsAt = end.StartsAt,
        };
    }

    private static LimitEnd CountBack(Length length, LimitEnd end) => length.Unit == LengthUnit.CutoffDaysBefore
        ? LimitEnd.OnDay(end.Day.PlusDays(-length.Value), end.Zone)
        : LimitEnd.At(end.Instant - Duration.FromHours(length.Value), end.Zone);

    private (LimitEnd Earliest, LimitEnd Latest) EndsOf(Rule rule, RuleLimit limit, Start start, DateTimeZone zone, List<Step> steps)
    {
        if (limit.Length.Unit == LengthUnit.Hours)
        {
            var hours = Duration.FromHours(limit.Length.Value);
            steps.Add(Step.Of("law.step.count.hours", ("number", NumberText(limit.Length))));
            return (LimitEnd.At(start.First + hours, zone), LimitEnd.At(start.Last + hours, zone));
        }

        if (limit.Length.Unit == LengthUnit.WorkingDaysBefore)
        {
            var office = new OfficeHours(book.CalendarFor(rule, zone), zone);
            steps.Add(Step.Of("law.step.count-back.working_days_before", ("number", NumberText(limit.Length))));
            return (office.SentBefore(start.First, limit.Length.Value), office.ReceivedBefore(start.Last, limit.Length.Value));
        }

        var count = new DayCount(limit, book.CalendarFor(rule, zone), steps);
        var earliest = count.Earliest(start.FirstDay);
        var latest = count.Latest(start.LastDay);
        count.Explain();
        return (LimitEnd.OnDay(earliest, zone), LimitEnd.OnDay(latest, zone));
    }

    // The date printed in a decision overrides the catalogue. If the catalogue's end is earlier, people are still warned of it.
    private static (LimitEnd Earliest, LimitEnd Latest) Printed(
        RuleLimit limit, Occasion occasion, DateTimeZone zone, LimitEnd earliest, LimitEnd latest, List<Step> steps)
    {
        if (limit.Name is not null || occasion.Sets is not { Window: { } window } || !BowsToPrint(limit))
            return (earliest, latest);

        var printed = LimitEnd.OnDay(window.LastDay, zone);
        steps.Add(Step.Of("law.step.printed", ("day", DayText(window.LastDay))));

        return limit.Counting == Counting.Document || printed.Instant < earliest.Instant ? (printed, printed) : (earliest, printed);
    }

    private static bool BowsToPrint(RuleLimit limit) =>
        limit.Counting == Counting.Document || limit.Kind is DeadlineKind.AppealDue or DeadlineKind.ApplicationDue or DeadlineKind.DocumentExpires;

    private static bool IsWiderThan(Start start, Length length) => length.Unit == LengthUnit.Hours
        ? start.Width > Duration.FromHours(length.Value)
        : start.DaysApart > (length.Unit is LengthUnit.WorkingDays or LengthUnit.WorkingDaysBefore
            ? length.Value
            : Period.DaysBetween(start.FirstDay, length.After(start.FirstDay)));

    private static string NumberText(Length length) => length.Value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string DayText(LocalDate day) => NodaTime.Text.LocalDatePattern.Iso.Format(day);
}
