using System.Globalization;
using NodaTime;

namespace AlertBot.Domain.Time;

/// <summary>A time of day as people type it.</summary>
public static class WallTime
{
    /// <summary>Reads <c>8</c>, <c>08:30</c>, <c>8.30</c>; null for anything else.</summary>
    public static LocalTime? Read(string text)
    {
        var parts = text.Trim().Split([':', '.']);
        var minute = 0;
        return parts.Length is 1 or 2 && Number(parts[0], out var hour) && hour < 24
            && (parts.Length == 1 || (Number(parts[1], out minute) && minute < 60))
            ? new LocalTime(hour, minute)
            : null;
    }

    private static bool Number(string text, out int number)
    {
        number = 0;
        return text.Length is 1 or 2 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
