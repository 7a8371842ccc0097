using System.Globalization;
using NodaTime;
using NodaTime.TimeZones;

namespace AlertBot.Domain.Time;

/// <summary>The hours of every day in which a person wants no messages, by the person's own clock.</summary>
/// <param name="To">If before <paramref name="From"/>, on the next day.</param>
public sealed record QuietHours(LocalTime From, LocalTime To)
{
    /// <summary>The longest span: with a longer one messages would come too late.</summary>
    public static readonly Duration Longest = Duration.FromHours(16);

    // When the clocks go back, 02:30 comes twice: quiet begins at the first and ends at the second. When they go forward, 02:30 never comes: the
    // first moment after the gap replaces it.
    private static readonly ZoneLocalMappingResolver Begins =
        Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);

    private static readonly ZoneLocalMappingResolver Ends =
        Resolvers.CreateMappingResolver(Resolvers.ReturnLater, Resolvers.ReturnStartOfIntervalAfter);

    /// <summary>When a message may be sent: <paramref name="now"/>, or the end of the quiet hours around it.</summary>
    public Instant OpenFrom(Instant now, DateTimeZone zone)
    {
        var today = now.InZone(zone).Date;
        foreach (var day in new[] { today.PlusDays(-1), today })
        {
            var begin = zone.ResolveLocal(day.At(From), Begins).ToInstant();
            var end = zone.ResolveLocal((From < To ? day : day.PlusDays(1)).At(To), Ends).ToInstant();
            if (begin <= now && now < end)
                return end;
        }

        return now;
    }

    /// <summary>Reads <c>22:00-08:00</c>, <c>22-8</c>, <c>22.30 – 7</c>.</summary>
    /// <returns>Null if it is no such span, or longer than <see cref="Longest"/>.</returns>
    public static QuietHours? Read(string text)
    {
        var ends = text.Replace('–', '-').Replace('—', '-').Split('-', StringSplitOptions.TrimEntries);
        return ends.Length == 2 && WallTime.Read(ends[0]) is { } from && WallTime.Read(ends[1]) is { } to
            && from != to && LengthOf(from, to) <= Longest
            ? new QuietHours(from, to)
            : null;
    }

    /// <summary>The form that <see cref="Read"/> reads: <c>22:00-08:00</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{From:HH:mm}-{To:HH:mm}");

    private static Duration LengthOf(LocalTime from, LocalTime to)
    {
        var minutes = (int)Period.Between(from, to, PeriodUnits.Minutes).Minutes;
        return Duration.FromMinutes(minutes < 0 ? minutes + 24 * 60 : minutes);
    }
}
