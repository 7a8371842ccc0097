using System.Globalization;
using AlertBot.Domain.Cases;
using AlertBot.Domain.Time;
using AlertBot.Workflows.Texts;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Evaluation;
using NodaTime;

namespace AlertBot.Workflows.Importing;

/// <summary>
/// Reads hearings from a calendar file (RFC 5545). Each entry is read by itself, so that one that is broken keeps out no other; of a series come the
/// hearings of one year.
/// </summary>
public static class HearingList
{
    /// <summary>More than these of one series is a mistake of whoever wrote the calendar.</summary>
    public const int MostOfSeries = 60;

    private const int LongestText = 300;
    private const int DaysAhead = 366;
    private const int MostVainSteps = 10_000;

    private static readonly Line OddSeries =
        new("import.series-odd", ("years", SeriesRule.MostYearsAgo), ("most", SeriesRule.MostInFile));

    /// <summary>How many entries the calendar has, without reading them.</summary>
    public static int Count(string text) => CalendarText.Of(text)?.Entries.Count ?? 0;

    /// <returns>The entries of the calendar; null: the file is none.</returns>
    public static IReadOnlyList<HearingLine>? Read(string text, Instant now)
    {
        if (CalendarText.Of(text) is not { } file)
            return null;

        var entries = file.Entries.Select(entry => (entry.Number, Read: EventOf(entry.Text), IsOdd: !SeriesRule.MayBeWorkedOut(entry.Text))).ToList();
        // An entry that moves one hearing of a series stands in for it.
        var moved = entries.Select(entry => entry.Read.Event).OfType<CalendarEvent>().Where(one => one.RecurrenceIdentifier is not null)
            .Select(one => (one.Uid ?? "", LocalDateTime.FromDateTime(one.RecurrenceIdentifier!.StartTime.Value))).ToHashSet();
        var series = 0;
        return entries.Select(entry => entry.Read.Event is not { } one
            ? new HearingLine(entry.Number, [], entry.IsOdd ? OddSeries : entry.Read.Problem ?? new Line("import.entry"))
            : LineOf(
                entry.Number, one, file.IsCancelled, now,
                entry.IsOdd || (one.RecurrenceRule is not null && ++series > SeriesRule.MostInFile), IsMoved(one, moved))).ToList();
    }

    private static Func<CalDateTime, bool> IsMoved(CalendarEvent one, HashSet<(string Uid, LocalDateTime At)> moved) =>
        at => one.RecurrenceIdentifier is null && moved.Contains((one.Uid ?? "", LocalDateTime.FromDateTime(at.Value)));

    private static HearingLine LineOf(
        int number, CalendarEvent one, bool isCancelled, Instant now, bool isOdd, Func<CalDateTime, bool> isMoved)
    {
        var words = new[] { one.Summary, one.Description, string.Join(' ', one.Categories ?? []), one.Location };
        var line = new HearingLine(number, [], null)
        {
            Code = words.SelectMany(said => CalendarText.Codes(said)).Cast<CaseCode?>().FirstOrDefault(),
            Summary = Shortened(one.Summary),
            Place = Shortened(one.Location),
            IsOurs = one.Uid?.EndsWith("@alertbot", StringComparison.Ordinal) == true,
            IsCancelled = isCancelled || !one.IsActive,
        };
        if (one.DtStart is null)
            return line with { Problem = new Line("import.entry-date") };

        if (isOdd || (one.RecurrenceRule is not null && one.DtStart.Value.Year < now.InUtc().Year - SeriesRule.MostYearsAgo))
            return line with { Problem = OddSeries };

        var (times, problem) = TimesOf(one, now, isMoved);
        return line with { Times = times, Problem = problem };
    }

