using AlertBot.Domain.Names;

namespace AlertBot.Tests.Names;

/// <summary>Names in the Arabic script, and letters that a scanner or a thumb turned into digits.</summary>
public sealed class NameScriptTests
{
    [Theory]
    [InlineData("مراد ساپاروف", "Мурат Сапаров")]
    [InlineData("محمد احمدی", "Mohammad Ahmadi")]
    [InlineData("ئابلەت تۇرسۇن", "Аблет Турсун")]
    [InlineData("قۇنانباي ەرمەكوۆ", "Құнанбай Ермеков")]
    [InlineData("فریدون رستمی", "Fereydoun Rostami")]
    public void A_name_in_the_Arabic_script_finds_the_other_spelling_and_is_found_by_it(string arabic, string other)
    {
        using var index = new NameIndex<int>();
        index.Add(0, "Saltanat Bekova");
        index.Add(1, other);
        index.Add(2, "Gulnara Orazova");

        Assert.Equal(1, index.Find(arabic)[0].Id);
        Assert.NotEqual(NameBand.No, index.Find(arabic)[0].Band);

        index.Add(1, arabic);
        Assert.Equal(1, index.Find(other)[0].Id);
        Assert.Equal(1, index.Find(arabic)[0].Id);
    }

    [Fact]
    public void A_stroke_that_lengthens_an_Arabic_word_is_no_letter() =>
        Assert.Equal(NameParser.Parse("محمد")[0].Sounds, NameParser.Parse("محـــمد")[0].Sounds);

    [Theory]
    [InlineData("N0rlan Erme6ov", "Norlan Ermebov")]
    [InlineData("4ингиз 0разов", "чингиз оразов")]
    [InlineData("Ну8лан", "нувлан")]
    [InlineData("3арина", "зарина")]
    public void A_digit_inside_a_word_is_read_as_a_letter(string written, string read) => Assert.Equal(Letters.Clean(read), Letters.Clean(written));

    [Theory]
    [InlineData("K-7F3Q")]
    [InlineData("10:00")]
    [InlineData("дом 5а")]
    [InlineData("12345")]
    public void Numbers_and_codes_stay(string text) => Assert.DoesNotContain(
        DigitLetters.Read(text), c => !text.Contains(c, StringComparison.Ordinal));
}
