using AlertBot.Domain.Time;
using NodaTime;
using NodaTime.Text;

namespace AlertBot.Tests.Time;

public class WhenWordsTests
{
    private static readonly DateTimeZone Almaty = DateTimeZoneProviders.Tzdb["Asia/Almaty"];

    // Wednesday, 14 September 2022, 03:20 in Almaty, which was at UTC+6 then: the night of the arrests.
    private static readonly Instant Night = Instant.FromUtc(2022, 9, 13, 21, 20);

    // The same Wednesday at 15:00.
    private static readonly Instant Day = Instant.FromUtc(2022, 9, 14, 9, 0);

    private static readonly string[] AnyPieces =
    [
        "вчера", "в", "10", "вечера", "ago", "hours", "2", "soat", "oldin", "kecha", "keshe", "night",
        "last", "13", "14", "сентября", "на", "31", "february",
        "99", "9999", "13.09", "25:70", "24", "00:00", "12", "pm", "2200-12-31", "2022-02-30", "29.02",
        "tonight", "now", "friday", "juma", "a", "week", "часа",
        "назад", "\uD800", "\0", ":", "-", ".", "түнде", "0", "полчаса", "31.12.9999", "month", "may", "недель", "731", "9000",
    ];

    [Theory]
    [InlineData("now", "2022-09-14T15:00")]
    [InlineData("только что", "2022-09-14T15:00")]
    [InlineData("yesterday at 10 in the evening", "2022-09-13T22:00")]
    [InlineData("вчера в 10 вечера", "2022-09-13T22:00")]
    [InlineData("kecha kechqurun soat 10 da", "2022-09-13T22:00")]
    [InlineData("keshe keshqurın saat 10 da", "2022-09-13T22:00")]
    [InlineData("кеше кешқурын саат 10 да", "2022-09-13T22:00")]
    [InlineData("кеше кешке сағат 10-да", "2022-09-13T22:00")]
    [InlineData("2 hours ago", "2022-09-14T13:00")]
    [InlineData("2 часа назад", "2022-09-14T13:00")]
    [InlineData("час назад", "2022-09-14T14:00")]
    [InlineData("полчаса назад", "2022-09-14T14:30")]
    [InlineData("half an hour ago", "2022-09-14T14:30")]
    [InlineData("2 сағат бұрын", "2022-09-14T13:00")]
    [InlineData("2 soat oldin", "2022-09-14T13:00")]
    [InlineData("eki saat burın", "2022-09-14T13:00")]
    [InlineData("сегодня в 2 ночи", "2022-09-14T02:00")]
    [InlineData("10pm", "2022-09-13T22:00")]
    [InlineData("last night at 11", "2022-09-13T23:00")]
    [InlineData("last night at 2", "2022-09-14T02:00")]
    [InlineData("13.09 в 22:15", "2022-09-13T22:15")]
    [InlineData("в 22.15 вчера", "2022-09-13T22:15")]
    [InlineData("13.09.2022 22:15", "2022-09-13T22:15")]
    public void A_minute_that_is_told_is_read(string words, string expected) =>
        Assert.Equal((expected, Precision.Exact), Read(words));

    [Theory]
    [InlineData("today", "2022-09-14")]
    [InlineData("bugun", "2022-09-14")]
    [InlineData("бүгін", "2022-09-14")]
    [InlineData("бугин", "2022-09-14")]
    [InlineData("búgin azanda", "2022-09-14")]
    [InlineData("this morning", "2022-09-14")]
    [InlineData("кеше", "2022-09-13")]
    [InlineData("keshe", "2022-09-13")]
    [InlineData("yesterday", "2022-09-13")]
    [InlineData("the day before yesterday", "2022-09-12")]
    [InlineData("позавчера", "2022-09-12")]
    [InlineData("алдыңғы күні", "2022-09-12")]
    [InlineData("oʻtgan kuni", "2022-09-12")]
    [InlineData("в понедельник", "2022-09-12")]
    [InlineData("dúyshembi kúni", "2022-09-12")]
    [InlineData("on Wednesday", "2022-09-14")]
    [InlineData("last Wednesday", "2022-09-07")]
    [InlineData("juma", "2022-09-09")]
    [InlineData("13 сентября", "2022-09-13")]
    [InlineData("14-sentyabr", "2022-09-14")]
    [InlineData("13-қыркүйек", "2022-09-13")]
    [InlineData("September 15", "2021-09-15")]
    [InlineData("13.09", "2022-09-13")]
    [InlineData("2022-09-13", "2022-09-13")]
    [InlineData("3 days ago", "2022-09-11")]
    [InlineData("неделю назад", "2022-09-07")]
    [InlineData("today at 23:00", "2022-09-14")]
    public void A_day_that_is_told_is_read_and_made_no_more_exact(string words, string expected) =>
        Assert.Equal((expected, Precision.Day), Read(words));

