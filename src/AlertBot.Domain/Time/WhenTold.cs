using NodaTime;

namespace AlertBot.Domain.Time;

/// <summary>The facts of time in a text, the first of each kind, and the time that they form together.</summary>
internal sealed class WhenTold
{
    public static readonly IReadOnlyList<TimeWord> PartsOfDay =
        [TimeWord.Before, TimeWord.After, TimeWord.Night, TimeWord.Morning, TimeWord.Afternoon, TimeWord.Evening];

    // When each part of the day begins, which tells whether today's has come yet.
    private static readonly LocalTime Dusk = When.Evening;
    private static readonly LocalTime LateEvening = new(21, 0);

    private TimeWord? _day;
    private TimeWord? _part;
    private (int Day, int Month, int Year)? _date;
    private (int Number, bool IsLast)? _weekday;
    private (int Hour, int Minute)? _time;
    private (TimeWord Unit, int Number)? _ago;
    private (int Day, int Month)? _nightBetween;

    /// <summary>The first token that was understood.</summary>
    public int First { get; private set; } = int.MaxValue;

    public int Last { get; private set; } = -1;

    public void Span(int first, int last) => (First, Last) = (Math.Min(First, first), Math.Max(Last, last));

    public bool SetDay(TimeWord day) => Set(ref _day, day, HasDay);

    public bool SetDate(int day, int month, int year) =>
        Set(ref _date, (day, month, year), HasDay || day is < 1 or > 31 || month is < 1 or > 12 || (year != 0 && year is < 1900 or > 2200));

    public bool SetWeekday(int number, bool isLast) => Set(ref _weekday, (number, isLast), HasDay);

    public bool SetNightBetween(int day, int month) => Set(ref _nightBetween, (day, month), HasDay || day is < 1 or > 31);

    public bool SetPart(TimeWord part) => Set(ref _part, part, _part is not null);

    public bool SetTime(int hour, int minute) => Set(ref _time, (hour, minute), _time is not null || hour is < 0 or > 24 || minute is < 0 or > 59);

    public bool SetAgo(TimeWord unit, int number) => Set(ref _ago, (unit, number), _ago is not null);

    /// <summary>Null if the facts form no time.</summary>
    public When? In(Instant now, DateTimeZone zone)
    {
        var here = now.InZone(zone).LocalDateTime;
        if (_ago is { } ago)
            return AgoOf(ago.Unit, ago.Number, now, zone);
        if (_day == TimeWord.Now)
            return Exact(here, zone);
        if (_nightBetween is { } between)
            return DateBefore(between.Day, between.Month, 0, here.Date) is { } eve ? new When(eve, null, zone, Precision.Night) : null;

        var day = DayOf(here.Date);
        if (day is null && HasDay)
            return null;
        if (_time is { } time && Hour(time.Hour) is { } hour)
            return AtTime(day, new LocalTime(hour, time.Minute), here, zone, now);
        if (_part is TimeWord.Night or TimeWord.Tonight or TimeWord.LastNight)
            return new When(NightOf(day, here), null, zone, Precision.Night);

        day ??= _part switch
        {
            TimeWord.Morning => here.Hour >= 5 ? here.Date : here.Date.PlusDays(-1),
            TimeWord.Afternoon => here.Hour >= 12 ? here.Date : here.Date.PlusDays(-1),
            TimeWord.Evening => here.TimeOfDay >= Dusk ? here.Date : here.Date.PlusDays(-1),
            _ => null,
        };
        return day is { } known ? new When(known, null, zone, Precision.Day) : null;
    }

    private bool HasDay => _day is not null || _date is not null || _weekday is not null || _nightBetween is not null;

    private static bool Set<T>(ref T? fact, T value, bool isTaken)
        where T : struct
    {
        if (!isTaken)
            fact = value;
        return !isTaken;
    }

    private static When? AgoOf(TimeWord unit, int number, Instant now, DateTimeZone zone) => unit switch
    {
        TimeWord.HalfHour => Exact((now - Duration.FromMinutes(30)).InZone(zone).LocalDateTime, zone),
        TimeWord.Minute => Exact((now - Duration.FromMinutes(number)).InZone(zone).LocalDateTime, zone),
        TimeWord.Hour => Exact((now - Duration.FromHours(number)).InZone(zone).LocalDateTime, zone),
        TimeWord.Day or TimeWord.Week when number <= 731 =>
            new When(now.InZone(zone).Date.PlusDays(-number * (unit == TimeWord.Week ? 7 : 1)), null, zone, Precision.Day),
        _ => null,
    };

    private static When Exact(LocalDateTime at, DateTimeZone zone) => new(at.Date, new LocalTime(at.Hour, at.Minute), zone, Precision.Exact);

    private LocalDate? DayOf(LocalDate today)
    {
        if (_date is { } date)
            return DateBefore(date.Day, date.Month, date.Year, today);
        if (_weekday is { } weekday)
        {
            var since = ((int)today.DayOfWeek - weekday.Number + 7) % 7;
            return today.PlusDays(-(since == 0 && weekday.IsLast ? 7 : since));
        }

        return _day switch
        {
            TimeWord.Today => today,
            TimeWord.Yesterday => today.PlusDays(-1),
            TimeWord.DayBeforeYesterday => today.PlusDays(-2),
            _ => null,
        };
    }

    // A day without its year or month is the last such day that has come.
    private static LocalDate? DateBefore(int day, int month, int year, LocalDate today)
    {
        if (year != 0)
            return day <= CalendarSystem.Iso.GetDaysInMonth(year, month) ? new LocalDate(year, month, day) : null;

        for (var back = 0; back <= 8 * 12; back++)
        {
            var first = new LocalDate(today.Year, today.Month, 1).PlusMonths(-back);
            if ((month == 0 || first.Month == month) && day <= CalendarSystem.Iso.GetDaysInMonth(first.Year, first.Month)
                && first.PlusDays(day - 1) <= today)
                return first.PlusDays(day - 1);
        }

        return null;
    }

    private int? Hour(int told) => _part switch
    {
        _ when told == 24 => null,
        TimeWord.Before => told <= 12 ? told % 12 : told,
        TimeWord.After => told is < 12 ? told + 12 : told,
        TimeWord.Afternoon => told is >= 1 and <= 6 ? told + 12 : told,
        // Nobody knows to which day midnight belongs.
        TimeWord.Evening => told is 12 ? null : told is >= 1 and < 12 ? told + 12 : told,
        TimeWord.Night or TimeWord.LastNight or TimeWord.Tonight => told is 12 ? null : told is >= 8 and < 12 ? told + 12 : told,
        _ => told,
    };

    private When AtTime(LocalDate? day, LocalTime time, LocalDateTime here, DateTimeZone zone, Instant now)
    {
        var named = _part == TimeWord.LastNight && day is null ? (time.Hour >= 12 ? here.Date.PlusDays(-1) : here.Date) : day;
        var at = new When(named ?? here.Date, time, zone, Precision.Exact);
        if (at.Window!.First <= now)
            return at;
        // A time that lies ahead means the day before. With a named day it is no time at all.
        return named is null ? at with { Day = here.Date.PlusDays(-1) } : new When(named.Value, null, zone, Precision.Day);
    }

    // Late in the evening and before the morning this means the current night; during the day, the night before.
    private LocalDate NightOf(LocalDate? day, LocalDateTime here)
    {
        var begins = _part == TimeWord.Tonight ? Dusk : LateEvening;
        var latest = here.TimeOfDay >= begins && _part != TimeWord.LastNight ? here.Date : here.Date.PlusDays(-1);
        return day is null || day > latest ? latest : day.Value;
    }
}
