using System.Text.RegularExpressions;

namespace AlertBot.Workflows.Texts;

/// <summary>
/// Guesses the language of a text if the messenger does not tell it, by letters that only one language has and by words that people write in an
/// emergency. The guess serves the first answer; one press changes it.
/// </summary>
public static partial class LanguageGuess
{
    /// <returns>Null if the text gives no clue.</returns>
    public static string? Of(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.StartsWith('/'))
            return null;

        var said = text.ToLowerInvariant();
        return KazakhOnly().IsMatch(said) ? "kk"
            : KarakalpakOnly().IsMatch(said) ? "kaa-Cyrl"
            : UzbekCyrillicOnly().IsMatch(said) ? UzbekCyrillic.Code
            // Kazakh is hardly written without its і; what has the other letters of both and not that one is Karakalpak.
            : KazakhOrKarakalpak().IsMatch(said) ? "kaa-Cyrl"
            : Cyrillic().IsMatch(said) ? "ru"
            : KarakalpakLatin().IsMatch(said) ? "kaa"
            : UzbekLatin().IsMatch(said) ? "uz"
            : Latin().IsMatch(said) ? "en"
            : null;
    }

    /// <summary>Guesses only if the words leave no doubt: Kazakh is sometimes written in letters that Russian has too.</summary>
    public static string? Surely(string? text) => Of(text) switch
    {
        "ru" when !Russian().IsMatch(text!.ToLowerInvariant()) => null,
        "en" when !English().IsMatch(text!.ToLowerInvariant()) => null,
        var guess => guess,
    };

    [GeneratedRegex(
        @"[эщъё]|\b(и|в|на|не|его|ее|моего|мою|брата|сына|мужа|отца|сестру|меня|нас|забрали|увели|увезли|задержан\w*|арестова\w*|помогите"
        + @"|полици\w*|милици\w*|вчера|сегодня|двое|люди|домой|из)\b")]
    private static partial Regex Russian();

    [GeneratedRegex(@"\b(the|they|took|my|and|was|is|of|from|arrested|detained|brother|police|help|he|she|him|her|in)\b")]
    private static partial Regex English();

    [GeneratedRegex("[іұһ]")]
    private static partial Regex KazakhOnly();

    [GeneratedRegex("(?=.*[ўҳ])(?=.*[әөүңы])", RegexOptions.Singleline)]
    private static partial Regex KarakalpakOnly();

    [GeneratedRegex("[ўҳ]")]
    private static partial Regex UzbekCyrillicOnly();

    [GeneratedRegex("[әөүңғқ]")]
    private static partial Regex KazakhOrKarakalpak();

    [GeneratedRegex("[а-яё]{2}")]
    private static partial Regex Cyrillic();

    [GeneratedRegex(@"[ǵńıáúó]|\b(alıp|alip) ket|\b(menen|hám|ham|joq|qayda|inim|ulım|járdem)\b")]
    private static partial Regex KarakalpakLatin();

    [GeneratedRegex(@"[og][ʻʼ'‘’`]|\b(olib|ketdi|ketishdi|ketdilar|yordam|bilan|keldi|akam|ukam|oglim|qamashdi|nima|qilay|uchun|militsiya)\b")]
    private static partial Regex UzbekLatin();

    [GeneratedRegex("[a-z]{2}")]
    private static partial Regex Latin();
}
