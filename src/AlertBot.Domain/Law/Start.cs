using AlertBot.Domain.Time;
using NodaTime;
using NodaTime.Text;

namespace AlertBot.Domain.Law;

/// <summary>The start of a limit: the first and the last reading, and the steps that led to them.</summary>
internal sealed record Start(
    string Reading,
    LocalDate FirstDay,
    LocalDate LastDay,
    Instant First,
    Instant Last,
    Duration Width,
    int DaysApart,
    DateTimeZone Zone,
    IReadOnlyList<Step> Steps)
{
    public static Start From(When when, WhenWindow window, string reading) => new(
        reading, window.FirstDay, window.LastDay, window.First, window.Last, window.Width, window.DaysApart, when.Zone,
        [Describe(when, window, reading)]);

    /// <summary>
    /// A decision may become known on another day than it was taken. The cautious reading runs from the first of these days,
    /// the arguable one from the last.
    /// </summary>
    /// <param name="usual">The zone of days without one, if nobody knows when and where the decision was taken.</param>
    public static Start? FromNotice(Occasion occasion, DateTimeZone usual)
    {
        var notices = new[] { occasion.Served, occasion.Known }.OfType<LocalDate>().Order().ToList();

        if (occasion.Happened is not { Window: { } decided } when)
            return notices.Count == 0 ? null : FromDays(notices[0], notices[^1], occasion.Happened?.Zone ?? occasion.Sets?.Zone ?? usual);

        var start = From(when, decided, "law.step.decided");
        if (notices.Count == 0 || notices[^1] <= decided.LastDay)
            return start;

        var last = notices[^1];
        var steps = new List<Step>(start.Steps);
        if (occasion.Served is { } served)
            steps.Add(Step.Of("law.step.served", ("day", Iso(served))));
        if (occasion.Known is { } known)
            steps.Add(Step.Of("law.step.known", ("day", Iso(known))));

        var lost = Period.DaysBetween(decided.LastDay, last);
        steps.Add(Step.Of("law.step.days-lost", ("days", lost.ToString(System.Globalization.CultureInfo.InvariantCulture))));

        return start with { LastDay = last, Last = when.Zone.AtStartOfDay(last.PlusDays(1)).ToInstant(), Steps = steps };
    }

    private static Start FromDays(LocalDate first, LocalDate last, DateTimeZone zone) => new(
        "law.step.known", first, last,
        zone.AtStartOfDay(first).ToInstant(), zone.AtStartOfDay(last.PlusDays(1)).ToInstant(), Duration.Zero, 0, zone,
        [Step.Of("law.step.decision-day-unknown"), Step.Of("law.step.known", ("day", Iso(last)))]);

    private static Step Describe(When when, WhenWindow window, string reading) => when.Precision switch
    {
        _ when window.IsMoment => Step.Of(reading + ".moment", ("at", At(when, window)), ("zone", when.Zone.Id)),
        Precision.Night => Step.Of(reading + ".night", ("first", Iso(window.FirstDay)), ("last", Iso(window.LastDay)), ("zone", when.Zone.Id)),
        _ when window.DaysApart == 0 => Step.Of(reading + ".day", ("day", Iso(window.FirstDay)), ("zone", when.Zone.Id)),
        _ => Step.Of(reading + ".between", ("first", Iso(window.FirstDay)), ("last", Iso(window.LastDay)), ("zone", when.Zone.Id)),
    };

    private static string At(When when, WhenWindow window) =>
        window.First.InZone(when.Zone).ToString("uuuu-MM-dd HH:mm (o<g>)", System.Globalization.CultureInfo.InvariantCulture);

    private static string Iso(LocalDate day) => LocalDatePattern.Iso.Format(day);
}
