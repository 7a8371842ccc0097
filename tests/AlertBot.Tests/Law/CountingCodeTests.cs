using AlertBot.Domain.Law;

namespace AlertBot.Tests.Law;

/// <summary>One worked example for each convention by which days are counted, with the shipped calendars.</summary>
public sealed class CountingCodeTests
{
    /// <summary>Code, calendar, length, event, zone, earliest and latest end.</summary>
    public static readonly TheoryData<string, string, string, string, string, string, string> Examples = new()
    {
        // Elapsed time: Kazakhstan put its clocks back in between.
        { "H", "KZ", "72 hours", "2024-02-28T10:00", "Asia/Almaty", "2024-03-02T09:00", "2024-03-02T09:00" },

        // Custody: whether the day of detention counts as day 1 is left open, and no Sunday moves it (4 May 2025 is one).
        { "CUST-D", "KZ", "40 calendar_days", "2024-03-26", "Asia/Almaty", "2024-05-04", "2024-05-05" },
        { "CUST-D", "KZ", "40 calendar_days", "2025-03-25", "Asia/Almaty", "2025-05-03", "2025-05-04" },
        { "CUST-M", "KZ", "12 calendar_months", "2024-03-26", "Asia/Almaty", "2025-03-25", "2025-03-26" },
        { "RU-CUST", "RU", "2 calendar_months", "2025-01-31", "Europe/Moscow", "2025-03-30", "2025-03-31" },

        // Procedure: the day of the event does not count, a day off moves the end.
        { "PROC-D", "KZ", "10 calendar_days", "2023-07-31", "Asia/Almaty", "2023-08-10", "2023-08-10" },
        { "PROC-D", "KZ", "10 calendar_days", "2023-08-02", "Asia/Almaty", "2023-08-14", "2023-08-14" },
        { "PROC-M", "KZ", "3 calendar_months", "2023-07-31", "Asia/Almaty", "2023-10-31", "2023-10-31" },
        { "PROC-M", "KZ", "3 calendar_months", "2023-11-30", "Asia/Almaty", "2024-02-29", "2024-02-29" },
        { "PROC-WD", "KZ", "20 working_days", "2025-03-03", "Asia/Almaty", "2025-04-04", "2025-04-04" },
        { "RU-PROC", "RU", "10 calendar_days", "2025-04-29", "Europe/Moscow", "2025-05-12", "2025-05-12" },
        { "DE", "DE", "2 weeks", "2025-04-04", "Europe/Berlin", "2025-04-22", "2025-04-22" },
        { "AT", "AT", "2 weeks", "2025-04-04", "Europe/Vienna", "2025-04-22", "2025-04-22" },
        { "AT", "AT", "2 weeks", "2025-12-10", "Europe/Vienna", "2025-12-29", "2025-12-29" },
        { "PL", "PL", "14 calendar_days", "2024-12-10", "Europe/Warsaw", "2024-12-24", "2024-12-24" },
        { "PL", "PL", "14 calendar_days", "2025-12-10", "Europe/Warsaw", "2025-12-29", "2025-12-29" },
        { "TR-D", "TR", "7 calendar_days", "2025-03-24", "Europe/Istanbul", "2025-04-02", "2025-04-02" },
        { "TR-D", "TR", "7 calendar_days", "2025-10-21", "Europe/Istanbul", "2025-10-28", "2025-10-28" },
        { "EU-1182", "DE", "5 calendar_days", "2026-07-06", "Europe/Berlin", "2026-07-13", "2026-07-13" },
        { "EU-1182", "DE", "24 hours", "2026-07-10T12:00", "Europe/Berlin", "2026-07-11T12:00", "2026-07-11T12:00" },

        // The Union's new law moves from a Sunday: 19 July and 4 October 2026 (Reg. 2024/1351 art. 75(d)); but not from Good Friday,
        // 3 April 2026, which is no public holiday in Austria, for the earlier reading.
        { "AMMR", "AT", "2 weeks", "2026-07-05", "Europe/Vienna", "2026-07-20", "2026-07-20" },
        { "AMMR", "AT", "2 weeks", "2026-09-20", "Europe/Vienna", "2026-10-05", "2026-10-05" },
        { "AMMR", "AT", "2 weeks", "2026-03-20", "Europe/Vienna", "2026-04-03", "2026-04-07" },

        // Not moved, even from a Sunday.
        { "DUBLIN", "AT", "6 calendar_months", "2025-11-10", "Europe/Vienna", "2026-05-10", "2026-05-10" },
        { "ECHR", "PL", "4 calendar_months", "2025-06-12", "Europe/Warsaw", "2025-10-12", "2025-10-12" },
        { "TREATY", "KZ", "15 calendar_days", "2025-03-01", "Asia/Almaty", "2025-03-15", "2025-03-16" },

        // A document is valid to the day before, or to the same date; what is printed on it wins.
        { "DOC", "KZ", "3 calendar_months", "2024-02-23", "Asia/Almaty", "2024-05-22", "2024-05-23" },
        { "DOC", "KZ", "3 calendar_months", "2025-11-30", "Asia/Almaty", "2026-02-27", "2026-02-28" },
        { "DOC", "KZ", "12 calendar_months", "2024-02-29", "Asia/Almaty", "2025-02-27", "2025-02-28" },
    };

