using AlertBot.Domain.Names;

namespace AlertBot.Benchmarks.Names;

/// <summary>Simpler ways to compare names, to measure the engine against.</summary>
internal static class NameBaselines
{
    /// <summary>The similarity of PostgreSQL's pg_trgm: shared trigrams of padded words over all trigrams.</summary>
    public static double Trigrams(HashSet<string> a, HashSet<string> b)
    {
        var shared = a.Count(b.Contains);
        return shared == 0 ? 0 : (double)shared / (a.Count + b.Count - shared);
    }

    public static HashSet<string> TrigramsOf(string text)
    {
        var trigrams = new HashSet<string>();

        foreach (var word in text.ToLowerInvariant().Split([' ', ',', '.', '-'], StringSplitOptions.RemoveEmptyEntries))
        {
            var padded = $"  {word} ";

            for (var i = 0; i + 3 <= padded.Length; i++)
                trigrams.Add(padded.Substring(i, 3));
        }

        return trigrams;
    }

    /// <summary>The words as plain sounds, which is what a careful transliteration by tables gives.</summary>
    public static string Folded(string name) => string.Join(' ', NameParser.Parse(name).Select(word => Sounds.Plain(word.Sounds)));

    public static string Sorted(string text) => string.Join(' ', text.Split(' ').Order(StringComparer.Ordinal));

    /// <summary>
    /// W. E. Winkler, String comparator metrics and enhanced decision rules, 1990: Jaro's similarity, raised for a common beginning of up
    /// to four letters.
    /// </summary>
    public static double JaroWinkler(string a, string b)
    {
        if (a.Length == 0 || b.Length == 0)
            return 0;

        var reach = Math.Max(0, Math.Max(a.Length, b.Length) / 2 - 1);
        Span<bool> usedA = stackalloc bool[a.Length];
        Span<bool> usedB = stackalloc bool[b.Length];
        double matches = 0;

        for (var i = 0; i < a.Length; i++)
        {
            for (var j = Math.Max(0, i - reach); j < Math.Min(b.Length, i + reach + 1); j++)
            {
                if (!usedB[j] && a[i] == b[j])
                {
                    usedA[i] = usedB[j] = true;
                    matches++;
                    break;
                }
            }
        }

        if (matches == 0)
            return 0;

        var swaps = 0;
        for (int i = 0, j = 0; i < a.Length; i++)
        {
            if (!usedA[i])
                continue;

            while (!usedB[j])
                j++;

            swaps += a[i] == b[j++] ? 0 : 1;
        }

        var jaro = (matches / a.Length + matches / b.Length + (matches - swaps / 2.0) / matches) / 3;
        var common = 0;
        while (common < Math.Min(4, Math.Min(a.Length, b.Length)) && a[common] == b[common])
            common++;

        return jaro + common * 0.1 * (1 - jaro);
    }
}
