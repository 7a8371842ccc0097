using NodaTime;
using NodaTime.Text;

namespace AlertBot.Domain.Time;

/// <summary>
/// Reads a time as people and files write it: <c>2024-03-26</c>, <c>2024-03-26T00:20</c>, <c>26.03.2024 00:20</c>,
/// <c>26.03.2024 в 0:20</c>, <c>2024-03</c>, <c>2024</c>.
/// </summary>
public static class WhenText
{
    private static readonly LocalDateTimePattern[] DateTimes =
    [
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'H:mm"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd H:mm"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm:ss"),
        LocalDateTimePattern.CreateWithInvariantCulture("d.M.uuuu H:mm"),
    ];

    private static readonly LocalDatePattern[] Dates =
    [
        LocalDatePattern.Iso,
        LocalDatePattern.CreateWithInvariantCulture("d.M.uuuu"),
    ];

    private static readonly YearMonthPattern[] Months =
    [
        YearMonthPattern.Iso,
        YearMonthPattern.CreateWithInvariantCulture("M.uuuu"),
    ];

    /// <summary>Null if the text is no time, or if <paramref name="until"/> is before it.</summary>
    /// <param name="precision">The precision that the teller claims. It never makes a vaguer text ("2024-03") more exact.</param>
    public static When? Read(string text, DateTimeZone zone, Precision? precision = null, LocalDate? until = null)
    {
        var when = ReadText(text.Trim(), zone) is not { } read ? null
            : read with { Precision = Coarser(read.Precision, precision), Until = until };

        return when?.Until < when?.Day || (until is { } last && !IsSane(last)) ? null : when;
    }

    /// <summary>Reads <c>2024-03-26</c> or <c>26.03.2024</c>; null if the text is no day, or a day outside our times.</summary>
    public static LocalDate? ReadDay(string text) =>
        Dates.Select(pattern => pattern.Parse(text.Trim())).FirstOrDefault(result => result.Success)?.Value is { } day && IsSane(day) ? day : null;

    /// <summary>Reads an hour alone: <c>10:00</c>, <c>9.05</c>, <c>10h</c>, <c>в 10</c>; null for anything else.</summary>
    public static LocalTime? ReadTime(string text) => WhenPieces.ReadTime(text);

    /// <summary>Reads <c>exact</c>, <c>night</c>, <c>day</c>, <c>month</c>, <c>year</c> or <c>unknown</c>.</summary>
    public static Precision? ReadPrecision(string text) =>
        Enum.GetValues<Precision>().Cast<Precision?>()
            .FirstOrDefault(value => string.Equals(value.ToString(), text.Trim(), StringComparison.OrdinalIgnoreCase));

    private static When? ReadText(string text, DateTimeZone zone)
    {
        foreach (var pattern in DateTimes)
        {
            if (pattern.Parse(text).TryGetValue(default, out var local) && IsSane(local.Date))
                return new When(local.Date, local.TimeOfDay, zone, Precision.Exact);
        }

        if (ReadDay(text) is { } day)
            return new When(day, null, zone, Precision.Exact);

        foreach (var pattern in Months)
        {
            if (pattern.Parse(text).TryGetValue(default, out var month) && IsSane(month.OnDayOfMonth(1)))
                return new When(month.OnDayOfMonth(1), null, zone, Precision.Month);
        }

        if (WhenPieces.Read(text) is var (date, hour) && IsSane(date))
            return new When(date, hour, zone, Precision.Exact);

        return text.Length == 4 && int.TryParse(text, System.Globalization.NumberStyles.None, null, out var year) && year is >= 1900 and <= 2200
            ? new When(new LocalDate(year, 1, 1), null, zone, Precision.Year)
            : null;
    }

    // A typing error such as 0202-03-26 must not become a deadline in antiquity, and 9999-12-31 has no next day.
    private static bool IsSane(LocalDate day) => day.Year is >= 1900 and <= 2200;

    private static Precision Coarser(Precision written, Precision? claimed) => claimed switch
    {
        null => written,
        Precision.Exact or Precision.Day or Precision.Night when written is Precision.Month or Precision.Year => written,
        Precision.Month when written is Precision.Year => written,
        { } said => said,
    };
}
