using AlertBot.Domain.Names;

namespace AlertBot.Tests.Names;

/// <summary>One invented person, in every spelling that the tables know.</summary>
public sealed class NameSpellingTests : IDisposable
{
    private readonly NameIndex<string> _index = new();

    public NameSpellingTests()
    {
        _index.Add("her", "Ájargúl Qońıratbaeva");
        _index.Add("him", "Шыңғыс Төлегенұлы Жүсіпов");
        _index.Add("uzbek", "Oʻtkirbek Gʻaniyev");
        _index.Add("other woman", "Ájargúl Mámbetova");
        _index.Add("other family", "Nursulıw Qońıratbaeva");
        _index.Add("brother", "Ernazar Qońıratbaev");
        _index.Add("stranger", "Bekmurat Seytniyazov");
    }

    [Theory]
    [InlineData("Ájargúl Qońıratbaeva")] // Karakalpak 2016
    [InlineData("A'jargu'l Qon'i'ratbaeva")] // 2009
    [InlineData("Aʻjarguʻl Qonʻıratbaeva")] // 1995
    [InlineData("Әжаргүл Қоңыратбаева")] // Cyrillic
    [InlineData("Ажаргуль Конгыратбаева")] // Russian
    [InlineData("Azhargul Konyratbayeva")] // BGN/PCGN
    [InlineData("Azhargul Konyratbaieva")] // ICAO 9303
    [InlineData("Ajargul Qonıratbaewa")] // Turkish
    [InlineData("Ascharguel Konyratbajewa")] // German
    [InlineData("Ażargul Konyratbajewa")] // Polish
    [InlineData("Ajargoul Konyratbaïeva")] // French
    [InlineData("Äjargül Qoñıratbaeva")] // Kazakh, QazAqparat
    [InlineData("Ájargúl Qońyratbaeva")] // Kazakh 2018
    [InlineData("KONYRATBAEVA AZHARGUL")]
    [InlineData("konyratbaeva, azhargul")]
    public void Every_alphabet_leads_to_the_same_woman(string written) => AssertSame("her", written);

    [Theory]
    [InlineData("Шингис Жусупов")]
    [InlineData("Shyngys Zhussipov")]
    [InlineData("Chinguis Joussipov")]
    [InlineData("Жусипов Шынгыс Толегенович")]
    [InlineData("Жүсіпов Ш. Т.")]
    [InlineData("Shyngys Tolegenuly Zhusipov")]
    [InlineData("Şıñğıs Jüsipov")]
    public void Every_alphabet_leads_to_the_same_man(string written) => AssertSame("him", written);

    [Theory]
    [InlineData("O'tkirbek G'aniyev")]
    [InlineData("O’tkirbek G’aniyev")]
    [InlineData("O`tkirbek G`aniyev")]
    [InlineData("OʼtkirbekGʼaniyev")]
    [InlineData("Ўткирбек Ғаниев")]
    [InlineData("Уткирбек Ганиев")]
    [InlineData("Utkirbek Ghaniyev")]
    [InlineData("Otkirbek Ganiev")]
    public void Uzbek_apostrophes_and_scripts_are_one(string written) => AssertSame("uzbek", written);

    [Theory]
    [InlineData("Ажаргуль Конгырaтбаевa")] // Latin a in Cyrillic
    [InlineData("Аzhаrgul Kоnyratbaeva")] // Cyrillic а, о in Latin
    [InlineData("Azhar\u200Bgul Konyrat\u00ADbaeva")]
    [InlineData("\u202EAzhargul\u202C Konyratbaeva")]
    [InlineData("Ａｚｈａｒｇｕｌ Ｋｏｎｙｒａｔｂａｅｖａ")]
    [InlineData("𝐀𝐳𝐡𝐚𝐫𝐠𝐮𝐥 𝐊𝐨𝐧𝐲𝐫𝐚𝐭𝐛𝐚𝐞𝐯𝐚")]
    public void Letters_that_only_look_different_are_the_same(string written) => AssertSame("her", written);

    [Theory]
    [InlineData("Ажаргул Конгыратбаеву")]
    [InlineData("Ажаргуль Конгыратбаевой")]
    [InlineData("Әжаргүл Қоңыратбаеваны")]
    [InlineData("Ájargúl Qońıratbaevaǵa")]
    public void Case_endings_are_taken_off(string written) => AssertSame("her", written);

