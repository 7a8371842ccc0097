using System.Text.RegularExpressions;
using AlertBot.Tests.Law;
using AlertBot.Workflows.Texts;

namespace AlertBot.Tests.Texts;

/// <summary>
/// A person gets every text in their chosen language: a file that lacks a text fails here, though the bot itself would say it in English.
/// </summary>
public sealed partial class CompleteTextsTests
{
    /// <summary>
    /// The files of the folder, so that a new one is held to this without a word here, and Uzbek in Cyrillic, which has none.
    /// </summary>
    public static readonly TheoryData<string> Files = new(
        Directory.GetFiles(Path.Combine(ShippedLaw.Root, "config", "texts"), "*.yaml").Select(Path.GetFileNameWithoutExtension)
            .Append("uz-Cyrl").Distinct().Order(StringComparer.Ordinal)!);

    private static readonly IReadOnlyDictionary<string, Template> English = Catalogs.Shipped.TextsOf("en");

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_holds_every_key_of_English_and_no_other(string language)
    {
        var texts = Catalogs.Shipped.TextsOf(language);

        Assert.Empty(English.Keys.Except(texts.Keys).Order(StringComparer.Ordinal));
        Assert.Empty(texts.Keys.Except(English.Keys).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_text_has_the_arguments_of_the_English_one(string language) =>
        Assert.Empty(Wrong(language, (key, text) => Arguments(text) != Arguments(English[key])));

    [Theory]
    [MemberData(nameof(Files))]
    public void What_English_counts_is_counted(string language) =>
        Assert.Empty(Wrong(language, (key, text) => !Counted(text).IsSupersetOf(Counted(English[key]))));

    [Theory]
    [MemberData(nameof(Files))]
    public void What_is_counted_has_each_form_that_the_language_has(string language) =>
        Assert.Empty(
            Wrong(language, (_, text) => text.Uses.Any(use => use.Forms.Count > 0 && !use.Forms.ToHashSet().SetEquals(Plural.FormsOf(language)))));

    // A person in a hurry presses the command in a text: a missing or translated command leads nowhere.
    [Theory]
    [MemberData(nameof(Files))]
    public void A_text_names_the_commands_that_the_English_one_names(string language) =>
        Assert.Empty(Wrong(language, (key, _) => Commands(language, key) != Commands("en", key)));

    // A Latin "a" in a Cyrillic word looks right, but no search finds the word.
    [Theory]
    [MemberData(nameof(Files))]
    public void No_word_mixes_two_alphabets(string language) =>
        Assert.Empty(Wrong(language, (key, _) => MixedWord().IsMatch(Catalogs.Shipped.Plain(language, key))));

    [Fact]
    public void Uzbek_is_written_with_its_own_letters() =>
        Assert.Empty(Wrong("uz", (key, _) => WrongApostrophe().IsMatch(Catalogs.Shipped.Plain("uz", key))));

    private static List<string> Wrong(string language, Func<string, Template, bool> isWrong) => Catalogs.Shipped.TextsOf(language)
        .Where(text => English.ContainsKey(text.Key) && isWrong(text.Key, text.Value))
        .Select(text => text.Key).Order(StringComparer.Ordinal).ToList();

    private static string Arguments(Template template) =>
        string.Join(' ', template.Uses.Select(use => use.Name).Distinct().Order(StringComparer.Ordinal));

    private static HashSet<string> Counted(Template template) =>
        template.Uses.Where(use => use.Forms.Count > 0).Select(use => use.Name).ToHashSet(StringComparer.Ordinal);

    private static string Commands(string language, string key) => string.Join(
        ' ', Command().Matches(Catalogs.Shipped.Plain(language, key)).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal));

    [GeneratedRegex("(?<![A-Za-z0-9])/[a-z]+")]
    private static partial Regex Command();

    [GeneratedRegex(@"\p{IsCyrillic}[A-Za-z]|[A-Za-z]\p{IsCyrillic}")]
    private static partial Regex MixedWord();

    // U+02BB in oʻ and gʻ, U+02BC for the tutuq belgisi, and no look-alikes.
    [GeneratedRegex("['`\u2018\u2019\u00b4]|[^oOgG]\u02bb|[oOgG]\u02bc")]
    private static partial Regex WrongApostrophe();
}
