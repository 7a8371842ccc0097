using System.Collections;

namespace AlertBot.Workflows.Texts;

/// <summary>A language the bot speaks.</summary>
/// <param name="Code">The name of its file, a BCP 47 tag: <c>ru</c>, <c>kaa-Cyrl</c>.</param>
/// <param name="Name">What its speakers call it.</param>
public sealed record Language(string Code, string Name);

/// <summary>The loaded languages, English first.</summary>
public sealed class Languages : IReadOnlyList<Language>
{
    // Speakers of these languages usually read Russian better than English (CLDR, languageMatching; Karakalpak is our addition). CLDR also lists
    // Ukrainian, but today its speakers would rather be asked.
    private static readonly HashSet<string> ReadRussian =
        new(StringComparer.OrdinalIgnoreCase) { "az", "be", "hy", "kaa", "kk", "ky", "tg", "tk", "tt", "uz" };

    private readonly List<Language> _all;

    internal Languages(IEnumerable<Language> languages) => _all =
        [.. languages.OrderBy(language => language.Code != TextCatalog.FallbackLanguage).ThenBy(language => language.Code, StringComparer.Ordinal)];

    public int Count => _all.Count;

    public Language this[int index] => _all[index];

    public IEnumerator<Language> GetEnumerator() => _all.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public bool Contains(string code) => _all.Any(language => Is(language.Code, code));

    /// <summary>Whether <see cref="Choose"/> finds a fitting language, and not English for lack of one.</summary>
    public bool Understands(string phoneLanguage) =>
        Is(Primary(phoneLanguage.Trim()), TextCatalog.FallbackLanguage) || Choose(phoneLanguage) != TextCatalog.FallbackLanguage;

    /// <summary>The loaded language nearest to the phone's (<c>ru-RU</c>, <c>uz-Cyrl</c>, <c>kk</c>), else English.</summary>
    public string Choose(string? phoneLanguage)
    {
        for (var tag = (phoneLanguage ?? "").Trim().Replace('_', '-'); tag.Length > 0; tag = WithoutLastPart(tag))
        {
            if (_all.Find(language => Is(language.Code, tag)) is { } same)
                return same.Code;
        }

        var primary = Primary((phoneLanguage ?? "").Trim());
        return _all.Find(language => Is(Primary(language.Code), primary))?.Code
            ?? (ReadRussian.Contains(primary) ? _all.Find(language => language.Code == "ru")?.Code : null)
            ?? TextCatalog.FallbackLanguage;
    }

    /// <summary>The language itself, without script and country: <c>kaa</c> of <c>kaa-Cyrl</c>.</summary>
    internal static string Primary(string tag) => tag.Split('-', '_')[0].ToLowerInvariant();

    private static string WithoutLastPart(string tag) => tag.LastIndexOf('-') is > 0 and var at ? tag[..at] : "";

    private static bool Is(string code, string other) => string.Equals(code, other, StringComparison.OrdinalIgnoreCase);
}
