using AlertBot.Domain.Names;

namespace AlertBot.Benchmarks.Reports;

/// <summary>
/// Invented names, each of which is certainly recognised among all the others. So the benchmark measures the way of a report, and not how many
/// namesakes a coordinator would choose from.
/// </summary>
internal static class UnlikeNames
{
    private const int Seed = 20_240_117;
    private static readonly string[] Onsets = ["b", "ch", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "sh", "t", "v", "z"];
    private static readonly string[] Vowels = ["a", "e", "i", "o", "u"];

    public static IReadOnlyList<string> Make(int count)
    {
        // CA5394: the dice of a benchmark, not a secret.
#pragma warning disable CA5394
        var random = new Random(Seed);
        string Word(int syllables) => string.Concat(
            Enumerable.Range(0, syllables).Select(_ => Onsets[random.Next(Onsets.Length)] + Vowels[random.Next(Vowels.Length)]));
        string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];
#pragma warning restore CA5394

        using var index = new NameIndex<int>();
        var names = new List<string>();
        // Some are dropped at the end, because others came too near to them.
        while (names.Count < count + (count / 4))
        {
            var name = $"{Capital(Word(3))} {Capital(Word(4))}lov";
            if (index.Find(name, 1).Any(match => match.Band != NameBand.No))
                continue;
            index.Add(names.Count, [name]);
            names.Add(name);
        }

        var sure = names.Where((name, number) => IsSure(index, Sentence(name), number)).Take(count).ToList();
        return sure.Count == count ? sure : throw new InvalidOperationException($"Only {sure.Count} of {count} names are unlike enough.");
    }

    /// <summary>What a witness writes.</summary>
    public static string Sentence(string name) => $"they took {name}";

    // The program reads a text both as a bare name and as a sentence with one in it.
    private static bool IsSure(NameIndex<int> index, string sentence, int number)
    {
        var near = index.Find(sentence, 3).Concat(index.FindIn(sentence, 3)).Where(match => match.Band != NameBand.No).ToList();
        return near.Exists(match => match.Band == NameBand.Same) && near.TrueForAll(match => match.Id == number);
    }
}
