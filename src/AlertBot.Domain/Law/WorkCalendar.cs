using NodaTime;

namespace AlertBot.Domain.Law;

/// <summary>
/// The working days of a country, as far as its calendar is loaded. In a year that is not loaded no earliest end is moved, since a guess must
/// never delay a warning. A latest end is moved over the days that the law itself keeps free.
/// </summary>
/// <param name="DaysOff">Public holidays and weekdays made free by decree, with their names.</param>
/// <param name="WorkedDays">Days of the weekend that a decree turned into working days.</param>
/// <param name="Years">The years that are loaded and checked.</param>
public sealed record WorkCalendar(
    string Jurisdiction,
    IReadOnlySet<IsoDayOfWeek> Weekend,
    IReadOnlyDictionary<LocalDate, string> DaysOff,
    IReadOnlySet<LocalDate> WorkedDays,
    IReadOnlySet<int> Years)
{
    // A calendar of nothing but holidays must end the search, not the program.
    private const int MostDaysOff = 366;

    /// <summary>For years that are not loaded: the holidays that the law itself fixes, with their names.</summary>
    public IReadOnlyDictionary<LocalDate, string> DaysOffByLaw { get; init; } = new Dictionary<LocalDate, string>();

    /// <summary>Names of days that are no public holidays but on which no limit ends in national procedure.</summary>
    public IReadOnlySet<string> InProcedureOnly { get; init; } = new HashSet<string>();

    /// <summary>The office hours, for messages that must arrive before closing.</summary>
    public (LocalTime Opens, LocalTime Closes) Hours { get; init; } = (new LocalTime(8, 0), new LocalTime(16, 0));

    public bool Knows(LocalDate day) => Years.Contains(day.Year);

    public bool IsWorkingDay(LocalDate day) =>
        !DaysOff.ContainsKey(day) && (!Weekend.Contains(day.DayOfWeek) || WorkedDays.Contains(day));

    /// <summary>The first working day on or after <paramref name="day"/>; null if a year on the way is not loaded.</summary>
    /// <param name="publicOnly">True if only weekends and public holidays move it.</param>
    public LocalDate? OnOrAfter(LocalDate day, bool publicOnly = false)
    {
        for (var candidate = day; Knows(candidate); candidate = candidate.PlusDays(1))
        {
            if (IsWorkingDay(candidate) || (publicOnly && IsOffOnlyInProcedure(candidate)))
                return candidate;
        }

        return null;
    }

    /// <summary>
    /// The first working day on or after <paramref name="day"/>. In a year that is not loaded, only the holidays of the law itself count.
    /// </summary>
    public LocalDate LatestOnOrAfter(LocalDate day)
    {
        for (var tries = MostDaysOff; tries > 0 && !MayBeWorked(day); tries--)
            day = day.PlusDays(1);
        return day;
    }

    public LocalDate WorkedOnOrBefore(LocalDate day)
    {
        for (var tries = MostDaysOff; tries > 0 && !MayBeWorked(day); tries--)
            day = day.PlusDays(-1);
        return day;
    }

    public bool IsOffOnlyInProcedure(LocalDate day) =>
        DaysOff.TryGetValue(day, out var name) && InProcedureOnly.Contains(name) && !Weekend.Contains(day.DayOfWeek);

    /// <summary>
    /// The N-th working day after <paramref name="day"/>. In years that are not loaded the earliest reading counts only weekends as free.
    /// </summary>
    public LocalDate After(LocalDate day, int workingDays, bool isLatest = false)
    {
        for (var left = workingDays; left > 0;)
        {
            day = day.PlusDays(1);
            if (isLatest ? MayBeWorked(day) : IsWorkingDay(day))
                left--;
        }

        return day;
    }

    /// <summary>The reason for a day off: the holiday, or the weekday in English lower case.</summary>
    public string WhyOff(LocalDate day) =>
        DaysOff.TryGetValue(day, out var holiday) || DaysOffByLaw.TryGetValue(day, out holiday)
            ? holiday
            : day.DayOfWeek.ToString().ToLowerInvariant();

    public bool MayBeWorked(LocalDate day) => IsWorkingDay(day) && (Knows(day) || !DaysOffByLaw.ContainsKey(day));

    /// <summary>For places without a calendar: the weekend is Saturday and Sunday, and no year is loaded.</summary>
    public static WorkCalendar Unknown(string jurisdiction) => new(
        jurisdiction,
        new HashSet<IsoDayOfWeek> { IsoDayOfWeek.Saturday, IsoDayOfWeek.Sunday },
        new Dictionary<LocalDate, string>(),
        new HashSet<LocalDate>(),
        new HashSet<int>());
}
