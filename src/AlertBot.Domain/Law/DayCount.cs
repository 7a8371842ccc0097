using NodaTime;
using NodaTime.Text;

namespace AlertBot.Domain.Law;

/// <summary>Counts a limit in days, weeks, months or years by one convention, and records the arithmetic.</summary>
internal sealed class DayCount(RuleLimit limit, WorkCalendar calendar, List<Step> steps)
{
    private readonly List<Step> _moves = [];
    private LocalDate _earliest;
    private LocalDate _latest;

    /// <summary>The earlier reading. If the convention leaves it open, the day of the event counts as day 1.</summary>
    public LocalDate Earliest(LocalDate day) =>
        _earliest = Settle(limit.Counting.ReadsBothWays() ? Add(day, isLatest: false).PlusDays(-1) : Add(day, isLatest: false), isLatest: false);

    /// <summary>The later reading: the day of the event does not count.</summary>
    public LocalDate Latest(LocalDate day) => _latest = Settle(Add(day, isLatest: true), isLatest: true);

    /// <summary>Records the arithmetic once both ends are known.</summary>
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
        else if (limit.Counting != Counting.None)
        {
            steps.Add(Step.Of("law.step.day-after", ("day", Iso(_latest))));
        }

        steps.AddRange(_moves.DistinctBy(step => (step.Key, string.Join('|', step.Arguments))));
    }

    private LocalDate Add(LocalDate day, bool isLatest) =>
        limit.Length.Unit == LengthUnit.WorkingDays ? AddWorkingDays(day, isLatest) : limit.Length.After(day);

    private LocalDate AddWorkingDays(LocalDate day, bool isLatest)
    {
        var end = calendar.After(day, limit.Length.Value, isLatest);
        foreach (var year in Enumerable.Range(day.Year, end.Year - day.Year + 1).Where(year => !calendar.Years.Contains(year)))
            _moves.Add(NotLoaded(year));
        return end;
    }

    private LocalDate Settle(LocalDate day, bool isLatest)
    {
        if (!limit.Counting.MovesFromDaysOff())
        {
            // Worth a line only if somebody might have expected a move.
            if (calendar.Weekend.Contains(day.DayOfWeek) || calendar.DaysOff.ContainsKey(day))
                _moves.Add(Step.Of("law.step.never-moved", ("day", Iso(day)), ("why", calendar.WhyOff(day))));
            return day;
        }

        if (calendar.OnOrAfter(day, publicOnly: !isLatest && limit.Counting.IsOfTheUnion()) is not { } moved)
            return MoveByLawAlone(day, isLatest);
        if (moved != day)
            _moves.Add(Moved(day, moved));
        return moved;
    }

    // We must not say "overdue" on a day that the law itself keeps free, even if no decree of that year is loaded.
    private LocalDate MoveByLawAlone(LocalDate day, bool isLatest)
    {
        _moves.Add(NotLoaded(calendar.Knows(day) ? day.Year + 1 : day.Year));
        if (!isLatest || calendar.LatestOnOrAfter(day) is var moved && moved == day)
            return day;

        _moves.Add(Moved(day, moved, byLaw: true));
        return moved;
    }

    private Step Moved(LocalDate day, LocalDate to, bool byLaw = false) =>
        Step.Of(byLaw ? "law.step.moved-by-law" : "law.step.moved", ("day", Iso(day)), ("why", calendar.WhyOff(day)), ("to", Iso(to)));

    private Step NotLoaded(int year) => Step.Of(
        "law.step.calendar-missing",
        ("jurisdiction", calendar.Jurisdiction), ("year", year.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    private static string Iso(LocalDate day) => LocalDatePattern.Iso.Format(day);
}