    [Theory]
    [InlineData("last night", "2022-09-13")]
    [InlineData("tonight", "2022-09-13")]
    [InlineData("tunde", "2022-09-13")]
    [InlineData("түнде", "2022-09-13")]
    [InlineData("kechasi", "2022-09-13")]
    [InlineData("кеше түнде", "2022-09-13")]
    [InlineData("в ночь с 13 на 14", "2022-09-13")]
    [InlineData("the night of 13-14 September", "2022-09-13")]
    [InlineData("в ночь с 31 августа на 1 сентября", "2022-08-31")]
    public void A_night_that_is_told_is_read(string words, string expected) => Assert.Equal((expected, Precision.Night), Read(words));

    [Fact]
    public void In_the_night_itself_tonight_is_this_one()
    {
        Assert.Equal(new LocalDate(2022, 9, 13), WhenWords.Read("tonight", Night, Almaty)!.Day);
        Assert.Equal(new LocalDate(2022, 9, 14), WhenWords.Read("tonight", Night + Duration.FromHours(20), Almaty)!.Day);
    }

    [Theory]
    [InlineData("")]
    [InlineData("I do not know")]
    [InlineData("tomorrow")]
    [InlineData("15.09.2022")]
    [InlineData("31.02")]
    [InlineData("may")]
    [InlineData("99")]
    public void What_is_no_time_or_lies_ahead_is_not_read(string words) => Assert.Null(WhenWords.Read(words, Day, Almaty));

    [Fact]
    public void A_time_is_found_in_what_is_told_and_names_are_none()
    {
        Assert.Equal("вчера в 10 вечера", WhenWords.FindIn("Моего брата забрали вчера в 10 вечера из дома", Day, Almaty)!.Words);
        Assert.Null(WhenWords.FindIn("Juma Niyazovtı alıp ketti, where is he now", Day, Almaty));
    }

    [Fact]
    public void Whatever_is_said_nothing_is_read_that_lies_ahead() => Property.ForAll(Any, input =>
    {
        var (text, now, zone) = input;

        if (WhenWords.Read(text, now, zone)?.Window is { } window)
            Assert.True(window.First <= now + Duration.FromMinutes(1));
        if (WhenWords.FindIn(text, now, zone)?.When.Window is { } found)
            Assert.True(found.First <= now + Duration.FromMinutes(1));
    }, runs: 5_000);

    private static (string Text, Instant Now, DateTimeZone Zone) Any(Random random)
    {
        // Cairo moves its clocks at midnight; in Apia a whole day was left out.
        string[] zones = ["Asia/Almaty", "Europe/Warsaw", "Africa/Cairo", "Pacific/Apia", "UTC"];
        var text = string.Join(" ", Enumerable.Range(0, random.Next(8)).Select(_ => random.Next(10) == 0
            ? new string((char)random.Next(0xFFFF), random.Next(4))
            : AnyPieces[random.Next(AnyPieces.Length)]));
        return (text, Instant.FromUtc(1990, 1, 1, 0, 0) + Duration.FromMinutes(random.Next(60 * 365 * 24 * 60)),
            DateTimeZoneProviders.Tzdb[zones[random.Next(zones.Length)]]);
    }

    private static (string, Precision)? Read(string words) => WhenWords.Read(words, Day, Almaty) is not { } when ? null
        : (when.Time is { } time
            ? LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm").Format(when.Day.At(time))
            : LocalDatePattern.Iso.Format(when.Day), when.Precision);
}
