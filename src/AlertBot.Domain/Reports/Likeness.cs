namespace AlertBot.Domain.Reports;

/// <summary>
/// Whether two texts are one text with small changes: letters swapped, another name put in. People who write independently of one event share words,
/// but not whole runs of them.
/// </summary>
public static class Likeness
{
    private const int Window = 4;
    private const double Alike = 0.7;

    // Texts this short agree by chance: "they took him".
    private const int Shortest = 12;
    private const int Longest = 2_000;

    public static bool AreAlike(string one, string other)
    {
        var (first, second) = (Letters(one), Letters(other));
        if (first.Length < Shortest || second.Length < Shortest)
            return false;
        if (first == second)
            return true;
        var (left, right) = (Pieces(first), Pieces(second));
        var common = left.Count(right.Contains);
        return common >= Alike * Math.Min(left.Count, right.Count) && common >= Alike / 2 * Math.Max(left.Count, right.Count);
    }

    // Drops names (words with a capital inside a sentence) and numbers, which a copier changes.
    private static string Letters(string text)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var kept = words.Where((word, index) => index == 0 || !char.IsUpper(word[0]) || words[index - 1].EndsWith('.'));
        var letters = string.Concat(kept.SelectMany(word => word).Where(char.IsLetter)).ToLowerInvariant();
        return letters.Length <= Longest ? letters : letters[..Longest];
    }

    private static HashSet<string> Pieces(string letters) =>
        Enumerable.Range(0, letters.Length - Window + 1).Select(at => letters.Substring(at, Window)).ToHashSet(StringComparer.Ordinal);
}
