namespace AlertBot.Domain.Names;

/// <summary>Undoes typing with the wrong keyboard layout. The layouts and their source: layouts.tsv.</summary>
internal static class KeyboardLayouts
{
    // Among 20,000 registered names of our languages the lowest share of vowels was 0.30.
    private const double FewVowels = 0.29;
    private const string Vowels = "aeiouyаеёиоуыэюяәөүұіўıáóúäöü";

    private static readonly Dictionary<char, char> ToCyrillic =
        NameTable.Read("layouts.tsv").ToDictionary(row => row[0][0], row => row[1][0]);

    private static readonly Dictionary<char, char> ToLatin = ToCyrillic.ToDictionary(pair => pair.Value, pair => pair.Key);

    /// <summary>The text meant if it was typed on the wrong layout; null if it does not look so.</summary>
    public static string? Other(string text)
    {
        int vowels = 0, letters = 0, keys = 0;

        foreach (var c in text)
        {
            var small = char.ToLowerInvariant(c);
            letters += char.IsLetter(c) ? 1 : 0;
            vowels += Vowels.Contains(small) ? 1 : 0;
            keys += c is '[' or ']' or ';' ? 1 : 0;
        }

        if (letters < 5 || (vowels > FewVowels * letters && keys == 0))
            return null;

        var isLatin = text.Any(c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z'));
        var other = isLatin ? ToCyrillic : ToLatin;
        return string.Create(text.Length, (text, other), static (to, from) =>
        {
            for (var i = 0; i < to.Length; i++)
                to[i] = from.other.TryGetValue(char.ToLowerInvariant(from.text[i]), out var c) ? c : from.text[i];
        });
    }
}
