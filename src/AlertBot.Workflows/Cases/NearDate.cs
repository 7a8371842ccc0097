using System.Globalization;
using System.Text.RegularExpressions;
using AlertBot.Domain.Time;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Cases;

/// <summary>A date that could not be read as it stands: what was most likely meant, to be confirmed by one press, or what is wrong with it.</summary>
/// <param name="Value">In a form that can be read; null: nothing is likely.</param>
/// <param name="Why">What is said of it.</param>
internal sealed partial record NearDate(string? Value, Line Why)
{
    private const int Longest = 60;

    /// <returns>Null: it is like no date at all.</returns>
    public static NearDate? Of(string text, DateTimeZone zone, Instant now)
    {
        var said = text.Trim();
        if (said.Length is 0 or > Longest)
            return null;

        var digits = Digits(said);
        if (digits != said && WhenText.Read(digits, zone) is { } typed)
            return Suggested(digits, typed);
        if (Numbers().Match(digits) is { Success: true } match)
            return OfNumbers(match, zone, now);
        return WhenWords.Read(said, now, zone) is { Day: var day } words && day != default ? Suggested(Written(words), words) : null;
    }

    private static NearDate? OfNumbers(Match match, DateTimeZone zone, Instant now)
    {
        int Number(string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);
        var (day, month) = (Number("day"), Number("month"));
        if (month > 12 && day <= 12)
            (day, month) = (month, day);
        if (month is < 1 or > 12 || day is < 1 or > 31)
            return null;

        var today = now.InZone(zone).Date;
        var year = match.Groups["year"].Success ? Number("year") : today.Year;
        if (year < 100)
            year += 2000;
        if (year is < 1900 or > 2200)
            return null;
        if (day > CalendarSystem.Iso.GetDaysInMonth(year, month))
            return new NearDate(null, new Line("event.no-such-day", ("last", new LocalDate(year, month, 1).With(DateAdjusters.EndOfMonth))));

        var date = new LocalDate(year, month, day);
        // Without its year a day is the last one of that name: what is put on file has happened.
        if (!match.Groups["year"].Success && date > today)
            date = date.PlusYears(-1);
        var hour = match.Groups["hour"].Success ? " " + match.Groups["hour"].Value : "";
        var value = NodaTime.Text.LocalDatePattern.Iso.Format(date) + hour;
        return WhenText.Read(value, zone) is { } read ? Suggested(value, read) : null;
    }

    private static NearDate Suggested(string value, When when) => new(value, new Line("event.near-date", ("value", when)));

    private static string Written(When when) =>
        NodaTime.Text.LocalDatePattern.Iso.Format(when.Day)
        + (when.Time is { } time ? " " + time.ToString("HH:mm", CultureInfo.InvariantCulture) : "");

    // What a hurried thumb takes for a digit.
    private static string Digits(string text) => !text.Any(char.IsAsciiDigit) ? text : string.Concat(text.Select(sign => sign switch
    {
        'O' or 'o' or 'О' or 'о' => '0',
        'l' or 'I' or '|' => '1',
        'З' or 'з' => '3',
        _ => sign,
    }));

    [GeneratedRegex(@"^(?<day>[0-9]{1,2})[./\- ](?<month>[0-9]{1,2})(?:[./\- ](?<year>[0-9]{4}|[0-9]{2}))?(?:,? +(?<hour>[0-9]{1,2}:[0-9]{2}))?$")]
    private static partial Regex Numbers();
}
