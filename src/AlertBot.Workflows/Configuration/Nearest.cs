namespace AlertBot.Workflows.Configuration;

/// <summary>Finds the word that somebody most likely meant.</summary>
public static class Nearest
{
    /// <summary>A clause such as <c> (did you mean 'citation'?)</c>, or nothing when no known word is near.</summary>
    public static string Hint(string word, IEnumerable<string> known) =>
        Of(word, known, Math.Max(2, word.Length / 3)) is { } meant ? $" (did you mean '{meant}'?)" : "";

    /// <summary>The known word that is nearest; null: all differ in more letters than <paramref name="most"/>.</summary>
    public static string? Of(string word, IEnumerable<string> known, int most)
    {
        var best = known.Select(candidate => (candidate, distance: Distance(word, candidate)))
            .OrderBy(pair => pair.distance).ThenBy(pair => pair.candidate, StringComparer.Ordinal)
            .FirstOrDefault();

        return best.candidate is not null && best.distance <= most ? best.candidate : null;
    }

    /// <summary>How many letters are wrong, missing, too many or swapped with their neighbour.</summary>
    public static int Distance(string a, string b)
    {
        (a, b) = (a.ToLowerInvariant(), b.ToLowerInvariant());
        var (before, last, row) = (new int[b.Length + 1], new int[b.Length + 1], Enumerable.Range(0, b.Length + 1).ToArray());
        for (var i = 1; i <= a.Length; i++)
        {
            (before, last, row) = (last, row, before);
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                row[j] = Math.Min(Math.Min(row[j - 1], last[j]) + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
            }
        }

        return row[b.Length];
    }
}
