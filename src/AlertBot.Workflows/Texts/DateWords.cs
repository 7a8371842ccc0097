using AlertBot.Domain.Law;
using AlertBot.Domain.Time;
using NodaTime;
using NodaTime.Text;

namespace AlertBot.Workflows.Texts;

/// <summary>
/// Days and times in the words of a language: <c>24 March 2025</c>, <c>24 марта 2025 г.</c> Names and order come from the keys <c>format.*</c> of its
/// locale file. Hours run from 0 to 24, and the zone's city is named.
/// </summary>
public sealed class DateWords(TextCatalog texts, string language)
{
    private static readonly LocalTimePattern HourAndMinute = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    /// <summary><c>24 March 2025</c>, or in full <c>Monday, 24 March 2025</c>.</summary>
    public string Day(LocalDate day, bool full = false) => Say(
        full ? "format.date-full" : "format.date",
        ("weekday", Weekday(day.DayOfWeek)), ("day", Number(day.Day)),
        ("month", Say("format.month." + Number(day.Month))), ("year", Number(day.Year)));

    public string Weekday(IsoDayOfWeek day) => Say("format.weekday." + Number((int)day));

    /// <summary><c>March 2025</c></summary>
    public string Month(LocalDate anyDay) => Say(
        "format.month-and-year", ("month", Say("format.month-alone." + Number(anyDay.Month))), ("year", Number(anyDay.Year)));

    public static string Time(LocalTime time) => HourAndMinute.Format(time);

    public string Local(LocalDateTime local, bool full = false) =>
        Say("format.date-time", ("date", Day(local.Date, full)), ("time", Time(local.TimeOfDay)));

    /// <summary><c>2 March 2024, 09:00 (Almaty)</c>. Adds the offset if the clocks showed that time twice.</summary>
    public string Moment(ZonedDateTime moment, bool full = false)
    {
        var isTwice = moment.Zone.MapLocal(moment.LocalDateTime).Count > 1;
        var city = Zone(moment.Zone);
        return Moment(moment.LocalDateTime, isTwice ? city + ", " + OffsetOf(moment.Offset) : city, full);
    }

    /// <summary>The zone's city; for a bare offset <c>UTC+5</c>.</summary>
    public string Zone(DateTimeZone zone) => texts.Word(language, "zone", zone.Id)?.Plain ?? CityOf(zone.Id);

    /// <summary>The end of a limit: its last lawful day, or the moment for limits in hours.</summary>
    public string End(LimitEnd end, bool full = false) =>
        end.LastDay is { } day ? Day(day, full) : Moment(end.Instant.InZone(end.Zone), full);

    /// <summary>A time as precisely as people told it, and no more.</summary>
    public string Told(When? when, bool full = false) => when switch
    {
        { Window: not { } } or null => Say("format.not-known"),
        { Precision: Precision.Exact, Time: { } time, Until: null } => Moment(when.Day.At(time), Zone(when.Zone), full),
        { Precision: Precision.Night, Window: { } night } => Say("format.night", ("first", Day(night.FirstDay)), ("last", Day(night.LastDay))),
        { Until: { } until } when until > when.Day => Say("format.between", ("first", Day(when.Day)), ("last", Day(until))),
        { Precision: Precision.Month } => Month(when.Day),
        { Precision: Precision.Year } => Say("format.year", ("year", Number(when.Day.Year))),
        _ => Day(when.Day, full),
    };

    /// <summary>The two largest units: <c>2 days 3 hours</c>. The sign is left out.</summary>
    public string Lasting(Duration duration)
    {
        var length = duration < Duration.Zero ? -duration : duration;
        var units = new (string Key, int Value)[] { ("days", length.Days), ("hours", length.Hours), ("minutes", length.Minutes) };
        var shown = units.SkipWhile(unit => unit.Value == 0).Take(2).Where(unit => unit.Value != 0)
            .Select(unit => Say("format.duration." + unit.Key, ("number", unit.Value)))
            .ToList();

        return shown.Count == 0 ? Say("format.duration.moment") : string.Join(' ', shown);
    }

    internal string Frozen(FrozenTime frozen, bool full) => frozen switch
    {
        { Time: null } => Day(frozen.Day, full),
        { Time: { } time, Zone: { } zone } => Moment(frozen.Day.At(time), Zone(zone), full),
        { Time: { } time, Offset: { } offset } => Moment(frozen.Day.At(time), OffsetOf(offset), full),
        { Time: { } time } => Local(frozen.Day.At(time), full),
    };

    private string Moment(LocalDateTime local, string zone, bool full) =>
        Say("format.moment", ("date", Day(local.Date, full)), ("time", Time(local.TimeOfDay)), ("zone", zone));

    // "America/Argentina/Buenos_Aires" is called Buenos Aires.
    private static string CityOf(string zoneId) => zoneId[(zoneId.LastIndexOf('/') + 1)..].Replace('_', ' ');

    private static string OffsetOf(Offset offset) => offset == Offset.Zero
        ? "UTC"
        : "UTC" + OffsetPattern.CreateWithInvariantCulture(offset.Seconds % 3600 == 0 ? "+H" : "+H:mm").Format(offset);

    private static string Number(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private string Say(string key, params (string Name, object Value)[] arguments) => texts.Plain(language, key, arguments);
}
