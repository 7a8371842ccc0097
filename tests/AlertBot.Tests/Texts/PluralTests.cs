using AlertBot.Workflows.Texts;

namespace AlertBot.Tests.Texts;

public sealed class PluralTests
{
    private const string Days = """
        days: "{days, plural, one {Остался # день} few {Осталось # дня} many {Осталось # дней} other {Осталось # дня}}"
        """;

    [Theory]
    [InlineData("0", "many")]
    [InlineData("1", "one")]
    [InlineData("2", "few")]
    [InlineData("4", "few")]
    [InlineData("5", "many")]
    [InlineData("11", "many")]
    [InlineData("12", "many")]
    [InlineData("14", "many")]
    [InlineData("20", "many")]
    [InlineData("21", "one")]
    [InlineData("22", "few")]
    [InlineData("25", "many")]
    [InlineData("100", "many")]
    [InlineData("101", "one")]
    [InlineData("111", "many")]
    [InlineData("112", "many")]
    [InlineData("122", "few")]
    [InlineData("-1", "one")]
    [InlineData("-3", "few")]
    [InlineData("-11", "many")]
    [InlineData("1.5", "other")]
    [InlineData("1.0", "other")]
    [InlineData("9223372036854775807", "many")]
    [InlineData("-9223372036854775808", "many")]
    [InlineData("9000000000000000001", "one")]
    public void Russian_counts_as_CLDR_says(string number, string form) => Assert.Equal(form, Plural.FormOf("ru", Number(number)));

    [Theory]
    [InlineData("en", "0", "other")]
    [InlineData("en", "1", "one")]
    [InlineData("en", "-1", "one")]
    [InlineData("en", "2", "other")]
    [InlineData("en", "21", "other")]
    [InlineData("en", "1.0", "other")]
    [InlineData("kk", "1", "one")]
    [InlineData("kk", "1.0", "one")]
    [InlineData("kk", "2", "other")]
    [InlineData("kk", "21", "other")]
    [InlineData("uz", "1", "one")]
    [InlineData("uz", "-1", "one")]
    [InlineData("uz", "11", "other")]
    [InlineData("uz-Cyrl", "1", "one")]
    [InlineData("uz-Cyrl", "21", "other")]
    [InlineData("kaa", "1", "one")]
    [InlineData("kaa", "101", "other")]
    [InlineData("kaa-Cyrl", "1", "one")]
    [InlineData("kaa-Cyrl", "0", "other")]
    [InlineData("kaa-Cyrl", "1.0", "one")]
    public void English_and_the_Turkic_languages_have_one_and_other(string language, string number, string form) =>
        Assert.Equal(form, Plural.FormOf(language, Number(number)));

    [Theory]
    [InlineData(1, "Остался 1 день")]
    [InlineData(2, "Осталось 2 дня")]
    [InlineData(5, "Осталось 5 дней")]
    [InlineData(11, "Осталось 11 дней")]
    [InlineData(21, "Остался 21 день")]
    [InlineData(111, "Осталось 111 дней")]
    [InlineData(-2, "Осталось -2 дня")]
    public void A_Russian_sentence_takes_the_form_of_its_number(int days, string expected) =>
        Assert.Equal(expected, Catalogs.Of(("ru", Days)).Plain("ru", "days", ("days", days)));

    [Theory]
    [InlineData(0, "осталось меньше часа")]
    [InlineData(1, "остался 1 час")]
    [InlineData(3, "осталось 3 часа")]
    [InlineData(12, "осталось 12 часов")]
    [InlineData(24, "осталось 24 часа")]
    public void The_shipped_hours_left_are_Russian(int hours, string expected) =>
        Assert.Equal(expected, Catalogs.Shipped.Plain("ru", "left.hours", ("hours", hours)));

    [Theory]
    [InlineData("kaa", 1, "1 kún qaldı")]
    [InlineData("kaa", 3, "3 kún qaldı")]
    [InlineData("kaa", 0, "búgin")]
    [InlineData("kaa", -3, "bul kún ótip ketti")]
    [InlineData("kaa-Cyrl", 1, "1 күн қалды")]
    [InlineData("kaa-Cyrl", 21, "21 күн қалды")]
    public void In_Karakalpak_a_counted_noun_stays_singular(string language, int days, string expected) =>
        Assert.Equal(expected, Catalogs.Shipped.Plain(language, "left.days", ("days", days)));

    [Fact]
    public void An_exact_number_goes_before_its_form_and_the_number_sign_is_a_number_only_inside()
    {
        const string Text = "#{n, plural, =0 {none} =1 {a single one} one {# thing} other {# \\# things}}";

        Assert.Equal(["#none", "#a single one", "#2 # things"], new[] { 0, 1, 2 }.Select(n => Catalogs.Say(Text, ("n", n)).Plain));
    }

    [Fact]
    public void What_is_over_is_said_so_and_not_counted_below_zero() => Assert.Equal(
        ["3 days left", "today", "this day has passed"], new[] { 3, 0, -3 }.Select(
            days => Catalogs.Shipped.Plain("en", "left.days", ("days", days))));

    [Fact]
    public void Facts_frozen_as_strings_are_counted_like_numbers() =>
        Assert.Equal("Осталось 22 дня", Catalogs.Of(("ru", Days)).Say("ru", "days", [KeyValuePair.Create("days", "22")]).Plain);

    [Fact]
    public void Something_that_is_no_number_is_said_in_the_general_form() =>
        Assert.Equal("many days", Catalogs.Say("{n, plural, one {# day} other {# days}}", ("n", "many")).Plain);

    [Fact]
    public void A_plural_inside_a_choice_inside_a_plural_counts_by_the_innermost() =>
        Assert.Equal(
            "2 men, 1 day",
            Catalogs.Say(
                "{a, plural, one {# man} other {# {sex, select, m {men} other {people}}, {b, plural, one {# day} other {# days}}}}",
                ("a", 2), ("b", 1), ("sex", "m")).Plain);

    [Theory]
    [InlineData("en", 1234567, "1,234,567")]
    [InlineData("ru", 1234567, "1\u00a0234\u00a0567")]
    [InlineData("ru", -1000, "-1\u00a0000")]
    [InlineData("en", 999, "999")]
    public void Large_numbers_are_grouped_as_the_language_groups_them(string language, int number, string expected) =>
        Assert.StartsWith(expected, Catalogs.Shipped.Plain(language, "format.duration.days", ("number", number)), StringComparison.Ordinal);

    [Fact]
    public void Decimals_are_written_with_the_sign_of_the_language()
    {
        Assert.Equal("1.5 days", Catalogs.Shipped.Plain("en", "format.duration.days", ("number", 1.5m)));
        Assert.Equal("1,5 дня", Catalogs.Shipped.Plain("ru", "format.duration.days", ("number", 1.5m)));
        Assert.Equal(
            "-9\u00a0223\u00a0372\u00a0036\u00a0854\u00a0775\u00a0808 дней", Catalogs.Shipped.Plain(
                "ru", "format.duration.days", ("number", long.MinValue)));
    }

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
