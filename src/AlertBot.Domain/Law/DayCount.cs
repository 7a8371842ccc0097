using NodaTime;
using NodaTime.Text;

namespace AlertBot.Domain.Law;

/// <summary>Counts a limit in days, weeks, months or years by one convention, and tells how.</summary>
internal sealed class DayCount(RuleLimit limit, WorkCalendar calendar, List<Step> steps)
{
    private readonly List<Step> _moves = [];
    private LocalDate _earliest;
    private LocalDate _latest;

    /// <summary>The earlier reading. Where the convention leaves it open, the day of the event counts as day 1.</summary>
    public LocalDate Earliest(LocalDate day) =>
        _earliest = Settle(CountsFirstDay ? Add(day).PlusDays(-1) : Add(day));

    /// <summary>The later reading: the day of the event does not count, except where a document says otherwise.</summary>
    public LocalDate Latest(LocalDate day) =>
        _latest = Settle(limit.Counting == Counting.Document ? Add(day).PlusDays(-1) : Add(day));

    private bool CountsFirstDay => limit.Counting.ReadsBothWays() || limit.Counting == Counting.Document;

    /// <summary>Writes the arithmetic down once both ends are known.</summary>
    public void Explain()
    {
        steps.Add(Step.Of(
            "law.step.count." + LengthCodes.CodeOf(limit.Length.Unit),
            ("number", limit.Length.Value.ToString(System.Globalization.CultureInfo.InvariantCulture))));
        steps.Add(Step.Of("law.counting." + CountingCodes.CodeOf(limit.Counting).ToLowerInvariant()));

        if (limit.Counting.ReadsBothWays())
        {
            steps.Add(Step.Of("law.step.first-day-counts", ("day", Iso(_earliest))));
            steps.Add(Step.Of("law.step.first-day-not-counted", ("day", Iso(_latest))));
        }
        else if (limit.Counting != Counting.Document && limit.Counting != Counting.None)
        {
            steps.Add(Step.Of("law.step.day-after", ("day", Iso(_latest))));
        }

        steps.AddRange(_moves.DistinctBy(step => (step.Key, string.Join('|', step.Arguments))));
    }

    // Months end on the same date, or on the last day of a month that has no such date.
    private LocalDate Add(LocalDate day) => limit.Length.Unit switch
    {
        LengthUnit.CalendarDays => day.PlusDays(limit.Length.Value),
        LengthUnit.Weeks => day.PlusWeeks(limit.Length.Value),
        LengthUnit.CalendarMonths => day.PlusMonths(limit.Length.Value),
        LengthUnit.Years => day.PlusYears(limit.Length.Value),
        LengthUnit.WorkingDays => AddWorkingDays(day),
        _ => throw new InvalidOperationException($"{limit.Length.Unit} is not counted in days"),
    };

    private LocalDate AddWorkingDays(LocalDate day)
    {
        var end = calendar.After(day, limit.Length.Value);
        foreach (var year in Enumerable.Range(day.Year, end.Year - day.Year + 1).Where(year => !calendar.Years.Contains(year)))
            _moves.Add(NotLoaded(year));
        return end;
    }

    private LocalDate Settle(LocalDate day)
    {
        if (!limit.Counting.MovesFromDaysOff())
        {
            // Worth a line only where someone might have expected a move.
            if (calendar.Weekend.Contains(day.DayOfWeek) || calendar.DaysOff.ContainsKey(day))
                _moves.Add(Step.Of("law.step.never-moved", ("day", Iso(day)), ("why", calendar.WhyOff(day))));
            return day;
        }

        if (!calendar.Knows(day))
        {
            _moves.Add(NotLoaded(day.Year));
            return day;
        }

        if (calendar.IsWorkingDay(day))
            return day;

        if (calendar.OnOrAfter(day) is not { } moved)
        {
            _moves.Add(NotLoaded(day.Year + 1));
            return day;
        }

        _moves.Add(Step.Of("law.step.moved", ("day", Iso(day)), ("why", calendar.WhyOff(day)), ("to", Iso(moved))));
        return moved;
    }

    private Step NotLoaded(int year) => Step.Of(
        "law.step.calendar-missing",
        ("jurisdiction", calendar.Jurisdiction), ("year", year.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    private static string Iso(LocalDate day) => LocalDatePattern.Iso.Format(day);
}
