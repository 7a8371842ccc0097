using System.Text.RegularExpressions;
using AlertBot.Tests.Law;

namespace AlertBot.Tests.Texts;

/// <summary>Karakalpak is shipped in two scripts that must say the same.</summary>
public sealed partial class KarakalpakTests
{
    private const string LatinLetters = "áǵıńóú";
    private const string CyrillicLetters = "аәбвгғдеёжзийкқлмнңоөпрстуүўфхҳцчшщъыьэюя";

    [Fact]
    public void The_Latin_file_has_no_letter_outside_the_alphabet_of_2016() => Assert.All(
        LettersOf("kaa"), letter => Assert.True(
            LatinLetters.Contains(letter, StringComparison.Ordinal) || char.IsAsciiLetter(letter), $"U+{(int)letter:X4}"));

    [Fact]
    public void The_Cyrillic_file_has_no_letter_of_another_Cyrillic_alphabet() => Assert.All(
        LettersOf("kaa-Cyrl"), letter => Assert.True(
            CyrillicLetters.Contains(letter, StringComparison.Ordinal) || char.IsAsciiLetter(letter), $"U+{(int)letter:X4}"));

    // A Latin "a" inside a Cyrillic word looks right and is found by no search.
    [Fact]
    public void No_word_mixes_the_scripts() => Assert.All(
        new[] { "kaa", "kaa-Cyrl" }.SelectMany(WordsOf), word => Assert.False(HasLatin().IsMatch(word) && HasCyrillic().IsMatch(word), word));

    [Fact]
    public void Both_scripts_say_every_text_with_as_many_words() => Assert.All(
        Catalogs.Shipped.TextsOf("kaa").Keys,
        key => Assert.Equal(Word().Count(Catalogs.Shipped.Plain("kaa-Cyrl", key)), Word().Count(Catalogs.Shipped.Plain("kaa", key))));

    private static IEnumerable<string> WordsOf(string language) =>
        Word().Matches(File.ReadAllText(Path.Combine(ShippedLaw.Root, "config", "texts", language + ".yaml"))).Select(match => match.Value);

    private static IEnumerable<char> LettersOf(string language) =>
        WordsOf(language).SelectMany(word => word.Where(char.IsLetter).Select(Lower)).Distinct();

    // The small letter of Í is ı, which no culture of .NET knows.
    private static char Lower(char letter) => letter == 'Í' ? 'ı' : char.ToLowerInvariant(letter);

    [GeneratedRegex(@"\p{L}+")]
    private static partial Regex Word();

    [GeneratedRegex("[a-zA-ZáǵıńóúÁǴÍŃÓÚ]")]
    private static partial Regex HasLatin();

    [GeneratedRegex(@"\p{IsCyrillic}")]
    private static partial Regex HasCyrillic();
}
