using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;
using NodaTime.Text;

namespace AlertBot.Domain.Time;

/// <summary>
/// A day and an hour as people write them together, in either order: <c>26.11.2026 в 9:05</c>, <c>10h30, 2026-11-26</c>, <c>2026/11/26 saat
/// 10.00</c>. A day such as 3/4/2026 is not accepted, because it may be in March or in April.
/// </summary>
internal static partial class WhenPieces
{
    // "At", in the languages of the bot.
    private static readonly HashSet<string> At = new(StringComparer.OrdinalIgnoreCase)
    {
        "at", "@", "в", "во", "на", "к", "um", "saat", "саат", "saǵat", "sağat", "сағат", "saghat", "соат", "soat", "сәат", "time", "время",
    };

    private static readonly HashSet<string> Hours = new(StringComparer.OrdinalIgnoreCase)
    {
        "h", "hr", "hrs", "o'clock", "uhr", "ч", "час", "часа", "часов", "am", "pm", "a.m.", "p.m.",
    };

    private static readonly LocalDatePattern[] OtherDays =
    [
        LocalDatePattern.CreateWithInvariantCulture("uuuu-M-d"), LocalDatePattern.CreateWithInvariantCulture("uuuu/M/d"),
        LocalDatePattern.CreateWithInvariantCulture("uuuu.M.d"),
    ];

    /// <summary>Null if any part is neither, or if there is not exactly one day.</summary>
    public static (LocalDate Day, LocalTime? Time)? Read(string text)
    {
        var words = text.Split([' ', ',', ';', '\t', '\u00a0', '\n'], StringSplitOptions.RemoveEmptyEntries);
        LocalDate? day = null;
        LocalTime? time = null;
        for (var at = 0; at < words.Length;)
        {
            if (day is null && DayOf(words[at]) is { } found)
                (day, at) = (found, at + 1);
            else if (time is null && TimeFrom(words, at) is ({ } hour, var length))
                (time, at) = (hour, at + length);
            else
                return null;
        }

        return day is { } known ? (known, time) : null;
    }

    /// <summary>An hour alone: <c>10:00</c>, <c>9.05</c>, <c>10h</c>, <c>в 10</c>, <c>9 pm</c>.</summary>
    public static LocalTime? ReadTime(string text)
    {
        var words = text.Split([' ', ',', ';', '\t', '\u00a0', '\n'], StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 0 && TimeFrom(words, 0) is ({ } time, var length) && length == words.Length ? time : null;
    }

    private static LocalDate? DayOf(string word) => WhenText.ReadDay(word)
        ?? OtherDays.Select(pattern => pattern.Parse(word)).FirstOrDefault(result => result.Success)?.Value;

    private static (LocalTime? Time, int Length) TimeFrom(string[] words, int at)
    {
        var isSaid = At.Contains(words[at]);
        var first = isSaid ? at + 1 : at;
        if (first >= words.Length)
            return (null, 0);

        var unit = first + 1 < words.Length && Hours.Contains(words[first + 1]) ? words[first + 1] : null;
        if (unit is not null && TimeOf(words[first] + unit.Replace(".", "", StringComparison.Ordinal), true) is { } told)
            return (told, first + 2 - at);
        return (TimeOf(words[first], isSaid), first + 1 - at);
    }

    /// <param name="mayBeBare">True to accept "10" as an hour, and not only "at 10".</param>
    private static LocalTime? TimeOf(string word, bool mayBeBare)
    {
        var match = Clock().Match(word);
        if (!match.Success)
            return null;

        var hour = int.Parse(match.Groups["hour"].Value, CultureInfo.InvariantCulture);
        var minute = match.Groups["minute"] is { Success: true } minutes ? int.Parse(minutes.Value, CultureInfo.InvariantCulture) : 0;
        var unit = match.Groups["unit"].Value.ToLowerInvariant();
        if (!match.Groups["minute"].Success && unit.Length == 0 && !mayBeBare)
            return null;
        if (unit is "am" or "pm")
            hour = hour is < 1 or > 12 ? 99 : (hour % 12) + (unit == "pm" ? 12 : 0);

        return hour <= 23 && minute <= 59 ? new LocalTime(hour, minute) : null;
    }

    [GeneratedRegex(
        @"^(?<hour>[0-9]{1,2})(?:[:.](?<minute>[0-9]{2})(?::[0-9]{2})?|(?=[hч])|-(?<minute>00|[3-5][0-9]))?"
        + @"(?:(?<unit>am|pm|h|hr|hrs|uhr|o'clock|ч|час|часа|часов)\.?(?<minute>[0-9]{2})?)?(?:[-']?(?:да|де|та|те|da|de|ta|te))?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Clock();
}
