using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Cases;

/// <summary>Laws as people name them, in any language: "Kazakhstan, uzb" is <c>KZ UZ</c>.</summary>
internal static class LawWords
{
    private const int ShortestBeginning = 3;

    /// <summary>The text with every law that it names in our own code; as it was, where it names none.</summary>
    public static string InCodes(TextCatalog texts, LawMenu laws, string text) => string.Join(
        ", ",
        text.Split([',', ';', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(
            part => CodeOf(texts, laws, part)
                ?? string.Join(' ', part.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => CodeOf(texts, laws, word) ?? word))));

    private static string? CodeOf(TextCatalog texts, LawMenu laws, string said)
    {
        if (laws.Find(said) is { } known)
            return known.Code;

        var named = laws.Places.Where(place => texts.Languages.Any(
            language => IsNamed(texts.Plain(language.Code, "jurisdiction." + place.Code), said))).Take(2).ToList();
        return named.Count == 1 ? named[0].Code : null;
    }

    private static bool IsNamed(string name, string said) => name.Equals(said, StringComparison.OrdinalIgnoreCase)
        || (said.Length >= ShortestBeginning && name.StartsWith(said, StringComparison.OrdinalIgnoreCase));
}
