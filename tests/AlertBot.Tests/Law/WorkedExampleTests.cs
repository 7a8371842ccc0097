using AlertBot.Domain.Law;
using AlertBot.Domain.Time;
using NodaTime;

namespace AlertBot.Tests.Law;

/// <summary>Examples worked out by hand, several of them from the public record of real cases.</summary>
public sealed class WorkedExampleTests
{
    [Fact]
    public void A_man_detained_in_Astana_on_26_March_2024_must_be_free_by_the_end_of_25_March_2025()
    {
        var limit = ShippedLaw.Limit("KZ-EXTR-12M", ShippedLaw.At("2024-03-26"));

        Assert.Equal(("2025-03-25", "2025-03-26"), ShippedLaw.Ends(limit));
        Assert.Equal(Instant.FromUtc(2025, 3, 25, 19, 0), limit.Earliest.Instant);
        Assert.Equal(365, Period.DaysBetween(new LocalDate(2024, 3, 26), limit.Earliest.Day) + 1);
    }

    [Fact]
    public void Forty_days_from_26_March_2024_end_on_4_or_5_May() =>
        Assert.Equal(("2024-05-04", "2024-05-05"), ShippedLaw.Ends("KZ-PROV-40D", ShippedLaw.At("2024-03-26")));

    [Fact]
    public void A_detention_after_midnight_counts_from_the_local_day_and_not_from_that_of_UTC() =>
        Assert.Equal("2025-03-25", ShippedLaw.Ends("KZ-EXTR-12M", ShippedLaw.At("2024-03-26T00:20")).Earliest);

    [Fact]
    public void Seventy_two_hours_are_seventy_two_hours_although_Kazakhstan_put_its_clocks_back_in_between()
    {
        var limit = ShippedLaw.Limit("KZ-DET-72H", ShippedLaw.At("2024-02-28T10:00"));

        Assert.Equal(("2024-03-02T09:00", "2024-03-02T09:00"), ShippedLaw.Ends(limit));
        Assert.Equal(Instant.FromUtc(2024, 3, 2, 4, 0), limit.Earliest.Instant);
    }

    [Theory]
    [InlineData("2025-01-31", "2025-02-27", "2025-02-28")]
    [InlineData("2024-01-31", "2024-02-28", "2024-02-29")]
    public void A_month_of_custody_from_31_January_ends_with_February(string detained, string earliest, string latest) =>
        Assert.Equal((earliest, latest), Ends(Counting.CustodyMonths, 1, detained));

    [Theory]
    [InlineData("2025-01-31", "2025-02-28")]
    [InlineData("2024-01-31", "2024-02-29")]
    public void A_month_that_is_not_counted_in_from_31_January_ends_on_the_last_of_February(string decided, string last) =>
        Assert.Equal((last, last), Ends(Counting.Dublin, 1, decided));

    [Fact]
    public void A_refusal_that_became_known_two_weeks_later_shows_both_dates_and_the_days_lost()
    {
        var limit = ShippedLaw.Limit("KZ-ADM-COMPLAINT-3M", new Occasion(ShippedLaw.At("2023-07-31")) { Known = new LocalDate(2023, 8, 14) });

        Assert.Equal(("2023-10-31", "2023-11-14"), ShippedLaw.Ends(limit));
        var lost = Assert.Single(limit.Steps, step => step.Key == "law.step.days-lost");
        Assert.Equal("14", Assert.Single(lost.Arguments).Value);
    }

    [Fact]
    public void Ten_days_from_a_decision_nobody_was_told_of_are_over_before_it_is_known()
    {
        var limit = ShippedLaw.Limit("KZ-CAO-APPEAL-10D", new Occasion(ShippedLaw.At("2023-07-31")) { Known = new LocalDate(2023, 8, 14) });

        Assert.True(limit.Earliest.Day < new LocalDate(2023, 8, 14));
        Assert.True(limit.Latest.Day > new LocalDate(2023, 8, 14));
    }

    [Fact]
    public void Six_months_under_the_Dublin_regulation_end_on_a_Sunday_if_they_end_on_a_Sunday() =>
        Assert.Equal(("2026-05-10", "2026-05-10"), ShippedLaw.Ends("EU-D3-TRANSFER-6M", ShippedLaw.At("2025-11-10", "Europe/Vienna")));

    [Fact]
    public void Twelve_months_from_15_February_2024_end_on_14_or_15_February_2025_as_the_court_wrote() =>
        Assert.Equal(("2025-02-14", "2025-02-15"), ShippedLaw.Ends("KZ-EXTR-12M", ShippedLaw.At("2024-02-15")));

    [Fact]
    public void Two_men_taken_in_the_night_of_13_September_2022_have_clocks_from_the_first_and_the_last_moment_of_that_night()
    {
        var night = ShippedLaw.At("2022-09-13", precision: Precision.Night, until: "2022-09-14");

        Assert.Equal(("2022-09-16T18:00", "2022-09-17T08:00"), ShippedLaw.Ends("KZ-DET-72H", night));
        Assert.Equal(("2022-10-22", "2022-10-24"), ShippedLaw.Ends("KZ-PROV-40D", night));
        Assert.Equal(("2023-09-12", "2023-09-14"), ShippedLaw.Ends("KZ-EXTR-12M", night));
    }

    [Fact]
    public void An_hour_told_exactly_gives_one_end_where_the_night_gives_two() =>
        Assert.Equal(
            ("2022-09-16T22:00", "2022-09-16T22:00"), ShippedLaw.Ends("KZ-DET-72H", ShippedLaw.At("2022-09-13T22:00", precision: Precision.Exact)));

    private static (string Earliest, string Latest) Ends(Counting counting, int months, string day)
    {
        var rule = ShippedLaw.Book.Find("KZ-EXTR-12M")!;
        var limit = rule.Main with { Length = new Length(months, LengthUnit.CalendarMonths), Counting = counting };
        return ShippedLaw.Ends(((LimitResult.Ends)ShippedLaw.Calculator.Compute(rule, limit, new Occasion(ShippedLaw.At(day)))).Limit);
    }
}
