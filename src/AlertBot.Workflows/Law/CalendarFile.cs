using AlertBot.Domain.Law;
using AlertBot.Workflows.Configuration;
using NodaTime;
using NodaTime.Text;

namespace AlertBot.Workflows.Law;

/// <summary>
/// Reads one <c>config/law/&lt;jurisdiction&gt;/calendar.yaml</c>. A calendar with a mistake is left out as a whole: a wrong one could move a
/// deadline to a day that is too late, while without one no earliest end is moved.
/// </summary>
internal sealed class CalendarFile(YamlSource source)
{
    private const int FirstYear = 1990;
    private const int LastYear = 2100;

    private static readonly LocalTimePattern Time = LocalTimePattern.CreateWithInvariantCulture("HH:mm");
    private static readonly AnnualDatePattern MonthAndDay = AnnualDatePattern.CreateWithInvariantCulture("MM-dd");

    public IReadOnlyList<WorkCalendar> Read(string text)
    {
        var before = source.ProblemCount;
        if (source.Parse(text) is not { } file)
            return [];

        file.AllowOnly("jurisdiction", "weekend", "every_year", "years", "only_in_procedure", "hours", "expected");
        var jurisdiction = file.Required("jurisdiction", "give the code that cases use, e.g. KZ") ?? "";
        var weekend = file.Texts("weekend").Select(day => Weekday(day.Text, day.Line)).OfType<IsoDayOfWeek>().ToHashSet();
        if (weekend.Count == 0)
            file.Report("weekend", "'weekend' is missing: name the days, e.g. [saturday, sunday]");

        var yearly = file.Maps("every_year").Select(ReadYearly).OfType<YearlyHoliday>().ToList();
        var draft = new Draft(weekend);

        if (file.Map("years") is { } years)
        {
            foreach (var key in years.Keys)
                ReadYear(key, years, yearly, draft);
        }

        var hours = ReadHours(file);
        var expected = ReadExpected(file);
        if (draft.Years.Count == 0)
            source.Report(file.Line, "no year is given under 'years': the calendar would move nothing");

        return source.ProblemCount == before
            ?
            [
                new WorkCalendar(jurisdiction, weekend, draft.DaysOff, draft.Worked, draft.Years)
                {
                    DaysOffByLaw = ByLawAlone(weekend, yearly, draft.Years, expected),
                    InProcedureOnly = file.Texts("only_in_procedure").Select(name => name.Text).ToHashSet(StringComparer.Ordinal),
                    Hours = hours ?? (new LocalTime(8, 0), new LocalTime(16, 0)),
                },
            ]
            : [];
    }

    private void ReadYear(string key, YamlMap years, List<YearlyHoliday> yearly, Draft draft)
    {
        if (!int.TryParse(key, System.Globalization.NumberStyles.None, null, out var year) || year is < FirstYear or > LastYear)
        {
            years.Report(key, $"'{key}' is no year between 1990 and 2100");
            return;
        }

        draft.Years.Add(year);
        var moving = AddYearly(year, yearly, draft);
        var map = years.Map(key);
        map?.AllowOnly("off", "moved", "worked", "checked", "source");
        if (map?.Map("off") is { } off)
        {
            foreach (var text in off.Keys)
            {
                if (DayIn(year, text, off.LineOf(text)) is { } day)
                    draft.DaysOff[day] = off.Text(text) ?? "holiday";
            }
        }

        foreach (var (text, line) in map?.Texts("worked") ?? [])
        {
            if (DayIn(year, text, line) is { } day)
                Work(day, line, draft);
        }

        foreach (var move in map?.Maps("moved") ?? [])
            ReadMove(year, move, draft);

        TakeInsteadOfWeekends(moving, draft);
    }

    private static List<LocalDate> AddYearly(int year, List<YearlyHoliday> yearly, Draft draft)
    {
        var moving = new List<LocalDate>();
        foreach (var holiday in yearly.Where(holiday => holiday.From <= year && year <= holiday.To))
        {
            var day = holiday.Day.InYear(year);
            draft.DaysOff[day] = holiday.Name;
            if (holiday.Moves)
                moving.Add(day);
        }

        return moving;
    }

    // The holidays that the law fixes without a decree, for years that are not loaded.
    private static Dictionary<LocalDate, string> ByLawAlone(
        HashSet<IsoDayOfWeek> weekend, List<YearlyHoliday> yearly, HashSet<int> loaded, Dictionary<LocalDate, string> expected)
    {
        var draft = new Draft(weekend);
        foreach (var (day, name) in expected.Where(pair => !loaded.Contains(pair.Key.Year)))
            draft.DaysOff[day] = name;
        for (var year = FirstYear; year <= LastYear; year++)
        {
            if (!loaded.Contains(year))
                TakeInsteadOfWeekends(AddYearly(year, yearly, draft), draft);
        }

        return draft.DaysOff;
    }