    [Theory]
    [MemberData(nameof(Examples))]
    public void Every_convention_counts_as_its_law_says(
        string code, string calendar, string length, string at, string zone, string earliest, string latest) =>
        Assert.Equal((earliest, latest), ShippedLaw.Ends(SampleLaw.Limit(code, length, ShippedLaw.At(at, zone), SampleLaw.CalendarOf(calendar))));

    [Fact]
    public void No_convention_is_without_an_example() =>
        Assert.Equal(CountingCodes.All.Order(), Examples.Select(row => (string)row[0]).Append("NONE").Distinct().Order());

    [Fact]
    public void A_provision_without_a_number_gives_no_end_but_a_reminder_from_the_event_on()
    {
        var result = Assert.IsType<LimitResult.NoNumber>(SampleLaw.Result("NONE", "none", ShippedLaw.At("2024-03-26T00:20")));

        Assert.Equal("2024-03-26T00:20", result.Limit.Earliest.LocalText);
        Assert.Contains(result.Limit.Steps, step => step.Key == "law.step.no-number");
    }

    [Theory]
    [InlineData("2024-05-20")]
    [InlineData("2024-06-20")]
    public void The_day_printed_on_a_document_wins_over_the_arithmetic(string printed)
    {
        var limit = SampleLaw.Limit("DOC", "3 calendar_months", ShippedLaw.At("2024-02-23"), printed: ShippedLaw.At(printed));

        Assert.Equal((printed, printed), ShippedLaw.Ends(limit));
    }

    [Theory]
    [InlineData("2023-08-07", "2023-08-07", "2023-08-07")]
    [InlineData("2023-08-21", "2023-08-10", "2023-08-21")]
    public void Of_the_day_printed_in_a_decision_and_the_catalogue_the_shorter_is_warned_on(string printed, string earliest, string latest)
    {
        var limit = SampleLaw.Limit("PROC-D", "10 calendar_days", ShippedLaw.At("2023-07-31"), SampleLaw.CalendarOf("KZ"), ShippedLaw.At(printed));

        Assert.Equal((earliest, latest), ShippedLaw.Ends(limit));
    }

    [Fact]
    public void Forty_days_from_a_day_known_only_by_its_month_run_from_its_first_and_from_its_last_day()
    {
        var limit = SampleLaw.Limit("CUST-D", "40 calendar_days", ShippedLaw.At("2022-09"));

        Assert.Equal(("2022-10-10", "2022-11-09"), ShippedLaw.Ends(limit));
    }

    [Theory]
    [InlineData("CUST-D", "20 calendar_days", "2022-09", true)]
    [InlineData("CUST-D", "40 calendar_days", "2022-09", false)]
    [InlineData("CUST-M", "6 calendar_months", "2022", true)]
    [InlineData("H", "72 hours", "2022-09", true)]
    [InlineData("H", "3 hours", "2022-09-13", true)]
    [InlineData("H", "23 hours", "2022-09-13", true)]
    [InlineData("H", "24 hours", "2022-09-13", false)]
    [InlineData("H", "72 hours", "2022-09-13", false)]
    public void A_time_more_uncertain_than_the_limit_is_long_gives_a_question_and_no_date(string code, string length, string at, bool isTooWide) =>
        Assert.Equal(isTooWide, SampleLaw.Result(code, length, ShippedLaw.At(at)) is LimitResult.TooWide);
}
