using AlertBot.Domain.Channels;

namespace AlertBot.Domain.Places;

/// <summary>
/// The cities that reports name, in the languages and scripts of reporters: the capitals of the regions of our jurisdictions, and every city whose
/// time zone is offered. A name is found in any letter case, with the endings that it takes in a sentence.
/// </summary>
public static partial class Cities
{
    // The longest case ending that may follow a name (Kazakh -дағылар, Russian -ском).
    private const int LongestEnding = 5;
    private const int ShortestStem = 4;

    private static readonly IReadOnlyList<(string[] Name, City City)> All = Read();

    private static readonly char[] Signs = [.. " \t\r\n.,;:!?()[]{}«»\"“”„'’ʻ`…/\\|*_"];

    /// <summary>Every name by which a city is known, in small letters.</summary>
    public static IEnumerable<string> Names => All.Select(one => string.Join(' ', one.Name));

    /// <summary>The city of that name and no other words.</summary>
    public static City? Find(string text)
    {
        var words = WordsOf(text);
        return All.FirstOrDefault(one => one.Name.SequenceEqual(words, StringComparer.Ordinal)).City;
    }

    /// <summary>The first city named in a text, with the words that name it; null if none.</summary>
    public static (City City, string Said)? FindIn(string text)
    {
        var said = text.Length > 4_000 ? Shortened.Plainly(text, 4_000) : text;
        var written = said.Split(Signs, StringSplitOptions.RemoveEmptyEntries);
        var words = written.Select(Folded).ToArray();
        for (var at = 0; at < words.Length; at++)
        {
            foreach (var (name, city) in All)
            {
                if (at + name.Length <= words.Length && IsAt(words.AsSpan(at, name.Length), name))
                    return (city, string.Join(' ', written.AsSpan(at, name.Length).ToArray()));
            }
        }

        return null;
    }

    private static bool IsAt(ReadOnlySpan<string> words, string[] name)
    {
        for (var i = 0; i < name.Length - 1; i++)
        {
            if (words[i] != name[i])
                return false;
        }

        return IsNamed(words[^1], name[^1]);
    }

    private static bool IsNamed(string word, string name)
    {
        if (word == name)
            return true;
        // The last vowel is dropped because Russian changes it: Астана, в Астане.
        var stem = name.Length > ShortestStem && "аяыиaiı".Contains(name[^1], StringComparison.Ordinal) ? name[..^1] : name;
        return stem.Length >= ShortestStem && word.Length <= name.Length + LongestEnding && word.StartsWith(stem, StringComparison.Ordinal);
    }

    private static string[] WordsOf(string text) => text.Split(Signs, StringSplitOptions.RemoveEmptyEntries).Select(Folded).ToArray();

    private static string Folded(string word) => word.ToLowerInvariant().Replace("ё", "е", StringComparison.Ordinal);

    private static List<(string[] Name, City City)> Read()
    {
        var all = new List<(string[], City)>();
        foreach (var line in Table.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var parts = line.Split('|');
            var names = parts[2].Split(',', StringSplitOptions.TrimEntries);
            var city = new City(names[0], parts[0], parts[1]);
            all.AddRange(names.Select(name => (WordsOf(name), city)));
        }

        // If two names begin alike, the longer one is meant.
        return [.. all.OrderByDescending(one => one.Item1.Length).ThenByDescending(one => one.Item1[^1].Length)];
    }
}