    // Approximate dates of feasts by the moon, which keep us from saying "overdue" too early.
    private Dictionary<LocalDate, string> ReadExpected(YamlMap file)
    {
        var expected = new Dictionary<LocalDate, string>();
        if (file.Map("expected") is not { } map)
            return expected;

        foreach (var text in map.Keys)
        {
            if (Day(text, map.LineOf(text)) is { } day)
                expected[day] = map.Text(text) ?? "holiday";
        }

        return expected;
    }

    private static (LocalTime Opens, LocalTime Closes)? ReadHours(YamlMap file)
    {
        if (file.Text("hours") is not { } text)
            return null;
        if (text.Split('-') is [var opens, var closes]
            && Time.Parse(opens.Trim()).TryGetValue(default, out var first) && Time.Parse(closes.Trim()).TryGetValue(default, out var last)
            && first < last)
            return (first, last);

        file.Report("hours", $"'{text}' are no hours: write them as 08:00-16:00");
        return null;
    }

    private void ReadMove(int year, YamlMap move, Draft draft)
    {
        move.AllowOnly("from", "to", "name");
        var from = move.Required("from", "the day of the weekend that is worked") is { } a ? Day(a, move.LineOf("from")) : null;
        var to = move.Required("to", "the weekday that is free instead") is { } b ? DayIn(year, b, move.LineOf("to")) : null;
        if (from is null || to is null)
            return;

        // A holiday on a weekend may be taken later without work on that weekend.
        if (!draft.DaysOff.ContainsKey(from.Value))
            Work(from.Value, move.LineOf("from"), draft);
        draft.DaysOff[to.Value] = move.Text("name") ?? $"day off moved from {LocalDatePattern.Iso.Format(from.Value)}";
    }

    private void Work(LocalDate day, long line, Draft draft)
    {
        if (!draft.Weekend.Contains(day.DayOfWeek))
            source.Report(line, $"{LocalDatePattern.Iso.Format(day)} is a {day.DayOfWeek}, which is worked anyway: check the date");
        else
            draft.Worked.Add(day);
    }

    // Several holidays in a row on a weekend take one working day each, in their order.
    private static void TakeInsteadOfWeekends(List<LocalDate> holidays, Draft draft)
    {
        foreach (var holiday in holidays.Order().Where(day => draft.Weekend.Contains(day.DayOfWeek)))
        {
            var instead = holiday;
            while (draft.DaysOff.ContainsKey(instead) || draft.Weekend.Contains(instead.DayOfWeek))
                instead = instead.PlusDays(1);

            draft.DaysOff[instead] = draft.DaysOff[holiday] + " (instead of the weekend)";
        }
    }

    private YearlyHoliday? ReadYearly(YamlMap map)
    {
        map.AllowOnly("day", "name", "moves", "from", "until");
        var name = map.Required("name", "say what is celebrated");
        if (map.Required("day", "write month and day, e.g. 12-16") is not { } text || name is null)
            return null;

        if (MonthAndDay.Parse(text).TryGetValue(default, out var day))
            return new YearlyHoliday(day, name, map.Flag("moves"), Year(map, "from") ?? 0, Year(map, "until") ?? 9999);

        map.Report("day", $"'{text}' is no day of the year: write month and day, e.g. 12-16");
        return null;
    }

    private static int? Year(YamlMap map, string key)
    {
        if (map.Text(key) is not { } text)
            return null;
        if (int.TryParse(text, System.Globalization.NumberStyles.None, null, out var year))
            return year;
        map.Report(key, $"'{text}' is no year");
        return null;
    }

    private IsoDayOfWeek? Weekday(string text, long line)
    {
        if (Words.Read<IsoDayOfWeek>(text) is { } day and not IsoDayOfWeek.None)
            return day;
        source.Report(line, $"'{text}' is no day of the week");
        return null;
    }

    private LocalDate? DayIn(int year, string text, long line)
    {
        var day = Day(text, line);
        if (day is null || day.Value.Year == year)
            return day;
        source.Report(line, $"{text} stands under {year}: move it to its own year");
        return null;
    }

    private LocalDate? Day(string text, long line)
    {
        if (LocalDatePattern.Iso.Parse(text).TryGetValue(default, out var day))
            return day;
        source.Report(line, $"'{text}' is no date: write it as 2024-05-08");
        return null;
    }

    private sealed record YearlyHoliday(AnnualDate Day, string Name, bool Moves, int From, int To);

    private sealed class Draft(HashSet<IsoDayOfWeek> weekend)
    {
        public HashSet<IsoDayOfWeek> Weekend => weekend;

        public Dictionary<LocalDate, string> DaysOff { get; } = [];

        public HashSet<LocalDate> Worked { get; } = [];

        public HashSet<int> Years { get; } = [];
    }
}
