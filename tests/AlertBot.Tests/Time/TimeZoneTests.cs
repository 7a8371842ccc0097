using AlertBot.Domain.Time;
using AlertBot.Tests.Law;
using NodaTime;
using NodaTime.TimeZones;

namespace AlertBot.Tests.Time;

/// <summary>What the tz database says of the places where the law applies, and what follows for limits.</summary>
public sealed class TimeZoneTests
{
    private static readonly Instant KazakhChange = Instant.FromUtc(2024, 2, 29, 18, 0);

    [Theory]
    [InlineData("Asia/Almaty", 6, 5)]
    [InlineData("Asia/Qostanay", 6, 5)]
    [InlineData("Asia/Qyzylorda", 5, 5)]
    [InlineData("Asia/Aqtobe", 5, 5)]
    [InlineData("Asia/Aqtau", 5, 5)]
    [InlineData("Asia/Atyrau", 5, 5)]
    [InlineData("Asia/Oral", 5, 5)]
    public void Kazakhstan_has_kept_one_time_since_1_March_2024(string zone, int before, int after)
    {
        Assert.Equal(Offset.FromHours(before), ShippedLaw.Zone(zone).GetUtcOffset(KazakhChange - Duration.Epsilon));
        Assert.Equal(Offset.FromHours(after), ShippedLaw.Zone(zone).GetUtcOffset(KazakhChange));
    }

    [Theory]
    [InlineData("Asia/Tashkent", 5)]
    [InlineData("Asia/Samarkand", 5)]
    [InlineData("Asia/Bishkek", 6)]
    [InlineData("Europe/Istanbul", 3)]
    public void Uzbekistan_Kyrgyzstan_and_Turkey_have_no_summer_time(string zone, int hours) =>
        Assert.Single(
            ShippedLaw.Zone(zone).GetZoneIntervals(Instant.FromUtc(2020, 1, 1, 0, 0), Instant.FromUtc(2028, 1, 1, 0, 0)),
            interval => interval.WallOffset == Offset.FromHours(hours));

    [Fact]
    public void The_29th_of_February_2024_had_25_hours_in_Almaty() =>
        Assert.Equal(Duration.FromHours(25), ShippedLaw.At("2024-02-29").Window!.Width);

    [Fact]
    public void A_wall_time_that_came_twice_that_night_may_be_either_and_a_limit_in_hours_ends_an_hour_apart()
    {
        var window = ShippedLaw.At("2024-02-29T23:30").Window!;
        var limit = ShippedLaw.Limit("KZ-DET-72H", ShippedLaw.At("2024-02-29T23:30"));

        Assert.True(window.IsMoment);
        Assert.Equal((Instant.FromUtc(2024, 2, 29, 17, 30), Instant.FromUtc(2024, 2, 29, 18, 30)), (window.First, window.Last));
        Assert.Equal(("2024-03-03T22:30", "2024-03-03T23:30"), ShippedLaw.Ends(limit));
    }

    [Fact]
    public void A_wall_time_that_came_twice_changes_nothing_for_limits_in_days() =>
        Assert.Equal(ShippedLaw.Ends("KZ-EXTR-12M", ShippedLaw.At("2024-02-29")), ShippedLaw.Ends("KZ-EXTR-12M", ShippedLaw.At("2024-02-29T23:30")));

    [Theory]
    [InlineData("2025-03-29T12:00", "2025-03-31T13:00")]
    [InlineData("2025-10-25T12:00", "2025-10-27T11:00")]
    public void Forty_eight_hours_over_the_change_to_or_from_summer_time_are_forty_eight_hours(string at, string end)
    {
        var when = ShippedLaw.At(at, "Europe/Warsaw");

        Assert.Equal((end, end), ShippedLaw.Ends(SampleLaw.Limit("H", "48 hours", when)));
    }

    [Fact]
    public void A_day_that_has_no_midnight_begins_when_its_clocks_say_so()
    {
        // Cairo put its clocks forward at midnight into Friday, 25 April 2025.
        var limit = SampleLaw.Limit("DUBLIN", "1 calendar_days", ShippedLaw.At("2025-04-23", "Africa/Cairo"));

        Assert.Equal("2025-04-24", limit.Latest.LocalText);
        Assert.Equal(new LocalDateTime(2025, 4, 25, 1, 0), limit.Latest.Local);
        Assert.Equal(Instant.FromUtc(2025, 4, 24, 22, 0), limit.Latest.Instant);
    }

    [Fact]
    public void Twelve_months_that_end_on_29_February_end_on_the_28th_of_a_common_year() =>
        Assert.Equal(("2025-02-27", "2025-02-28"), ShippedLaw.Ends("KZ-EXTR-12M", ShippedLaw.At("2024-02-29")));

    [Fact]
    public void The_program_starts_with_the_zone_data_it_ships() =>
        Assert.Null(TimeZoneCheck.WhyRefuse(DateTimeZoneProviders.Tzdb));

    [Fact]
    public void Zone_data_from_before_the_Kazakh_change_are_refused_with_what_to_do()
    {
        var why = TimeZoneCheck.WhyRefuse(new DateTimeZoneCache(new OldZones("Asia/Almaty")));

        Assert.NotNull(why);
        Assert.Contains("2023c", why, StringComparison.Ordinal);
        Assert.Contains("2024a or newer", why, StringComparison.Ordinal);
        Assert.Contains("+06", why, StringComparison.Ordinal);
    }

    [Fact]
    public void Zone_data_without_Almaty_are_refused() =>
        Assert.Contains(
            "does not know Asia/Almaty", TimeZoneCheck.WhyRefuse(new DateTimeZoneCache(new OldZones("Asia/Alma-Ata"))), StringComparison.Ordinal);

    // A tz database of 2023, as far as the check looks.
    private sealed class OldZones(string id) : IDateTimeZoneSource
    {
        public string VersionId => "2023c";

        public IEnumerable<string> GetIds() => [id];

        public DateTimeZone ForId(string id) => DateTimeZone.ForOffset(Offset.FromHours(6));

        public string? GetSystemDefaultId() => null;
    }
}
