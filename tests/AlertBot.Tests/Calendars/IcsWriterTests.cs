using AlertBot.Tests.Support;
using AlertBot.Workflows.Cases;
using NodaTime;

namespace AlertBot.Tests.Calendars;

public class IcsWriterTests
{
    private static readonly Instant Stamp = Instant.FromUtc(2026, 3, 2, 9, 0);

    [Fact]
    public void A_day_is_a_day_in_every_zone_and_a_moment_is_one()
    {
        var calendar = new IcsWriter("Deadlines");
        calendar.Day("a@alertbot", Stamp, new LocalDate(2026, 12, 31), "K-7F3Q", "both");
        calendar.Moment("b@alertbot", Stamp, Instant.FromUtc(2026, 3, 4, 5, 0), "K-7F3Q", "both");

        var events = IcsReader.Events(calendar.End());
        Assert.Equal(("20261231", "20270101"), (events[0]["DTSTART;VALUE=DATE"], events[0]["DTEND;VALUE=DATE"]));
        Assert.Equal("20260304T050000Z", events[1]["DTSTART"]);
        Assert.All(events, one => Assert.Equal("20260302T090000Z", one["DTSTAMP"]));
        Assert.DoesNotContain("VALARM", calendar.End(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a;b,c\\d")]
    [InlineData("one\r\nBEGIN:VALARM\nEND:VEVENT\rEND:VCALENDAR")]
    [InlineData("\\n is no new line; \\\\ neither")]
    public void Whatever_a_text_holds_it_stays_a_text(string hostile)
    {
        var calendar = new IcsWriter(hostile);
        calendar.Day("a@alertbot", Stamp, new LocalDate(2026, 3, 2), hostile, hostile);

        var only = Assert.Single(IcsReader.Events(calendar.End()));
        Assert.Equal(hostile.ReplaceLineEndings("\n"), only["SUMMARY"]);
        Assert.Equal(hostile.ReplaceLineEndings("\n"), only["DESCRIPTION"]);
    }

    [Fact]
    public void A_long_text_is_folded_and_no_letter_is_cut() => Property.ForAll(AnyText, text =>
    {
        var calendar = new IcsWriter("Сроки");
        calendar.Day("a@alertbot", Stamp, new LocalDate(2026, 3, 2), text, text);

        Assert.Equal(text, Assert.Single(IcsReader.Events(calendar.End()))["SUMMARY"]);
    }, runs: 500);

    private static string AnyText(Random random)
    {
        string[] letters = ["ж", "Қ", "ў", "a", " ", ";", ",", "\\", "\n", "🔴", "–"];
        return string.Concat(Enumerable.Range(0, random.Next(300)).Select(_ => letters[random.Next(letters.Length)]));
    }
}
