using NodaTime;

namespace AlertBot.Tests.Law;

public sealed class ShippedCalendarTests
{
    [Fact]
    public void Eight_States_and_the_court_in_Strasbourg_have_a_calendar_and_nothing_is_wrong_in_it()
    {
        Assert.Empty(ShippedLaw.Folder.Problems);
        Assert.Equal(
            ["AT", "DE", "ECHR", "KG", "KZ", "PL", "RU", "TR", "UZ"], ShippedLaw.Book.Calendars.Select(calendar => calendar.Jurisdiction).Order());
    }

    [Theory]
    [InlineData("KZ", 2026)]
    [InlineData("UZ", 2026)]
    [InlineData("RU", 2026)]
    [InlineData("TR", 2026)]
    [InlineData("PL", 2028)]
    [InlineData("AT", 2028)]
    [InlineData("DE", 2028)]
    public void A_year_is_loaded_only_when_nothing_can_turn_its_Saturdays_into_working_days_any_more(string state, int last) =>
        Assert.Equal(Enumerable.Range(2022, last - 2021), SampleLaw.CalendarOf(state).Years.Order());

    [Theory]
    // A holiday on a weekend is taken later, several of them in a row, and never on another holiday.
    [InlineData("KZ", "2022-01-03", false)]
    [InlineData("KZ", "2022-01-04", false)]
    [InlineData("KZ", "2022-01-05", true)]
    [InlineData("KZ", "2022-05-10", false)]
    [InlineData("KZ", "2023-01-03", false)]
    [InlineData("KZ", "2026-03-24", false)]
    [InlineData("KZ", "2026-03-25", false)]
    // Religious holidays are not.
    [InlineData("KZ", "2022-07-11", true)]
    [InlineData("KZ", "2023-01-09", true)]
    [InlineData("KZ", "2024-01-08", true)]
    [InlineData("KZ", "2024-06-17", true)]
    [InlineData("KZ", "2023-06-28", false)]
    // Decrees: a Saturday worked for a weekday off.
    [InlineData("KZ", "2022-08-29", false)]
    [InlineData("KZ", "2022-08-27", true)]
    [InlineData("KZ", "2025-01-03", false)]
    [InlineData("KZ", "2025-01-05", true)]
    // Holidays that came and went.
    [InlineData("KZ", "2022-10-25", false)]
    [InlineData("KZ", "2022-12-19", true)]
    [InlineData("KZ", "2025-09-01", false)]
    [InlineData("KZ", "2026-08-31", true)]
    [InlineData("UZ", "2024-12-09", false)]
    [InlineData("UZ", "2022-10-03", true)]
    [InlineData("UZ", "2023-10-02", false)]
    [InlineData("UZ", "2023-04-29", false)]
    [InlineData("UZ", "2026-12-12", true)]
    [InlineData("UZ", "2026-03-20", false)]
    [InlineData("UZ", "2026-03-23", false)]
    [InlineData("UZ", "2026-03-24", true)]
    [InlineData("KG", "2026-03-20", false)]
    [InlineData("KG", "2026-03-09", true)]
    [InlineData("KG", "2026-05-08", false)]
    [InlineData("KG", "2026-05-11", true)]
    [InlineData("PL", "2028-04-17", false)]
    [InlineData("AT", "2028-06-15", false)]
    [InlineData("DE", "2028-06-15", true)]
    [InlineData("RU", "2022-05-10", false)]
    [InlineData("RU", "2023-11-06", false)]
    [InlineData("RU", "2024-11-02", true)]
    [InlineData("RU", "2025-02-24", true)]
    [InlineData("RU", "2025-06-13", false)]
    [InlineData("RU", "2026-01-09", false)]
    [InlineData("TR", "2022-07-15", false)]
    [InlineData("TR", "2025-10-28", true)]
    [InlineData("TR", "2026-05-26", true)]
    [InlineData("TR", "2026-05-29", false)]
    [InlineData("PL", "2024-12-24", true)]
    [InlineData("PL", "2025-12-24", false)]
    [InlineData("PL", "2026-06-04", false)]
    [InlineData("AT", "2025-04-18", false)]
    [InlineData("AT", "2024-12-24", false)]
    [InlineData("DE", "2025-12-24", true)]
    [InlineData("DE", "2025-06-19", true)]
    [InlineData("DE", "2025-10-31", true)]
    public void Days_are_free_or_worked_as_laws_and_decrees_say(string state, string day, bool isWorked) =>
        Assert.Equal(isWorked, SampleLaw.CalendarOf(state).IsWorkingDay(Day(day)));

