using NodaTime;

namespace AlertBot.Tests.Law;

/// <summary>A calendar with a mistake is left out as a whole, because a wrong one could make a deadline too late.</summary>
public sealed class CalendarFileTests
{
    private const string Good = """
        jurisdiction: XX
        weekend: [saturday, sunday]
        every_year:
          - { day: 05-01, name: First of May, moves: true }
          - { day: 12-24, name: Christmas Eve, from: 2025 }
          - { day: 06-01, name: Old holiday, until: 2024 }
        years:
          2024:
            off:
              2024-03-29: Good Friday
          2025:
            source: an invented decree
            checked: 2025-01-01
            off:
              2025-04-18: Good Friday
            worked: [2025-01-04]
            moved:
              - { from: 2025-03-08, to: 2025-03-07 }
        """;

    [Fact]
    public void A_good_file_gives_a_calendar()
    {
        var (calendars, problems) = SampleLaw.ReadCalendar(Good);

        Assert.Empty(problems);
        var calendar = Assert.Single(calendars);
        Assert.Equal([2024, 2025], calendar.Years.Order());
        Assert.False(calendar.IsWorkingDay(new LocalDate(2024, 6, 1)));
        Assert.Equal("sunday", calendar.WhyOff(new LocalDate(2025, 6, 1)));
        Assert.True(calendar.IsWorkingDay(new LocalDate(2024, 12, 24)));
        Assert.False(calendar.IsWorkingDay(new LocalDate(2025, 12, 24)));
        Assert.True(calendar.IsWorkingDay(new LocalDate(2025, 1, 4)));
        Assert.True(calendar.IsWorkingDay(new LocalDate(2025, 3, 8)));
        Assert.False(calendar.IsWorkingDay(new LocalDate(2025, 3, 7)));
        Assert.Equal("day off moved from 2025-03-08", calendar.WhyOff(new LocalDate(2025, 3, 7)));
    }

    [Theory]
    [InlineData("jurisdiction: XX\n", "", 1, "'jurisdiction' is missing")]
    [InlineData("weekend: [saturday, sunday]\n", "", 1, "'weekend' is missing")]
    [InlineData("[saturday, sunday]", "[saturday, sonntag]", 2, "'sonntag' is no day of the week")]
    [InlineData("every_year:", "everyyear:", 3, "unknown key 'everyyear' (did you mean 'every_year'?)")]
    [InlineData("day: 05-01", "day: 1 May", 4, "'1 May' is no day of the year")]
    [InlineData("day: 05-01", "day: 02-30", 4, "'02-30' is no day of the year")]
    [InlineData("name: First of May, moves: true", "moves: true", 4, "'name' is missing")]
    [InlineData("moves: true", "moves: perhaps", 4, "'moves' must be true or false")]
    [InlineData("from: 2025", "from: lately", 5, "'lately' is no year")]
    [InlineData("  2025:\n", "  25:\n", 11, "'25' is no year between 1990 and 2100")]
    [InlineData("  2025:\n", "  next:\n", 11, "'next' is no year between 1990 and 2100")]
    [InlineData("2025-04-18: Good Friday", "2024-04-18: Good Friday", 15, "2024-04-18 stands under 2025")]
    [InlineData("2025-04-18: Good Friday", "18 April: Good Friday", 15, "'18 April' is no date")]
    [InlineData("worked: [2025-01-04]", "worked: [2025-01-06]", 16, "2025-01-06 is a Monday, which is worked anyway")]
    [InlineData("from: 2025-03-08", "from: 2025-03-06", 18, "2025-03-06 is a Thursday, which is worked anyway")]
    [InlineData("to: 2025-03-07", "till: 2025-03-07", 18, "unknown key 'till'")]
    [InlineData("to: 2025-03-07", "to: 2026-03-07", 18, "2026-03-07 stands under 2025")]
    [InlineData("source: an invented decree", "sorce: an invented decree", 12, "unknown key 'sorce' (did you mean 'source'?)")]
    public void A_mistake_is_named_with_its_line_and_the_calendar_is_left_out(string right, string wrong, long line, string text)
    {
        var (calendars, problems) = SampleLaw.ReadCalendar(Good.Replace(right, wrong, StringComparison.Ordinal));

        Assert.Empty(calendars);
        Assert.Contains(
            problems, problem => problem.File == "calendar.yaml" && problem.Line == line && problem.Text.Contains(text, StringComparison.Ordinal));
    }

    [Fact]
    public void A_calendar_without_a_year_is_a_problem()
    {
        var (calendars, problems) = SampleLaw.ReadCalendar(Good[..Good.IndexOf("years:", StringComparison.Ordinal)]);

        Assert.Empty(calendars);
        Assert.Contains("no year is given", Assert.Single(problems).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_year_that_has_nothing_of_its_own_still_has_what_comes_every_year()
    {
        var (calendars, problems) = SampleLaw.ReadCalendar(Good + "\n  2026:\n");

        Assert.Empty(problems);
        Assert.False(Assert.Single(calendars).IsWorkingDay(new LocalDate(2026, 12, 24)));
    }

    [Fact]
    public void Holidays_in_a_row_on_a_weekend_take_one_working_day_each_in_their_order()
    {
        var (calendars, problems) = SampleLaw.ReadCalendar("""
            jurisdiction: XX
            weekend: [saturday, sunday]
            every_year:
              - { day: 03-21, name: First, moves: true }
              - { day: 03-22, name: Second, moves: true }
              - { day: 03-23, name: Third, moves: true }
            years:
              2026:
            """);

        Assert.Empty(problems);
        var calendar = Assert.Single(calendars);
        Assert.Equal("First (instead of the weekend)", calendar.WhyOff(new LocalDate(2026, 3, 24)));
        Assert.Equal("Second (instead of the weekend)", calendar.WhyOff(new LocalDate(2026, 3, 25)));
        Assert.True(calendar.IsWorkingDay(new LocalDate(2026, 3, 26)));
    }

    [Fact]
    public void A_holiday_on_a_weekend_may_be_moved_by_decree_without_that_weekend_being_worked()
    {
        var (calendars, problems) = SampleLaw.ReadCalendar("""
            jurisdiction: XX
            weekend: [saturday, sunday]
            every_year:
              - { day: 01-04, name: New Year holidays }
            years:
              2025:
                moved:
                  - { from: 2025-01-04, to: 2025-05-02 }
            """);

        Assert.Empty(problems);
        var calendar = Assert.Single(calendars);
        Assert.False(calendar.IsWorkingDay(new LocalDate(2025, 1, 4)));
        Assert.False(calendar.IsWorkingDay(new LocalDate(2025, 5, 2)));
    }
}
