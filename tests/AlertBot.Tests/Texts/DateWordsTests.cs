using AlertBot.Domain.Law;
using AlertBot.Domain.Time;
using AlertBot.Tests.Law;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Tests.Texts;

public sealed class DateWordsTests
{
    private static readonly LocalDate Day = new(2025, 3, 24);
    private static readonly DateWords English = new(Catalogs.Shipped, "en");
    private static readonly DateWords Russian = new(Catalogs.Shipped, "ru");

    [Fact]
    public void A_day_is_said_as_people_say_it()
    {
        Assert.Equal("24 March 2025", English.Day(Day));
        Assert.Equal("24 марта 2025 г.", Russian.Day(Day));
        Assert.Equal("Monday, 24 March 2025", English.Day(Day, full: true));
        Assert.Equal("понедельник, 24 марта 2025 г.", Russian.Day(Day, full: true));
    }

    [Theory]
    [InlineData("kaa", "2025-jıl 24-mart", "2025-jıl 24-mart, dúyshembi", "2025-jıl mart")]
    [InlineData("kaa-Cyrl", "2025-жыл 24-март", "2025-жыл 24-март, дүйшемби", "2025-жыл март")]
    [InlineData("kk", "2025 ж. 24 наурыз", "2025 ж. 24 наурыз, дүйсенбі", "2025 ж. наурыз")]
    [InlineData("uz", "2025-yil 24-mart", "2025-yil 24-mart, dushanba", "2025-yil mart")]
    [InlineData("uz-Cyrl", "2025-йил 24-март", "2025-йил 24-март, душанба", "2025-йил март")]
    public void A_day_is_said_with_the_year_first_where_people_say_it_so(string language, string day, string full, string month)
    {
        var words = new DateWords(Catalogs.Shipped, language);

        Assert.Equal((day, full, month), (words.Day(Day), words.Day(Day, full: true), words.Month(Day)));
    }

    [Fact]
    public void A_month_without_a_day_is_in_the_nominative()
    {
        Assert.Equal("March 2025", English.Month(Day));
        Assert.Equal("март 2025 г.", Russian.Month(Day));
    }

    [Fact]
    public void Every_month_and_weekday_has_its_name()
    {
        string[] genitive = ["января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"];
        string[] weekdays = ["понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"];

        Assert.Equal(
            genitive.Select(month => $"1 {month} 2025 г."), Enumerable.Range(1, 12).Select(month => Russian.Day(new LocalDate(2025, month, 1))));
        Assert.Equal(weekdays, Enumerable.Range(0, 7).Select(days => Russian.Weekday(Day.PlusDays(days).DayOfWeek)));
    }

    [Fact]
    public void A_moment_names_the_city_whose_clock_is_meant()
    {
        var moment = Instant.FromUtc(2024, 3, 2, 4, 0).InZone(ShippedLaw.Zone("Asia/Almaty"));

        Assert.Equal("2 March 2024, 09:00 (Almaty)", English.Moment(moment));
        Assert.Equal("суббота, 2 марта 2024 г., 09:00 (Алматы)", Russian.Moment(moment, full: true));
    }

    [Fact]
    public void A_time_that_the_clocks_showed_twice_names_the_offset_too()
    {
        // Kazakhstan put its clocks back at midnight before 1 March 2024.
        var zone = ShippedLaw.Zone("Asia/Almaty");

        Assert.Equal("29 February 2024, 23:30 (Almaty, UTC+6)", English.Moment(Instant.FromUtc(2024, 2, 29, 17, 30).InZone(zone)));
        Assert.Equal("29 February 2024, 23:30 (Almaty, UTC+5)", English.Moment(Instant.FromUtc(2024, 2, 29, 18, 30).InZone(zone)));
    }

    [Theory]
    [InlineData("Asia/Oral", "Уральск")]
    [InlineData("America/Argentina/Buenos_Aires", "Buenos Aires")]
    [InlineData("UTC", "UTC")]
    public void A_zone_without_words_is_called_by_its_city(string zone, string expected) =>
        Assert.Equal(expected, Russian.Zone(ShippedLaw.Zone(zone)));