    [Theory]
    [InlineData("azhargulkonyratbaeva")]
    [InlineData("Azhar gul Konyratbaeva")]
    [InlineData("Azhargul Konyrat-baeva")]
    [InlineData("г-жа Ажаргуль Конгыратбаева")]
    [InlineData("fцыfhukm")]
    public void Glued_split_and_titled_names_are_found(string written)
    {
        if (written.StartsWith('f'))
            written = "f;fhuekm rjyushfn,ftdf"; // "Ажаргуль Конгыратбаева" with the English layout on

        AssertSame("her", written);
    }

    // Sounds that the alphabet of the name keeps apart and another has one letter for, or two.
    [Theory]
    [InlineData("Сұлтанғали Құрманғазин", "Султангали Курмангазин")]
    [InlineData("Sultangali Kurmangazin", "Sultanğali Qurmanğazin")]
    [InlineData("Ақкенже Серікқалиева", "Аккенже Сериккалиева")]
    [InlineData("Ақкенже Серікқалиева", "Akenje Serikaliyeva")]
    [InlineData("Тўйчи Мўйдинов", "To'ychi Mo'ydinov")]
    [InlineData("Айсулыў Арыўханова", "Aysulıw Arıwxanova")]
    [InlineData("Йўлдош Бўриев", "Yo'ldosh Bo'riyev")]
    public void A_name_is_the_same_in_an_alphabet_that_has_fewer_letters(string registered, string written)
    {
        _index.Add("new", registered);

        AssertSame("new", written);
        Assert.DoesNotContain(_index.Find(written)[0].Reasons, reason => reason.Difference == NameDifference.Slips);
    }

    // German has sch for ж as for ш, and ue and oe where there is no key for ü and ö, which Russian writes у and о.
    [Theory]
    [InlineData("Жүсіп Өтегенов", "Schuesip Oetegenow")]
    [InlineData("Жанар Омарова", "Schanar Omarowa")]
    [InlineData("Шынар Омарова", "Schynar Omarowa")]
    [InlineData("Ажаргуль Бектурова", "Ascharguel Bekturowa")]
    [InlineData("Ascharguel Bekturowa", "Әжаргүл Бектұрова")]
    public void A_German_spelling_is_no_slip(string registered, string written)
    {
        _index.Add("new", registered);

        AssertSame("new", written);
        Assert.DoesNotContain(_index.Find(written)[0].Reasons, reason => reason.Difference == NameDifference.Slips);
    }

    [Fact]
    public void Sisters_and_brothers_stay_apart()
    {
        AssertSame("brother", "Ерназар Конгыратбаев");
        AssertSame("other family", "Нурсулу Конгыратбаева");
        AssertSame("other woman", "Ажаргуль Мамбетова");
    }

    [Theory]
    [InlineData("Айнур Конгыратбаева")]
    [InlineData("Ажаргуль Сапарова")]
    [InlineData("Bekmurat Qońıratbaev")]
    [InlineData("John Smith")]
    public void Nobody_registered_is_the_same_as_a_stranger(string written) =>
        Assert.DoesNotContain(_index.Find(written), match => match.Band == NameBand.Same);

    [Fact]
    public void Two_namesakes_are_both_possible_and_neither_the_same()
    {
        _index.Add("namesake", "Ажаргуль Конгыратбаева");

        var found = _index.Find("Azhargul Konyratbaeva").Take(2).ToList();

        Assert.Equal(["her", "namesake"], found.Select(match => match.Id).Order());
        Assert.All(found, match => Assert.Equal(NameBand.Possible, match.Band));
    }

    [Fact]
    public void A_match_says_why_without_saying_the_name()
    {
        var reasons = _index.Find("Azhargul Konyratbaeva")[0].Reasons;

        Assert.Contains(reasons, reason => reason.Part == NamePart.Given);
        Assert.Contains("k=q", string.Join(' ', reasons), StringComparison.Ordinal);
        Assert.DoesNotContain("baev", string.Join(' ', reasons), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("baev", _index.Find("Azhargul Konyratbaeva")[0].ToString(), StringComparison.OrdinalIgnoreCase);
    }

    public void Dispose() => _index.Dispose();

    private void AssertSame(string id, string written)
    {
        var first = _index.Find(written)[0];
        Assert.Equal((id, NameBand.Same), (first.Id, first.Band));
    }
}
