namespace AlertBot.Workflows.Configuration;

/// <summary>Finds the word that somebody most likely meant.</summary>
public static class Nearest
{
    /// <summary>A hint such as <c> (did you mean 'citation'?)</c>, or nothing if no known word is near.</summary>
    public static string Hint(string word, IEnumerable<string> known)
    {
        var best = known.Select(candidate => (candidate, distance: Distance(word, candidate)))
            .OrderBy(pair => pair.distance).ThenBy(pair => pair.candidate, StringComparer.Ordinal)
            .FirstOrDefault();

        return best.candidate is not null && best.distance <= Math.Max(2, word.Length / 3)
            ? $" (did you mean '{best.candidate}'?)"
            : "";
    }

    // The Levenshtein distance, row by row.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1;
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + cost));
            }
        }

        return row[b.Length];
    }
}
