namespace AlertBot.Domain.Names;

/// <summary>Says in a few words why a person may be meant.</summary>
internal static class NameReasons
{
    private const float SameWord = 0.02f;
    private const float SpellingOnly = 0.75f;
    private const int MostLetters = 4;
    private const float WholeGrapheme = 0.9f;

    public static IReadOnlyList<NameReason> Of<TId>(QueryWords query, Candidate<TId> candidate)
    {
        var hasFamily = Array.Exists(candidate.Forms, form => form.Kind == WordKind.Family);
        var reasons = new List<NameReason>(candidate.Words.Length);

        for (var i = 0; i < candidate.Words.Length; i++)
        {
            var form = candidate.Forms[i];
            var part = form.Kind switch
            {
                WordKind.Family => NamePart.Family,
                WordKind.Father => NamePart.Father,
                _ => hasFamily ? NamePart.Given : NamePart.Any,
            };
            var number = candidate.Words[i];

            if (number < 0)
                reasons.Add(new NameReason(part, NameDifference.Missing, ""));
            else
                reasons.Add(Compare(part, query[number]!, form, candidate.Letters[i], query.Cost(number, candidate.Registered[i], form)));
        }

        return reasons;
    }

    private static NameReason Compare(NamePart part, NameWord word, WordForm form, string letters, float cost)
    {
        if (word.IsInitial)
            return new NameReason(part, NameDifference.Initial, "");

        if (cost <= SameWord)
            return new NameReason(part, NameDifference.Same, "");

        if (cost > SpellingOnly)
            return new NameReason(part, NameDifference.Slips, Pairs(word.Letters, letters));

        var otherEnding = word.Readings.Exists(reading =>
            SoundCosts.Between(reading.Stem, form.Stem, 1) <= SameWord && reading.Kind != form.Kind | reading.IsGuess);
        return otherEnding
            ? new NameReason(part, NameDifference.Ending, "")
            : new NameReason(part, NameDifference.Spelling, Pairs(word.Letters, letters));
    }

    /// <summary>The letters that were equated and differ in more than their alphabet.</summary>
    internal static string Pairs(string written, string registered)
    {
        var a = Sounds.Graphemes(written);
        var b = Sounds.Graphemes(registered);
        var costs = new float[a.Count + 1, b.Count + 1];

        for (var i = a.Count; i >= 0; i--)
        {
            for (var j = b.Count; j >= 0; j--)
            {
                if (i == a.Count || j == b.Count)
                {
                    costs[i, j] = WholeGrapheme * (a.Count - i + b.Count - j);
                    continue;
                }

                costs[i, j] = Math.Min(
                    costs[i + 1, j + 1] + SoundCosts.Between(a[i].Sounds, b[j].Sounds),
                    WholeGrapheme + Math.Min(costs[i + 1, j], costs[i, j + 1]));
            }
        }

        var pairs = new List<string>();

        for (int i = 0, j = 0; i < a.Count && j < b.Count && pairs.Count < MostLetters;)
        {
            var together = costs[i + 1, j + 1] + SoundCosts.Between(a[i].Sounds, b[j].Sounds);

            if (together <= costs[i, j] + 1e-4f)
            {
                if (a[i].Sounds != b[j].Sounds && a[i].Letters != b[j].Letters)
                    pairs.Add($"{a[i].Letters}={b[j].Letters}");

                i++;
                j++;
            }
            else if (costs[i + 1, j] <= costs[i, j + 1])
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return string.Join(", ", pairs.Distinct());
    }
}
