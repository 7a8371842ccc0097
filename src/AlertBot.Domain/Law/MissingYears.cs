using NodaTime;

namespace AlertBot.Domain.Law;

/// <summary>Calendars that lack a year: limits in working days end early there, since nobody may count on a day off that is not decreed.</summary>
public static class MissingYears
{
    /// <summary>Decrees about the next year come out in autumn: from this month on it is missed.</summary>
    public const int FromMonth = 10;

    /// <summary>Whether a missing next year should be told.</summary>
    public static bool IsTime(LocalDate today) => today.Month >= FromMonth;

    /// <returns>The States whose calendar has no such year, by code.</returns>
    public static IReadOnlyList<string> Of(LawBook law, int year) => law.Calendars.Where(calendar => !calendar.Years.Contains(year))
        .Select(calendar => calendar.Jurisdiction).Order(StringComparer.Ordinal).ToList();
}