    private static (IReadOnlyList<HearingTime> Times, Line? Problem) TimesOf(CalendarEvent one, Instant now, Func<CalDateTime, bool> isMoved)
    {
        if (one.RecurrenceRule is null && one.RecurrenceDates.GetAllDates().FirstOrDefault() is null)
            return ([HearingTime.Of(one.DtStart!)], null);
        if (one.RecurrenceRule?.Frequency is FrequencyType.Secondly or FrequencyType.Minutely or FrequencyType.Hourly)
            return ([], new Line("import.series", ("most", MostOfSeries)));

        try
        {
            var today = now.InUtc().Date;
            var (from, until) = (today.PlusDays(-1), today.PlusDays(DaysAhead));
            var times = one.GetOccurrences(
                    new CalDateTime(from.Year, from.Month, from.Day), new EvaluationOptions { MaxUnmatchedIncrementsLimit = MostVainSteps })
                .Select(occurrence => occurrence.Period.StartTime).TakeWhile(at => LocalDate.FromDateOnly(at.Date) <= until)
                .Where(at => !isMoved(at)).Take(MostOfSeries + 1).Select(HearingTime.Of).ToList();
            return times.Count > MostOfSeries ? ([], new Line("import.series", ("most", MostOfSeries))) : (times, null);
        }
        catch (Exception mistake) when (mistake is not OutOfMemoryException)
        {
            // Whatever the library stumbles over, it is this one entry. Its message may quote it.
            return ([], new Line("import.entry"));
        }
    }

    private static (CalendarEvent? Event, Line? Problem) EventOf(string text)
    {
        var (known, unknownZone) = CalendarText.WithKnownZones(text);
        if (unknownZone is not null)
            return (null, CaseList.UnknownZone(unknownZone));
        try
        {
            return (Ical.Net.Calendar.Load($"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{known}END:VCALENDAR\r\n")?.Events.FirstOrDefault(), null);
        }
        catch (Exception mistake) when (mistake is not OutOfMemoryException)
        {
            return (null, null);
        }
    }

    private static string? Shortened(string? text)
    {
        var clean = InsertedText.Clean(text ?? "").Trim();
        var signs = StringInfo.GetTextElementEnumerator(clean);
        var end = 0;
        while (signs.MoveNext() && signs.ElementIndex + signs.GetTextElement().Length <= LongestText)
            end = signs.ElementIndex + signs.GetTextElement().Length;
        return end == 0 ? null : clean[..end];
    }
}

/// <summary>One entry of a calendar. Prints as a mask.</summary>
/// <param name="Number">The number of its first line in the file.</param>
/// <param name="Times">When the hearings are; several of a series.</param>
/// <param name="Problem">Why it cannot be read.</param>
public sealed record HearingLine(int Number, IReadOnlyList<HearingTime> Times, Line? Problem)
{
    /// <summary>The case that it names.</summary>
    public CaseCode? Code { get; init; }

    public string? Summary { get; init; }

    public string? Place { get; init; }

    /// <summary>True for a date that our own calendar gave out.</summary>
    public bool IsOurs { get; init; }

    public bool IsCancelled { get; init; }

    public override string ToString() => $"(line {Number})";
}

/// <summary>When a hearing is: a day, or a time by the clock of a place, or a moment of which no place is told.</summary>
/// <param name="Zone">Null: that of the case.</param>
/// <param name="At">The moment, if the calendar names no wall clock.</param>
public sealed record HearingTime(LocalDate Day, LocalTime? Time, DateTimeZone? Zone, Instant? At = null)
{
    internal static HearingTime Of(CalDateTime at)
    {
        var local = LocalDateTime.FromDateTime(at.Value);
        return !at.HasTime ? new HearingTime(local.Date, null, null)
            : at.IsUtc ? new HearingTime(local.Date, local.TimeOfDay, null, local.InUtc().ToInstant())
            : new HearingTime(local.Date, local.TimeOfDay, at.TzId is { } id ? DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) : null);
    }

    /// <summary>As it stands on the timeline of a case in that zone.</summary>
    public When In(DateTimeZone zone) => At is { } at
        ? new When(at.InZone(zone).Date, at.InZone(zone).TimeOfDay, zone, Precision.Exact)
        : new When(Day, Time, Zone ?? zone, Time is null ? Precision.Day : Precision.Exact);
}
