using System.Globalization;
using AlertBot.Domain.Time;
using NodaTime;
using NodaTime.TimeZones;

namespace AlertBot.Domain.CheckIns;

/// <summary>When a person at risk wants to be asked whether all is well.</summary>
public abstract record CheckInSchedule
{
    private CheckInSchedule() { }

    /// <summary>The first time after that. One question makes up for all that were missed.</summary>
    public abstract Instant NextAfter(Instant now, DateTimeZone zone);

    /// <summary>On those days at that time, by the person's own clock.</summary>
    public sealed record Daily(LocalTime At, WeekDays Days = WeekDays.All) : CheckInSchedule
    {
        // Of a time that comes twice, the first counts. A time that a clock change skips becomes the end of the gap.
        private static readonly ZoneLocalMappingResolver Comes = Resolvers.CreateMappingResolver(
            Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);

        public override Instant NextAfter(Instant now, DateTimeZone zone)
        {
            for (var day = now.InZone(zone).Date; ; day = day.PlusDays(1))
            {
                if (Days.Has(day.DayOfWeek) && zone.ResolveLocal(day.At(At), Comes).ToInstant() is var at && at > now)
                    return at;
            }
        }

        public override string ToString() => (Days == WeekDays.All ? "" : Days.Text() + " ") + string.Create(
            CultureInfo.InvariantCulture, $"{At:HH:mm}");
    }

    /// <summary>Every so many hours after the last answer, day and night.</summary>
    public sealed record Every(int Hours) : CheckInSchedule
    {
        public const int Most = 72;

        public override Instant NextAfter(Instant now, DateTimeZone zone) => now + Duration.FromHours(Hours);

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Hours}h");
    }

    /// <summary>Reads <c>21:00</c>, <c>mon,thu 21:00</c>, <c>6h</c>, <c>6 h</c>; null for anything else.</summary>
    public static CheckInSchedule? Read(string text)
    {
        var plain = text.Trim();
        if (plain.Length > 1 && plain[^1] is ('h' or 'H' or 'ч'))
            return int.TryParse(plain[..^1].TrimEnd(), NumberStyles.None, CultureInfo.InvariantCulture, out var hours)
                && hours is >= 1 and <= Every.Most
                ? new Every(hours)
                : null;

        var (days, time) = plain.LastIndexOf(' ') is > 0 and var blank
            ? (WeekDaysText.Read(plain[..blank]), plain[(blank + 1)..])
            : (WeekDays.All, plain);
        return time.IndexOfAny([':', '.']) > 0 && WallTime.Read(time) is { } at && days is { } chosen ? new Daily(at, chosen) : null;
    }
}
