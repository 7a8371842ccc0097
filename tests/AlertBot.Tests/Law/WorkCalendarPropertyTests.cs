using AlertBot.Domain.Law;
using AlertBot.Domain.Time;
using NodaTime;

namespace AlertBot.Tests.Law;

/// <summary>What a calendar may do to a limit, and what it never may: delay a date by a guess.</summary>
public sealed class WorkCalendarPropertyTests
{
    private const int Runs = 500;

    private static readonly string[] Moving = ["PROC-D", "PROC-M", "RU-PROC", "DE", "AT", "PL", "TR-D", "EU-1182", "AMMR"];
    private static readonly string[] Fixed = ["CUST-D", "CUST-M", "RU-CUST", "DUBLIN", "ECHR", "TREATY", "DOC"];
    private static readonly string[] Lengths =
        ["3 calendar_days", "10 calendar_days", "2 weeks", "1 calendar_months", "3 calendar_months", "1 years"];

    [Fact]
    public void Where_the_year_is_loaded_the_last_day_is_the_first_working_day_on_or_after_the_day_counted() =>
        Property.ForAll(Any(Moving), input =>
        {
            var counted = LastDay(input.Code, input.Length, input.Day, WorkCalendar.Unknown("KZ"));
            var last = LastDay(input.Code, input.Length, input.Day, input.Calendar);

            if (!input.Calendar.Knows(counted))
                return;

            Assert.True(last >= counted);
            for (var day = counted; day < last; day = day.PlusDays(1))
                Assert.False(input.Calendar.IsWorkingDay(day));
            Assert.True(input.Calendar.IsWorkingDay(last) || input.Calendar.OnOrAfter(counted) is null);
        }, Runs);

    [Fact]
    public void Where_the_year_is_not_loaded_the_earliest_end_stays_and_overdue_waits_for_what_the_law_keeps_free() =>
        Property.ForAll(Any(Moving), input =>
        {
            var limit = Limit(input.Code, input.Length, input.Day, input.Calendar);
            var counted = LastDay(input.Code, input.Length, input.Day, WorkCalendar.Unknown("KZ"));

            if (input.Calendar.Knows(counted))
                return;

            Assert.Equal(counted, limit.Earliest.Day);
            Assert.True(input.Calendar.MayBeWorked(limit.Latest.Day));
            Assert.DoesNotContain(Days(counted, limit.Latest.Day.PlusDays(-1)), input.Calendar.MayBeWorked);
            Assert.Contains(limit.Steps, step => step.Key == "law.step.calendar-missing");
        }, Runs);

    [Fact]
    public void Custody_treaties_and_the_courts_of_Europe_know_no_holidays() =>
        Property.ForAll(Any(Fixed), input =>
        {
            var (earliest, latest) = ShippedLaw.Ends(Limit(input.Code, input.Length, input.Day, input.Calendar));

            Assert.Equal(ShippedLaw.Ends(Limit(input.Code, input.Length, input.Day, WorkCalendar.Unknown("KZ"))), (earliest, latest));
        }, Runs);

    [Fact]
    public void So_many_working_days_later_so_many_working_days_have_passed() =>
        Property.ForAll(
            random => (AnyCalendar(random), AnyDay(random), Count: random.Next(1, 40)),
            input =>
            {
                var (calendar, day, count) = input;
                var end = calendar.After(day, count);

                Assert.True(calendar.IsWorkingDay(end));
                Assert.Equal(count, Days(day.PlusDays(1), end).Count(calendar.IsWorkingDay));
            },
            Runs);

    [Fact]
    public void A_calendar_of_nothing_but_holidays_ends_the_search_and_not_the_program()
    {
        var days = Days(new LocalDate(2025, 1, 1), new LocalDate(2025, 12, 31)).ToDictionary(day => day, _ => "holiday");
        var calendar = WorkCalendar.Unknown("KZ") with { DaysOff = days, Years = new HashSet<int> { 2025 } };

        Assert.Null(calendar.OnOrAfter(new LocalDate(2025, 6, 2)));
        Assert.Equal(new LocalDate(2026, 1, 1), Limit("PROC-D", "10 calendar_days", new LocalDate(2025, 6, 2), calendar).Latest.Day);
        Assert.Equal(new LocalDate(2025, 6, 12), LastDay("PROC-D", "10 calendar_days", new LocalDate(2025, 6, 2), calendar));
    }

    private static Limit Limit(string code, string length, LocalDate day, WorkCalendar calendar) =>
        SampleLaw.Limit(code, length, new When(day, null, ShippedLaw.Zone("Asia/Almaty"), Precision.Day), calendar);

    private static LocalDate LastDay(string code, string length, LocalDate day, WorkCalendar calendar) =>
        Limit(code, length, day, calendar).Earliest.Day;

    private static Func<Random, (string Code, string Length, LocalDate Day, WorkCalendar Calendar)> Any(string[] codes) => random =>
        (codes[random.Next(codes.Length)], Lengths[random.Next(Lengths.Length)], AnyDay(random), AnyCalendar(random));

    private static WorkCalendar AnyCalendar(Random random) => Calendars.Value[random.Next(Calendars.Value.Count)];

    // Full of holes: holidays and worked Saturdays at random, two years of three loaded.
    private static readonly Lazy<List<WorkCalendar>> Calendars = new(() => Enumerable.Range(1, 40).Select(seed => Invent(new Random(seed))).ToList());

    private static WorkCalendar Invent(Random random)
    {
        var years = Enumerable.Range(2021, 8).Where(_ => random.Next(3) > 0).ToHashSet();
        var off = Enumerable.Range(0, 200).Select(_ => AnyDay(random)).Where(day => years.Contains(day.Year)).Distinct().ToDictionary(
            day => day, _ => "holiday");
        var worked = Enumerable.Range(0, 60).Select(_ => AnyDay(random)).Where(day => years.Contains(day.Year) && !off.ContainsKey(day)).ToHashSet();
        return WorkCalendar.Unknown("KZ") with { Years = years, DaysOff = off, WorkedDays = worked };
    }

    private static LocalDate AnyDay(Random random) => new LocalDate(2021, 1, 1).PlusDays(random.Next(8 * 365));

    private static IEnumerable<LocalDate> Days(LocalDate first, LocalDate last)
    {
        for (var day = first; day <= last; day = day.PlusDays(1))
            yield return day;
    }
}
