using AlertBot.Domain.Time;
using AlertBot.Tests.Law;
using NodaTime;

namespace AlertBot.Tests.Time;

public sealed class WhenTests
{
    [Fact]
    public void A_minute_is_a_moment()
    {
        var window = ShippedLaw.At("2024-03-26T00:20").Window!;

        Assert.True(window.IsMoment);
        Assert.Equal(Instant.FromUtc(2024, 3, 25, 19, 20), window.First);
        Assert.Equal(window.First, window.Last);
    }

    [Fact]
    public void A_minute_that_the_clocks_skipped_is_the_moment_to_which_they_jumped_on() =>
        Assert.Equal(
            ShippedLaw.At("2025-03-30T03:30", "Europe/Warsaw").Window!.First, ShippedLaw.At("2025-03-30T02:30", "Europe/Warsaw").Window!.First);

    [Theory]
    [InlineData("2022-09-13", null, "2022-09-13", "2022-09-13", 0)]
    [InlineData("2022-09-13", "2022-09-15", "2022-09-13", "2022-09-15", 2)]
    [InlineData("2022-09-13T22:00", "2022-09-14", "2022-09-13", "2022-09-14", 1)]
    [InlineData("2024-02", null, "2024-02-01", "2024-02-29", 28)]
    [InlineData("2022-09", "2022-10-05", "2022-09-01", "2022-10-05", 34)]
    [InlineData("2023", null, "2023-01-01", "2023-12-31", 364)]
    public void A_vaguer_time_leaves_open_all_its_days(string at, string? until, string first, string last, int apart)
    {
        var window = ShippedLaw.At(at, until: until).Window!;

        Assert.Equal((first, last), (window.FirstDay.ToString("uuuu-MM-dd", null), window.LastDay.ToString("uuuu-MM-dd", null)));
        Assert.Equal(apart, window.DaysApart);
        Assert.False(window.IsMoment);
    }

    [Fact]
    public void A_night_lasts_from_the_evening_to_the_morning_whatever_hour_people_remember()
    {
        var window = ShippedLaw.At("2022-09-13T23:00", precision: Precision.Night).Window!;

        Assert.Equal((new LocalDate(2022, 9, 13), new LocalDate(2022, 9, 14)), (window.FirstDay, window.LastDay));
        Assert.Equal((Instant.FromUtc(2022, 9, 13, 12, 0), Instant.FromUtc(2022, 9, 14, 2, 0)), (window.First, window.Last));
    }

    [Fact]
    public void A_time_of_which_nothing_is_known_has_no_window() =>
        Assert.Null(ShippedLaw.At("2022-09-13", precision: Precision.Unknown).Window);

    [Theory]
    [InlineData("2024-03-26", Precision.Exact)]
    [InlineData(" 2024-03-26T00:20 ", Precision.Exact)]
    [InlineData("2024-03-26 00:20:15", Precision.Exact)]
    [InlineData("26.3.2024", Precision.Exact)]
    [InlineData("26.03.2024 00:20", Precision.Exact)]
    [InlineData("2024-03", Precision.Month)]
    [InlineData("03.2024", Precision.Month)]
    [InlineData("2024", Precision.Year)]
    public void Times_are_read_as_people_write_them(string text, Precision precision)
    {
        var when = WhenText.Read(text, ShippedLaw.Zone("Asia/Almaty"));

        Assert.Equal(precision, when?.Precision);
        Assert.Equal(2024, when?.Day.Year);
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("2024-13-01")]
    [InlineData("2024-02-30")]
    [InlineData("26/03/2024")]
    [InlineData("0202-03-26")]
    [InlineData("9999-12-31")]
    [InlineData("99")]
    public void What_is_no_time_is_not_guessed(string text) =>
        Assert.Null(WhenText.Read(text, ShippedLaw.Zone("Asia/Almaty")));

    [Theory]
    [InlineData("2024-03", Precision.Exact, Precision.Month)]
    [InlineData("2024", Precision.Month, Precision.Year)]
    [InlineData("2024-03-26", Precision.Month, Precision.Month)]
    [InlineData("2024-03-26", Precision.Night, Precision.Night)]
    public void A_claim_makes_a_time_vaguer_and_never_more_exact(string text, Precision claimed, Precision precision) =>
        Assert.Equal(precision, ShippedLaw.At(text, precision: claimed).Precision);

    [Theory]
    [InlineData(2024)]
    [InlineData(9999)]
    public void A_last_possible_day_before_the_first_or_at_the_end_of_time_is_refused(int year) =>
        Assert.Null(WhenText.Read("2024-03-26", ShippedLaw.Zone("Asia/Almaty"), until: new LocalDate(year, 1, 1)));

    [Theory]
    [InlineData("9999-12-31")]
    [InlineData("0024-03-26")]
    [InlineData("31.12.9999")]
    public void A_day_of_antiquity_or_of_the_year_9999_is_a_slip_and_no_day(string text) =>
        Assert.Null(WhenText.ReadDay(text));

    [Theory]
    [InlineData("night", Precision.Night)]
    [InlineData(" Exact ", Precision.Exact)]
    [InlineData("around", null)]
    public void Precisions_are_read_by_their_names(string text, Precision? precision) =>
        Assert.Equal(precision, WhenText.ReadPrecision(text));
}
