namespace AlertBot.Domain.Reports;

/// <summary>
/// Whether two texts are one text, changed a little: letters swapped, another name put in. What people write by themselves of one event
/// shares words, and not the run of them.
/// </summary>
public static class Likeness
{
    private const int Window = 4;
    private const double Alike = 0.7;

    // So few letters are the same by chance: "they took him".
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

    // Without what begins with a capital in the middle of a sentence: names, which a copier changes. Numbers neither.
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