    [Fact]
    public void The_movable_holidays_of_Christians_lie_at_their_distance_from_Easter()
    {
        int[] fromEasterSunday = [-2, 1, 39, 50, 60];
        foreach (var state in new[] { "PL", "AT", "DE" })
        {
            var calendar = SampleLaw.CalendarOf(state);
            foreach (var year in calendar.Years)
            {
                // Days off in spring without a fixed date.
                var movable = calendar.DaysOff.Keys.Where(
                    day => day.Year == year && day.Month is >= 3 and <= 6 && day is not ({ Month: 5, Day: 1 or 3 }));
                Assert.All(movable, day => Assert.Contains(Period.DaysBetween(Easter(year), day), fromEasterSunday));
            }
        }
    }

    [Fact]
    public void Every_day_that_was_worked_instead_lies_on_a_weekend_and_pays_for_a_weekday_off() =>
        Assert.All(ShippedLaw.Book.Calendars, calendar =>
        {
            Assert.All(calendar.WorkedDays, day => Assert.Contains(day.DayOfWeek, calendar.Weekend));
            Assert.All(calendar.WorkedDays.GroupBy(day => day.Year), year => Assert.True(
                calendar.DaysOff.Keys.Count(day => day.Year == year.Key && !calendar.Weekend.Contains(day.DayOfWeek)) >= year.Count()));
        });

    [Fact]
    public void An_end_on_New_Years_Eve_moves_into_a_year_that_is_not_loaded_only_for_the_latest_reading()
    {
        var limit = SampleLaw.Limit("RU-PROC", "10 calendar_days", ShippedLaw.At("2026-12-21", "Europe/Moscow"), SampleLaw.CalendarOf("RU"));

        // Labour Code art. 112: 1 to 8 January, and 9 and 10 January 2027 are a weekend.
        Assert.Equal(("2026-12-31", "2027-01-11"), ShippedLaw.Ends(limit));
        Assert.False(SampleLaw.CalendarOf("RU").IsWorkingDay(limit.Earliest.Day));
        Assert.Contains(limit.Steps, step => step.Key == "law.step.calendar-missing" && step.Arguments.Any(argument => argument.Value == "2027"));
    }

    [Fact]
    public void Where_a_year_is_not_loaded_only_the_latest_reading_is_moved_and_the_arithmetic_says_so()
    {
        // 6 March 2027 is a Saturday, and 8 March a holiday by the law itself.
        var limit = ShippedLaw.Limit("KZ-CAO-APPEAL-10D", ShippedLaw.At("2027-02-24"));

        Assert.Equal(("2027-03-06", "2027-03-09"), ShippedLaw.Ends(limit));
        var note = Assert.Single(limit.Steps, step => step.Key == "law.step.calendar-missing");
        Assert.Equal(["KZ", "2027"], note.Arguments.Select(argument => argument.Value));
    }

    [Theory]
    // 1 January 2027 is a Friday; 2 January, a Saturday, is taken on Monday 4 January (Labour Code of Kazakhstan).
    [InlineData("PROC-D", "KZ", "2026-12-22", "Asia/Almaty", "2027-01-01", "2027-01-05")]
    // Ramazan Bayrami of 2027 is expected from 9 to 11 March: too early to say "overdue", too unsure to move a warning.
    [InlineData("TR-D", "TR", "2027-02-27", "Europe/Istanbul", "2027-03-09", "2027-03-12")]
    public void Of_a_year_that_no_decree_has_settled_only_overdue_waits(
        string code, string state, string at, string zone, string earliest, string latest) =>
        Assert.Equal(
            (earliest, latest), ShippedLaw.Ends(SampleLaw.Limit(code, "10 calendar_days", ShippedLaw.At(at, zone), SampleLaw.CalendarOf(state))));

    [Fact]
    public void A_move_names_the_day_the_holiday_and_the_new_day()
    {
        var limit = ShippedLaw.Limit("KZ-CAO-APPEAL-10D", ShippedLaw.At("2025-02-26"));

        var move = Assert.Single(limit.Steps, step => step.Key == "law.step.moved");
        Assert.Equal(["2025-03-08", "International Women's Day", "2025-03-11"], move.Arguments.Select(argument => argument.Value));
    }

    [Fact]
    public void A_custody_limit_that_ends_on_a_holiday_says_that_it_is_not_moved()
    {
        var limit = ShippedLaw.Limit("KZ-PROV-40D", ShippedLaw.At("2024-03-29"));

        var stays = limit.Steps.Where(step => step.Key == "law.step.never-moved").ToList();
        Assert.Contains(stays, step => step.Arguments.Any(argument => argument.Value == "2024-05-08"));
    }

    // The anonymous Gregorian algorithm (Meeus, Jones, Butcher).
    private static LocalDate Easter(int year)
    {
        var (a, b, c) = (year % 19, year / 100, year % 100);
        var h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
        var l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
        var m = (a + 11 * h + 22 * l) / 451;
        var sum = h + l - 7 * m + 114;
        return new LocalDate(year, sum / 31, sum % 31 + 1);
    }

    private static LocalDate Day(string text) => NodaTime.Text.LocalDatePattern.Iso.Parse(text).Value;
}
