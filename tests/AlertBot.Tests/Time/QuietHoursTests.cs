using AlertBot.Domain.Time;
using NodaTime;

namespace AlertBot.Tests.Time;

public class QuietHoursTests
{
    // Cairo moves its clocks at midnight, Lord Howe by half an hour; Apia once left out a whole day.
    private static readonly string[] Zones =
        ["Asia/Almaty", "Asia/Tashkent", "Europe/Warsaw", "Europe/London", "Africa/Cairo",
            "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "UTC"];

    [Theory]
    [InlineData("22:00-08:00", "22:00-08:00")]
    [InlineData("22-8", "22:00-08:00")]
    [InlineData(" 9.30 – 17:05 ", "09:30-17:05")]
    [InlineData("00:00-9:00", "00:00-09:00")]
    public void Hours_are_read_as_people_type_them(string typed, string read) => Assert.Equal(read, QuietHours.Read(typed)?.ToString());

    [Theory]
    [InlineData("")]
    [InlineData("22:00")]
    [InlineData("22:00-22:00")]
    [InlineData("24:00-08:00")]
    [InlineData("22:60-08:00")]
    [InlineData("06:00-23:00")]
    [InlineData("-5-8")]
    [InlineData("Almaty")]
    public void What_is_no_span_or_too_long_is_not_taken(string typed) => Assert.Null(QuietHours.Read(typed));

    [Fact]
    public void A_message_in_the_night_comes_in_the_morning_of_the_same_night()
    {
        var almaty = DateTimeZoneProviders.Tzdb["Asia/Almaty"];
        var quiet = QuietHours.Read("22:00-08:00")!;

        Assert.Equal(Instant.FromUtc(2026, 3, 3, 3, 0), quiet.OpenFrom(Instant.FromUtc(2026, 3, 2, 17, 0), almaty));
        Assert.Equal(Instant.FromUtc(2026, 3, 3, 3, 0), quiet.OpenFrom(Instant.FromUtc(2026, 3, 2, 22, 0), almaty));
        Assert.Equal(Instant.FromUtc(2026, 3, 3, 3, 0), quiet.OpenFrom(Instant.FromUtc(2026, 3, 3, 3, 0), almaty));
    }

    [Fact]
    public void The_night_in_which_the_clocks_change_ends_by_the_clock_on_the_wall()
    {
        var warsaw = DateTimeZoneProviders.Tzdb["Europe/Warsaw"];
        var quiet = QuietHours.Read("22:00-08:00")!;

        Assert.Equal(Instant.FromUtc(2026, 3, 29, 6, 0), quiet.OpenFrom(Instant.FromUtc(2026, 3, 28, 22, 0), warsaw));
        Assert.Equal(Instant.FromUtc(2026, 10, 25, 7, 0), quiet.OpenFrom(Instant.FromUtc(2026, 10, 24, 22, 0), warsaw));
    }

    [Fact]
    public void Quiet_hours_that_end_at_a_time_that_comes_twice_end_with_the_second_of_them()
    {
        var quiet = QuietHours.Read("22:00-02:30")!;

        // 02:15 for the second time.
        Assert.Equal(
            Instant.FromUtc(2026, 10, 25, 1, 30), quiet.OpenFrom(Instant.FromUtc(2026, 10, 25, 1, 15), DateTimeZoneProviders.Tzdb["Europe/Warsaw"]));
    }

    [Fact]
    public void Nothing_comes_while_the_wall_clock_says_quiet_and_nothing_is_ever_early_or_lost() => Property.ForAll(Any, input =>
    {
        var (quiet, zone, now) = input;
        var open = quiet.OpenFrom(now, zone);

        Assert.True(open >= now);
        Assert.True(open - now <= QuietHours.Longest + Duration.FromHours(25));
        Assert.Equal(open, quiet.OpenFrom(open, zone));
        Assert.False(IsQuiet(quiet, open.InZone(zone).TimeOfDay), "it comes in the middle of the quiet hours");
    }, runs: 20_000);

    [Fact]
    public void By_day_nothing_waits() => Property.ForAll(Any, input =>
    {
        var (quiet, zone, now) = input;

        // Around a change of the clocks an hour may count as both; two hours off is day for certain.
        var isDay = Enumerable.Range(-2, 5).All(hours => !IsQuiet(quiet, (now + Duration.FromHours(hours)).InZone(zone).TimeOfDay));
        if (isDay)
            Assert.Equal(now, quiet.OpenFrom(now, zone));
    }, runs: 20_000);

    private static bool IsQuiet(QuietHours quiet, LocalTime at) =>
        quiet.From < quiet.To ? at >= quiet.From && at < quiet.To : at >= quiet.From || at < quiet.To;

    private static (QuietHours Quiet, DateTimeZone Zone, Instant Now) Any(Random random)
    {
        while (true)
        {
            var text = $"{random.Next(24)}:{random.Next(4) * 15:00}-{random.Next(24)}:{random.Next(4) * 15:00}";
            if (QuietHours.Read(text) is { } quiet)
            {
                var zone = DateTimeZoneProviders.Tzdb[Zones[random.Next(Zones.Length)]];
                return (quiet, zone, Instant.FromUtc(2011, 1, 1, 0, 0) + Duration.FromMinutes(random.Next(17 * 366 * 24 * 60)));
            }
        }
    }
}
