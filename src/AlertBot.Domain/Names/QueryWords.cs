using System.Runtime.InteropServices;

namespace AlertBot.Domain.Names;

/// <summary>The words of one query, with two neighbours also taken as one, and their distance from registered words.</summary>
internal sealed class QueryWords
{
    /// <summary>A word's number plus this means the word and the next one together, which somebody separated by mistake.</summary>
    public const int PairOffset = 100;

    /// <summary>Differences of alphabet and romanization cost at most this.</summary>
    public const float SameWord = 0.12f;

    // How fast the chance of a spelling falls with its cost, and the chance of a word that no registered person has.
    private const float Sharpness = 4;
    private const float Unheard = 1e-5f;

    private readonly Dictionary<(int, int), float> _costs = [];
    private readonly NameWord?[] _pairs;
    private readonly float[] _nearest;
    private readonly float[] _chances;
    private readonly float[] _same;

    public QueryWords(IReadOnlyList<NameWord> words)
    {
        Words = words;
        Kinds = words.Select(word => word.Kind).ToArray();
        _pairs = Enumerable.Range(0, Math.Max(0, words.Count - 1)).Select(first => Joined(words[first], words[first + 1])).ToArray();
        _nearest = Enumerable.Repeat(WordCosts.Limit, words.Count).ToArray();
        _same = new float[words.Count];
        _chances = Enumerable.Repeat(Unheard, words.Count).ToArray();
    }

    public IReadOnlyList<NameWord> Words { get; }

    public WordKind[] Kinds { get; }

    public NameWord? this[int number] => number >= PairOffset ? _pairs.ElementAtOrDefault(number - PairOffset) : Words[number];

    /// <summary>The cost of the registered word nearest to a word of the query.</summary>
    public float Nearest(int number) => number < PairOffset ? _nearest[number] : 0;

    /// <summary>The words that a number stands for, as bits.</summary>
    public static int Bits(int number) => number >= PairOffset ? 3 << (number - PairOffset) : 1 << number;

    public float Cost(int number, int registered, WordForm form)
    {
        ref var cost = ref CollectionsMarshal.GetValueRefOrAddDefault(_costs, (number, registered), out var known);

        if (!known)
            cost = this[number] is { } word ? WordCosts.Between(word, form) : WordCosts.Limit;

        return cost;
    }

    /// <summary>Remembers which registered words were found near, each with the share of persons who have it.</summary>
    public void Heard(int number, float cost, float share)
    {
        _nearest[number] = Math.Min(_nearest[number], cost);
        _same[number] += cost <= SameWord ? share : 0;
        _chances[number] += share * MathF.Exp(-Sharpness * cost);
    }

    /// <summary>The share of registered persons who have the word in any spelling; 0 if the registered one is another word.</summary>
    public float ShareOfSame(int number, float cost) => number < PairOffset && cost <= SameWord ? _same[number] : 0;

    /// <summary>
    /// The logarithm of how much likelier the query's word is if this registered word was meant than if anybody's was:
    /// a rare word that fits says much, a common one or one of many that fit says little.
    /// Sources: I. J. Good, Probability and the Weighing of Evidence, 1950; I. P. Fellegi and A. B. Sunter, A theory for record linkage,
    /// Journal of the American Statistical Association 64, 1969.
    /// </summary>
    public float Weight(int number, float cost) => number >= PairOffset ? 0 : -Sharpness * cost - MathF.Log(_chances[number]);

    private static NameWord? Joined(NameWord first, NameWord second) =>
        first.IsInitial || second.IsInitial || first.Sounds.Length + second.Sounds.Length > Sounds.LongestWord
            ? null
            : NameParser.FromSounds(first.Sounds + second.Sounds);
}
