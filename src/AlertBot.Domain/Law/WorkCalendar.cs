using NodaTime;

namespace AlertBot.Domain.Law;

/// <summary>
/// The working days of a country, as far as its calendar is loaded. Nothing is moved in a year that is not loaded:
/// a guess must never make a date later.
/// </summary>
/// <param name="DaysOff">Public holidays and weekdays made free by decree, with what is celebrated.</param>
/// <param name="WorkedDays">Days of the weekend that a decree turned into working days.</param>
/// <param name="Years">The years that are loaded and checked.</param>
public sealed record WorkCalendar(
    string Jurisdiction,
    IReadOnlySet<IsoDayOfWeek> Weekend,
    IReadOnlyDictionary<LocalDate, string> DaysOff,
    IReadOnlySet<LocalDate> WorkedDays,
    IReadOnlySet<int> Years)
{
    public bool Knows(LocalDate day) => Years.Contains(day.Year);

    public bool IsWorkingDay(LocalDate day) =>
        !DaysOff.ContainsKey(day) && (!Weekend.Contains(day.DayOfWeek) || WorkedDays.Contains(day));

    /// <summary>The first working day on or after <paramref name="day"/>; null when a year on the way is not loaded.</summary>
    public LocalDate? OnOrAfter(LocalDate day)
    {
        for (var candidate = day; Knows(candidate); candidate = candidate.PlusDays(1))
        {
            if (IsWorkingDay(candidate))
                return candidate;
        }

        return null;
    }

    /// <summary>
    /// The N-th working day after <paramref name="day"/>. Years that are not loaded have only their weekends, so the day comes early rather
    /// than late.
    /// </summary>
    public LocalDate After(LocalDate day, int workingDays)
    {
        for (var left = workingDays; left > 0;)
        {
            day = day.PlusDays(1);
            if (IsWorkingDay(day))
                left--;
        }

        return day;
    }

    /// <summary>What makes it a day off: the holiday, or the weekday in English lower case.</summary>
    public string WhyOff(LocalDate day) =>
        DaysOff.TryGetValue(day, out var holiday) ? holiday : day.DayOfWeek.ToString().ToLowerInvariant();

    /// <summary>For places without a calendar: Saturday and Sunday, and no year in which anything may be moved.</summary>
    public static WorkCalendar Unknown(string jurisdiction) => new(
        jurisdiction,
        new HashSet<IsoDayOfWeek> { IsoDayOfWeek.Saturday, IsoDayOfWeek.Sunday },
        new Dictionary<LocalDate, string>(),
        new HashSet<LocalDate>(),
        new HashSet<int>());
}
