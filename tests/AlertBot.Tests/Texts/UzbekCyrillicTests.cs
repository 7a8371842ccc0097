using System.Text.RegularExpressions;
using AlertBot.Domain.Channels;
using AlertBot.Workflows.Texts;

namespace AlertBot.Tests.Texts;

/// <summary>Uzbek is written in one alphabet and said in two.</summary>
public sealed class UzbekCyrillicTests
{
    [Theory]
    [InlineData("Saqlandi, lekin hali YUBORILMADI.", "Сақланди, лекин ҳали ЮБОРИЛМАДИ.")]
    [InlineData("Oʻtkazib yuborish", "Ўтказиб юбориш")]
    [InlineData("Yoʻq, yoʻlda. YOʻQ", "Йўқ, йўлда. ЙЎҚ")]
    [InlineData("gʻoyib boʻldi, choʻl, shahar", "ғойиб бўлди, чўл, шаҳар")]
    [InlineData("eʼtiroz, maʼlumot, aeroport, poema", "эътироз, маълумот, аэропорт, поэма")]
    [InlineData("Yevropa, yer, qayerda, himoya, hayot, tayyor, muayyan", "Европа, ер, қаерда, ҳимоя, ҳаёт, тайёр, муайян")]
    [InlineData("24-dekabr, oktabr, 3-iyulda", "24-декабрь, октябрь, 3-июлда")]
    [InlineData("politsiya, apellyatsiya, protsessi, konvensiyasi", "полиция, апелляция, процесси, конвенцияси")]
    [InlineData("toʻxtatsangiz, ruxsatsiz, Irkutsk", "тўхтатсангиз, рухсатсиз, Иркутск")]
    [InlineData("Telegram va Signaldagi chat", "Telegram ва Signal-даги чат")]
    [InlineData("/console end hamma joydan", "/console end ҳамма жойдан")]
    [InlineData("/forget menga", "/forget менга")]
    [InlineData("kodlar: KZ, UZ, CIS", "кодлар: KZ, UZ, CIS")]
    [InlineData("masalan 45m yoki 6h; Asia/Almaty, K-7F3Q", "масалан 45m ёки 6h; Asia/Almaty, K-7F3Q")]
    [InlineData("https://signalcaptchas.org/x.html sahifasi, \"Open Signal\"", "https://signalcaptchas.org/x.html саҳифаси, \"Open Signal\"")]
    public void A_word_is_spelled_as_schools_taught_it(string latin, string cyrillic) => Assert.Equal(cyrillic, UzbekCyrillic.Of(latin));

    [Fact]
    public void Every_form_and_choice_is_spelled_and_no_argument_or_code()
    {
        var texts = Catalogs.Of(
            ("en", "it: '{n, plural, one {# day} other {# days}} "
                + "{who} {kind, select, a {his} other {hers}} [here](https://a.org) *now* `/start {code}`'"),
            ("uz", "it: '{n, plural, one {# kun} other {# kunlar}} "
                + "{who} {kind, select, a {yer} other {yoʻl}} [bu yerda](https://a.org) *hozir* `/start {code}`'"));

        Assert.Equal(
            "2 кунлар Kim ер бу ерда ҳозир /start k7", texts.Plain("uz-Cyrl", "it", ("n", 2), ("who", "Kim"), ("kind", "a"), ("code", "k7")));
        Assert.Contains(texts.Say("uz-Cyrl", "it", ("n", 1), ("who", ""), ("kind", ""), ("code", "")).Spans, span => span.Target == "https://a.org");
    }

    [Fact]
    public void A_file_of_its_own_is_taken_instead() =>
        Assert.Equal("Ха", Catalogs.Of(("en", "yes: Yes"), ("uz", "yes: Ha"), ("uz-Cyrl", "yes: Ха")).Plain("uz-Cyrl", "yes"));

    // What is left in Latin letters is a name, a command, an address, or something to be typed.
    [Fact]
    public void No_Uzbek_word_stays_in_Latin_letters() => Assert.Empty(
        Catalogs.Shipped.TextsOf("uz-Cyrl").Keys
            .SelectMany(key => Regex.Matches(
                Regex.Replace(WithoutCode(Catalogs.Shipped.Say("uz-Cyrl", key)), @"\S+://\S+|/say \w+|config/\w+", " "),
                @"(?<![/\w{])(?!Telegram|Signal|AlertBot|Eurodac|UTC|AVG|Open|Asia|Almaty|Web__|CIS|end\b"
                    + @"|Excel|CSV|UTF|iCalendar|BEGIN|VCALENDAR|uuid|names|zone|laws|ics\b)[A-Za-zʻʼ]{3,}(?!\w*(://|\.))"))
            .Select(match => match.Value).Distinct());

    private static string WithoutCode(RichText text)
    {
        var plain = text.Plain.ToCharArray();
        foreach (var span in text.Spans.Where(span => span.Style == TextStyle.Code))
            plain.AsSpan(span.Start, span.Length).Fill(' ');
        return new string(plain);
    }
}
