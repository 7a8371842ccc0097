namespace AlertBot.Domain.Names;

/// <summary>
/// Finds registered words that may be alike without comparing all of them: by pairs of consonant classes that two words share.
/// Vowels are left out because spellings differ most in them. Source of the idea: skeleton keys (Pollock and Zamora,
/// Communications of the ACM 27(4), 1984) and q-gram filters (Ukkonen, Theoretical Computer Science 92, 1992).
/// </summary>
internal sealed class Skeletons
{
    private const int Classes = 16;
    private const int Edge = 0;
    private const int LeadingVowel = 1;
    private const float LeastShared = 0.34f;

    private readonly List<int>[] _words = Enumerable.Range(0, 2 * Classes * Classes).Select(_ => new List<int>()).ToArray();
    private readonly List<byte> _sizes = [];

    /// <summary>Words are numbered as they are added, from 0.</summary>
    public void Add(string stem)
    {
        Span<short> pairs = stackalloc short[4 * Sounds.LongestWord];
        var count = Pairs(stem, pairs);
        var word = _sizes.Count;
        _sizes.Add((byte)Math.Min(count, byte.MaxValue));

        foreach (var pair in pairs[..count])
            _words[pair].Add(word);
    }

    /// <summary>Up to <paramref name="most"/> words that share most with the stem.</summary>
    public void Find(string stem, int most, Scratch scratch, List<int> found)
    {
        Span<short> pairs = stackalloc short[4 * Sounds.LongestWord];
        var count = Pairs(stem, pairs);
        var shared = scratch.WordCounts(_sizes.Count);
        var touched = scratch.TouchedWords;
        touched.Clear();

        foreach (var pair in pairs[..count])
        {
            foreach (var word in _words[pair])
            {
                if (shared[word]++ == 0)
                    touched.Add(word);
            }
        }

        // A histogram of likeness in hundredths says where to cut, without sorting tens of thousands of words.
        Span<int> histogram = stackalloc int[101];

        foreach (var word in touched)
            histogram[Likeness(shared[word], count, _sizes[word])]++;

        var cut = 100;
        for (var kept = histogram[100]; cut > (int)(LeastShared * 100) && kept + histogram[cut - 1] <= most; cut--)
            kept += histogram[cut - 1];

        var limit = found.Count + 2 * most;

        foreach (var word in touched)
        {
            if (Likeness(shared[word], count, _sizes[word]) >= cut && found.Count < limit)
                found.Add(word);

            shared[word] = 0;
        }
    }

    private static int Likeness(int shared, int a, int b) => Math.Min(100, 200 * shared / (a + b));

    private static int Pairs(string stem, Span<short> pairs)
    {
        Span<int> line = stackalloc int[2 * Sounds.LongestWord + 3];
        var length = 0;
        line[length++] = Edge;

        if (stem.Length > 0 && Class(stem[0]) < 0)
            line[length++] = LeadingVowel;

        foreach (var sound in stem)
        {
            var @class = Class(sound);

            if (@class >= 0 && line[length - 1] != @class && length < Sounds.LongestWord)
                line[length++] = @class;
        }

        line[length++] = Edge;

        var count = 0;
        for (var i = 0; i + 1 < length; i++)
        {
            count = Put(pairs, count, (short)(line[i] * Classes + line[i + 1]));

            if (i + 2 < length)
                count = Put(pairs, count, (short)(Classes * Classes + line[i] * Classes + line[i + 2]));
        }

        return count;
    }

    private static int Put(Span<short> pairs, int count, short pair)
    {
        if (pairs[..count].Contains(pair))
            return count;

        pairs[count] = pair;
        return count + 1;
    }

    private static int Class(char sound) => sound switch
    {
        'b' or 'p' or 'f' => 2,
        'd' or 't' => 3,
        'g' or 'G' or 'k' or 'q' => 4,
        'h' => 5,
        's' or 'z' => 6,
        'Z' or 'J' => 7,
        'S' or 'C' or 'c' or 'X' => 8,
        'm' => 9,
        'n' or 'N' => 10,
        'l' => 11,
        'r' => 12,
        _ => -1,
    };
}
