using NodaTime;
using NodaTime.Text;

namespace AlertBot.Workflows.Texts;

/// <summary>
/// A day or time in the form that facts and arithmetic steps store: <c>2025-03-25</c>, <c>2024-03-02T09:00</c>, <c>2024-02-28 10:00 (+06)</c>, or
/// with a zone <c>2024-03-02T09:00 Asia/Almaty</c>.
/// </summary>
internal sealed record FrozenTime(LocalDate Day, LocalTime? Time, Offset? Offset, DateTimeZone? Zone)
{
    private static readonly LocalDateTimePattern[] DateTimes =
    [
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss"),
    ];

    /// <summary>Null if the text has another form.</summary>
    public static FrozenTime? Read(string text)
    {
        if (text.LastIndexOf(' ') is not (> 0 and var space))
            return ReadLocal(text);

        var (before, after) = (text[..space], text[(space + 1)..]);
        if (after is ['(', .. var inside, ')'] && OffsetPattern.GeneralInvariant.Parse(inside).TryGetValue(default, out var offset))
            return ReadLocal(before) is { } local ? local with { Offset = offset } : null;
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(after) is { } zone)
            return ReadLocal(before) is { } local ? local with { Zone = zone } : null;

        return ReadLocal(text);
    }

    private static FrozenTime? ReadLocal(string text)
    {
        if (LocalDatePattern.Iso.Parse(text).TryGetValue(default, out var day))
            return new FrozenTime(day, null, null, null);

        foreach (var pattern in DateTimes)
        {
            if (pattern.Parse(text).TryGetValue(default, out var local))
                return new FrozenTime(local.Date, local.TimeOfDay, null, null);
        }

        return null;
    }
}
