using AlertBot.Workflows.Texts;

namespace AlertBot.Tests.Texts;

public sealed class LanguagesTests
{
    [Fact]
    public void Every_file_is_a_language_with_its_own_name_and_English_is_first()
    {
        var languages = Catalogs.Shipped.Languages;

        Assert.Equal(CompleteTextsTests.Files.Count, languages.Count);
        Assert.Equal("English", languages[0].Name);
        Assert.Equal(languages.Count, languages.Select(language => language.Name).Distinct().Count());
        Assert.DoesNotContain(languages, language => language.Name == language.Code);
        Assert.Equal(("Қазақша", "Русский", "Oʻzbekcha", "Ўзбекча"), (NameOf("kk"), NameOf("ru"), NameOf("uz"), NameOf("uz-Cyrl")));

        string NameOf(string code) => languages.Single(language => language.Code == code).Name;
    }

    [Theory]
    [InlineData("ru", "ru")]
    [InlineData("RU", "ru")]
    [InlineData("ru-RU", "ru")]
    [InlineData("ru_KZ", "ru")]
    [InlineData("en-GB", "en")]
    [InlineData("kk", "kk")]
    [InlineData("kk-KZ", "kk")]
    [InlineData("uz", "uz")]
    [InlineData("uz-Latn-UZ", "uz")]
    [InlineData("uz-Cyrl", "uz-Cyrl")]
    [InlineData("uz_Cyrl_UZ", "uz-Cyrl")]
    [InlineData("kaa", "kaa")]
    [InlineData("kaa-UZ", "kaa")]
    [InlineData("kaa_Cyrl_UZ", "kaa-Cyrl")]
    [InlineData("tg", "ru")]
    [InlineData("ky-KG", "ru")]
    [InlineData("uk", "en")]
    [InlineData("fr", "en")]
    [InlineData("", "en")]
    [InlineData(null, "en")]
    [InlineData("-", "en")]
    public void A_phone_gets_the_nearest_language_that_is_there(string? phone, string expected) =>
        Assert.Equal(expected, Catalogs.Shipped.Languages.Choose(phone));

    [Theory]
    [InlineData("kk", "kk")]
    [InlineData("kaa-Cyrl-UZ", "kaa-Cyrl")]
    [InlineData("kaa-Latn", "kaa")]
    [InlineData("kaa", "kaa")]
    [InlineData("uz-Cyrl-UZ", "uz-Cyrl")]
    [InlineData("uz", "uz")]
    [InlineData("ky", "ru")]
    public void A_new_file_is_a_new_language(string phone, string expected) =>
        Assert.Equal(expected, Catalogs.Of(("en", ""), ("ru", ""), ("kk", ""), ("kaa", ""), ("kaa-Cyrl", ""), ("uz", "")).Languages.Choose(phone));

    [Fact]
    public void Somebody_whose_language_lost_its_file_hears_the_nearest() =>
        Assert.Equal("Да", Catalogs.Shipped.Plain("ky", "button.yes"));

    [Fact]
    public void A_language_without_a_name_is_called_by_its_code()
    {
        var catalog = TextCatalog.Read([("en.yaml", "yes: Yes")], [], "texts");

        Assert.Equal("en", Assert.Single(catalog.Languages).Name);
        Assert.Contains("'language.name' is missing", Assert.Single(catalog.Problems).Text, StringComparison.Ordinal);
    }
}
