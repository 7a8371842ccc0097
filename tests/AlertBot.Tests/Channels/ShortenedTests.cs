using System.Globalization;
using AlertBot.Domain.Channels;

namespace AlertBot.Tests.Channels;

public class ShortenedTests
{
    [Theory]
    [InlineData("😀")]
    [InlineData("👩‍👩‍👧‍👦")]
    [InlineData("e\u0301")]
    [InlineData("🇰🇿")]
    public void A_text_is_cut_between_characters_as_people_see_them(string character)
    {
        for (var before = 280; before < 300; before++)
        {
            var text = new string('a', before) + string.Concat(Enumerable.Repeat(character, 20));

            var cut = Shortened.To(text, 300);

            Assert.InRange(cut.Length, 1, 300);
            Assert.EndsWith("…", cut, StringComparison.Ordinal);
            var kept = StringInfo.ParseCombiningCharacters(text);
            Assert.Contains(cut.Length - 1, kept);
        }
    }

    [Fact]
    public void What_fits_is_left_as_it_is() => Assert.Equal("short 👍", Shortened.To("short 👍", 8));

    // No other place may cut a text by itself.
    [Fact]
    public void No_other_place_cuts_a_text_and_says_so() => Assert.Empty(
        SourceFile.All.Where(file => file.Path.StartsWith("src/", StringComparison.Ordinal) && file.Path.EndsWith(".cs", StringComparison.Ordinal)
            && !file.Path.EndsWith("/Shortened.cs", StringComparison.Ordinal) && !file.Path.Contains("/Sandbox", StringComparison.Ordinal)
            && !file.Path.Contains("AlertBot.Sandbox", StringComparison.Ordinal))
        .Where(file => file.Text.Contains("+ \"…\"", StringComparison.Ordinal)).Select(file => file.Path));
}