    [Theory]
    [InlineData("2024-03-26T00:20", Precision.Exact, null, "26 марта 2024 г., 00:20 (Алматы)")]
    [InlineData("2024-03-26", Precision.Exact, null, "26 марта 2024 г.")]
    [InlineData("2024-03-26", Precision.Day, null, "26 марта 2024 г.")]
    [InlineData("2022-09-13", Precision.Night, "2022-09-14", "ночь с 13 сентября 2022 г. на 14 сентября 2022 г.")]
    [InlineData("2022-10-01", Precision.Month, null, "октябрь 2022 г.")]
    [InlineData("2022", Precision.Year, null, "2022 г.")]
    [InlineData("2024-03-01", Precision.Day, "2024-03-05", "между 1 марта 2024 г. и 5 марта 2024 г.")]
    [InlineData("2024-03-01", Precision.Unknown, null, "дата неизвестна")]
    public void A_time_that_people_told_is_said_no_more_exactly_than_they_told_it(string text, Precision precision, string? until, string expected) =>
        Assert.Equal(expected, Russian.Told(ShippedLaw.At(text, precision: precision, until: until)));

    [Fact]
    public void The_end_of_a_limit_is_its_last_lawful_day_or_the_moment()
    {
        Assert.Equal("25 March 2025", English.End(ShippedLaw.Limit("KZ-EXTR-12M", ShippedLaw.At("2024-03-26")).Earliest));
        Assert.Equal("2 March 2024, 09:00 (Almaty)", English.End(ShippedLaw.Limit("KZ-DET-72H", ShippedLaw.At("2024-02-28T10:00")).Earliest));
    }

    [Theory]
    [InlineData(0, "меньше минуты")]
    [InlineData(1, "1 минута")]
    [InlineData(61, "1 час 1 минута")]
    [InlineData(120, "2 часа")]
    [InlineData(3 * 1440, "3 дня")]
    [InlineData(21 * 1440 + 5 * 60 + 59, "21 день 5 часов")]
    [InlineData(1440 + 59, "1 день")]
    [InlineData(-90, "1 час 30 минут")]
    public void A_length_of_time_is_said_in_its_two_largest_units(int minutes, string expected) =>
        Assert.Equal(expected, Russian.Lasting(Duration.FromMinutes(minutes)));

    [Fact]
    public void Arguments_are_said_by_their_type()
    {
        var zone = ShippedLaw.Zone("Asia/Almaty");
        object[] values =
        [
            Day, Day.At(new LocalTime(9, 5)), Day.At(new LocalTime(9, 5))
            .InZoneLeniently(zone), Instant.FromUtc(2025, 3, 24, 4, 5), new LocalTime(9, 5),
            IsoDayOfWeek.Monday, zone, ShippedLaw.At("2024"), LimitEnd.OnDay(Day, zone),
            Duration.FromHours(30), 1500, "x", true, new List<object> { Day, "y" },
        ];

        Assert.Equal(
            [
                "24 March 2025", "24 March 2025, 09:05", "24 March 2025, 09:05 (Almaty)", "24 March 2025, 04:05 (UTC)", "09:05",
                "Monday", "Almaty", "2024", "24 March 2025", "1 day 6 hours", "1,500", "x", "true", "24 March 2025, y",
            ],
            values.Select(value => Shipped("{it}").Plain("en", "it", ("it", value))));
    }

    [Theory]
    [InlineData("2025-03-24", "24 марта 2025 г.")]
    [InlineData("2025-03-24T09:05", "24 марта 2025 г., 09:05")]
    [InlineData("2025-03-24T09:05 Asia/Almaty", "24 марта 2025 г., 09:05 (Алматы)")]
    [InlineData("2025-03-24 09:05 (+06)", "24 марта 2025 г., 09:05 (UTC+6)")]
    [InlineData("2025-03-24 09:05 (+05:30)", "24 марта 2025 г., 09:05 (UTC+5:30)")]
    [InlineData("2025-03-24 Asia/Almaty", "24 марта 2025 г.")]
    [InlineData("next week", "next week")]
    [InlineData("2025-02-30", "2025-02-30")]
    [InlineData("", "")]
    public void Dates_frozen_as_strings_are_said_in_the_language_that_reads_them(string frozen, string expected) =>
        Assert.Equal(expected, Shipped("{it, date}").Plain("ru", "it", ("it", frozen)));

    [Theory]
    [InlineData("P3D", "3 дня")]
    [InlineData("PT12H", "12 часов")]
    [InlineData("P1DT2H3M", "1 день 2 часа")]
    [InlineData("P1M", "P1M")]
    [InlineData("soon", "soon")]
    public void Lengths_frozen_as_strings_too(string frozen, string expected) =>
        Assert.Equal(expected, Shipped("{it, duration}").Plain("ru", "it", ("it", frozen)));

    // The shipped formats, and one text of our own beside them.
    private static TextCatalog Shipped(string text) => TextCatalog.Read(
        new[] { "en", "ru" }.Select(language => (
            language + ".yaml",
            File.ReadAllText(Path.Combine(ShippedLaw.Root, "config", "texts", language + ".yaml")) + $"\nit: \"{text}\"\n")),
        [], "texts");
}
