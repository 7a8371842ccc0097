using NodaTime;

namespace AlertBot.Domain.Time;

/// <summary>
/// A time as people tell it: the wall clock of a place, and how exactly it is known.
/// Clocks run from its first and from its last possible moment.
/// </summary>
/// <param name="Day">The named day; with month or year precision, any day of that month or year.</param>
/// <param name="Time">The named wall time, if any.</param>
/// <param name="Zone">The tz database zone of the place, e.g. <c>Asia/Almaty</c>.</param>
/// <param name="Precision">How exactly the time is known.</param>
/// <param name="Until">The last possible day, if people name two ("the night of 13-14").</param>
public sealed record When(LocalDate Day, LocalTime? Time, DateTimeZone Zone, Precision Precision, LocalDate? Until = null)
{
    /// <summary>A night without further details lasts from dusk to the first call to a lawyer.</summary>
    public static readonly LocalTime Evening = new(18, 0);

    /// <inheritdoc cref="Evening"/>
    public static readonly LocalTime Morning = new(8, 0);

    /// <summary>Its first and last possible moment; null if nothing is known.</summary>
    public WhenWindow? Window => Precision switch
    {
        Precision.Exact when Time is { } time => Moment(time),
        Precision.Exact or Precision.Day => Days(Day, Day),
        Precision.Night => Night(),
        Precision.Month => Days(FirstOfMonth(Day), FirstOfMonth(Day).PlusMonths(1).PlusDays(-1)),
        Precision.Year => Days(new LocalDate(Day.Year, 1, 1), new LocalDate(Day.Year, 12, 31)),
        _ => null,
    };

    private static LocalDate FirstOfMonth(LocalDate day) => new(day.Year, day.Month, 1);

    private WhenWindow Moment(LocalTime time)
    {
        // An ambiguous wall time happened twice, and either may be meant. A skipped one means the moment when the clocks jumped.
        var mapping = Zone.MapLocal(Day.At(time));
        var (first, last) = mapping.Count switch
        {
            0 => (Zone.ResolveLocal(mapping.LocalDateTime, NodaTime.TimeZones.Resolvers.LenientResolver), null),
            1 => (mapping.Single(), null),
            _ => (mapping.First(), (ZonedDateTime?)mapping.Last()),
        };

        var end = last ?? first;
        return Until > Day
            ? new WhenWindow(Day, Until.Value, first.ToInstant(), EndOf(Until.Value), IsMoment: false)
            : new WhenWindow(Day, Day, first.ToInstant(), end.ToInstant(), IsMoment: true);
    }

    private WhenWindow Days(LocalDate first, LocalDate last)
    {
        last = Until > last ? Until.Value : last;
        return new WhenWindow(first, last, Zone.AtStartOfDay(first).ToInstant(), EndOf(last), IsMoment: false);
    }

    // A time told with a night ("about midnight") is a memory of a bad night and no measurement, so it narrows nothing.
    private WhenWindow Night()
    {
        var last = Until > Day ? Until.Value : Day.PlusDays(1);
        return new WhenWindow(Day, last, At(Day, Evening), At(last, Morning), IsMoment: false);
    }

    private Instant At(LocalDate day, LocalTime time) => Zone.AtLeniently(day.At(time)).ToInstant();

    private Instant EndOf(LocalDate day) => Zone.AtStartOfDay(day.PlusDays(1)).ToInstant();
}

/// <summary>The span that people's words leave open.</summary>
/// <param name="First">The first possible moment; limits in hours run from here for their earliest end.</param>
/// <param name="Last">The last possible moment (for whole days, the midnight that ends them).</param>
/// <param name="IsMoment">True if the minute is known; <paramref name="First"/> and <paramref name="Last"/> then differ only
/// if the clocks went back over it.</param>
public sealed record WhenWindow(LocalDate FirstDay, LocalDate LastDay, Instant First, Instant Last, bool IsMoment)
{
    public Duration Width => Last - First;

    /// <summary>How many days lie between the first and the last possible day.</summary>
    public int DaysApart => Period.DaysBetween(FirstDay, LastDay);
}
