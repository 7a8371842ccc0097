using AlertBot.Domain.Time;
using AlertBot.Workflows.Importing;
using NodaTime;

namespace AlertBot.Tests.Importing;

public sealed class HearingListTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 2, 9, 0);
    private static readonly DateTimeZone Almaty = DateTimeZoneProviders.Tzdb["Asia/Almaty"];

    [Theory]
    [InlineData("DTSTART;TZID=Asia/Almaty:20260320T100000", "2026-03-20 10:00")]
    [InlineData("DTSTART;TZID=\"/citadel.org/20190914_1/Asia/Almaty\":20260320T100000", "2026-03-20 10:00")]
    [InlineData("DTSTART;TZID=Qyzylorda Standard Time:20260320T100000", "2026-03-20 10:00")]
    [InlineData("DTSTART:20260320T050000Z", "2026-03-20 10:00")]
    [InlineData("DTSTART:20260320T100000", "2026-03-20 10:00")]
    [InlineData("DTSTART;VALUE=DATE:20260320", "2026-03-20")]
    public void A_hearing_is_when_the_calendar_says_by_the_clock_of_its_place(string start, string expected)
    {
        var line = Assert.Single(Read(start));

        var when = Assert.Single(line.Times).In(Almaty);
        Assert.Null(line.Problem);
        var wanted = WhenText.Read(expected, Almaty)!;
        Assert.Equal((wanted.Day, wanted.Time, wanted.Window), (when.Day, when.Time, when.Window));
    }

    [Fact]
    public void A_series_gives_the_hearings_of_a_year_without_those_that_are_left_out_or_moved()
    {
        var lines = HearingList.Read(
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nSUMMARY:K-7F3Q trial\nDTSTART;TZID=Asia/Almaty:20260301T100000\n"
            + "RRULE:FREQ=WEEKLY;COUNT=6\nEXDATE;TZID=Asia/Almaty:20260315T100000\nEND:VEVENT\n"
            + "BEGIN:VEVENT\nUID:a\nSUMMARY:K-7F3Q trial\nRECURRENCE-ID;TZID=Asia/Almaty:20260322T100000\n"
            + "DTSTART;TZID=Asia/Almaty:20260324T140000\nEND:VEVENT\nEND:VCALENDAR\n", Now)!;

        Assert.Equal(["03-01", "03-08", "03-29", "04-05"], lines[0].Times.Select(time => $"{time.Day:MM-dd}"));
        Assert.Equal("03-24", $"{Assert.Single(lines[1].Times).Day:MM-dd}");
        Assert.All(lines, line => Assert.Equal("K-7F3Q", line.Code?.Text));
    }

    [Theory]
    [InlineData("RRULE:FREQ=DAILY")]
    [InlineData("RRULE:FREQ=SECONDLY")]
    [InlineData("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31")]
    public void A_rule_without_end_or_without_a_day_ends(string rule)
    {
        var line = Assert.Single(Read("DTSTART;TZID=Asia/Almaty:20260301T100000\n" + rule));

        Assert.True(line.Problem is not null || line.Times.Count == 0, $"{line.Times.Count} hearings");
    }

    [Theory]
    [InlineData("DTSTART:20260301T100000Z", "RRULE:FREQ=YEARLY;BYMONTH=1,2,3;BYHOUR=0,1,2;BYMINUTE=0,1,2;BYSECOND=0,1,2;BYSETPOS=-1")]
    [InlineData("DTSTART:20260301T100000Z", "RRULE:FREQ=DAILY;BYSECOND=1;BYSECOND=2")]
    [InlineData("DTSTART:20260301T100000Z", "rrule:freq=minutely;count=3")]
    [InlineData("DTSTART:20260301T100000Z", "RRULE;X=\"a:FREQ=DAILY;Y\":FREQ=YEARLY;BYHOUR=1,2")]
    [InlineData("DTSTART:20260301T100000Z", "RRULE:FREQ=DAILY;COUNT=2\nRRULE:FREQ=YEARLY;COUNT=2")]
    [InlineData("DTSTART:00010101T100000Z", "RRULE:FREQ=DAILY;COUNT=2")]
    public void A_series_of_a_kind_that_hearings_are_not_is_refused_before_it_is_worked_out(string start, string rule) =>
        Assert.Equal("import.series-odd", Assert.Single(Read($"{start}\n{rule}")).Problem?.Key);

    // Worked out, this one would hold thirty million hearings in memory.
    [Fact]
    public void A_rule_that_stands_for_millions_of_hearings_costs_nothing()
    {
        static string All(int most, int first = 0) => string.Join(',', Enumerable.Range(first, most));
        var rule = $"RRULE:FREQ=YEARLY;BYMONTH={All(12, 1)};BYMONTHDAY={All(31, 1)};BYHOUR={All(24)}"
            + $";BYMINUTE={All(60)};BYSECOND={All(60)};BYSETPOS=-1";

        Assert.Equal("import.series-odd", Assert.Single(Read("DTSTART:20260301T100000Z\n" + rule)).Problem?.Key);
        Assert.Equal("import.series-odd", Assert.Single(Read("DTSTART:20260301T100000Z\nRRULE:FREQ=DAILY;BYYEARDAY=" + All(300, 1))).Problem?.Key);
    }

    [Fact]
    public void An_hour_that_a_program_repeats_in_its_rule_is_no_such_kind() => Assert.Equal(
        2, Assert.Single(Read("DTSTART;TZID=Asia/Almaty:20260320T100000\nRRULE:FREQ=WEEKLY;COUNT=2;BYDAY=FR;BYHOUR=10;BYMINUTE=0")).Times.Count);

    [Fact]
    public void One_entry_that_is_broken_keeps_out_no_other()
    {
        var lines = HearingList.Read(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nSUMMARY:no date\r\nEND:VEVENT\r\n"
            + "BEGIN:VEVENT\r\nDTSTART:20269999T990000\r\nEND:VEVENT\r\n"
            + "BEGIN:VEVENT\r\nDTSTART;TZID=Nowhere/Atall:20260320T100000\r\nEND:VEVENT\r\n"
            + "BEGIN:VEVENT\r\nSUMMARY:Hearing\r\n  of k-7f3q\r\nDTSTART;VALUE=DATE:20260320\r\n"
            + "BEGIN:VALARM\r\nDTSTART:x\r\nEND:VALARM\r\nEND:VEVENT\r\n"
            + "BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260321", Now)!;

        Assert.Equal(
            ["import.entry-date", "import.entry", "import.zone", null, "import.entry"], lines.Select(line => line.Problem?.Key).Select(Dated));
        Assert.Equal([3, 6, 9, 12, 20], lines.Select(line => line.Number));
        Assert.Equal(("K-7F3Q", "Hearing of k-7f3q"), (lines[3].Code?.Text, lines[3].Summary));

        // An impossible date is no date.
        static string? Dated(string? key, int at) => at == 1 && key == "import.entry-date" ? "import.entry" : key;
    }

    [Fact]
    public void What_is_cancelled_or_our_own_is_known_as_that()
    {
        Assert.True(Assert.Single(Read("STATUS:CANCELLED\nDTSTART;VALUE=DATE:20260320")).IsCancelled);
        Assert.True(Assert.Single(Read("UID:0123-latest@alertbot\nDTSTART;VALUE=DATE:20260320")).IsOurs);
        Assert.True(Assert.Single(HearingList.Read(
            "BEGIN:VCALENDAR\nMETHOD:CANCEL\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20260320\nEND:VEVENT\nEND:VCALENDAR", Now)!).IsCancelled);
        Assert.Null(HearingList.Read("names,zone\nA,B", Now));
    }

    [Fact]
    public void Whatever_a_calendar_holds_it_is_read_to_its_end() => Property.ForAll(
        random =>
        {
            string[] pieces =
            [
                "BEGIN:VEVENT\n", "END:VEVENT\n", "DTSTART:2026", "0320T100000", "Z\n", ";TZID=", "Asia/Almaty:", "RRULE:FREQ=DAILY;COUNT=3\n", "\n ",
                "SUMMARY:", "\\n\\,\\", "K-7F3Q", "\u202E", "\"", "\r", "RDATE:x\n", "RECURRENCE-ID:20260320\n", "EXDATE:,\n", "DURATION:P1D\n",
            ];
            return "BEGIN:VCALENDAR\n" + string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => pieces[random.Next(pieces.Length)]));
        },
        text => Assert.NotNull(HearingList.Read(text, Now)), runs: 1_000);

    private static IReadOnlyList<HearingLine> Read(string properties) =>
        HearingList.Read($"BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\n{properties}\nEND:VEVENT\nEND:VCALENDAR\n", Now)!;
}
