namespace AlertBot.Domain.Names;

/// <summary>
/// Finds registered words that may be similar without comparing all of them, by pairs of consonant classes that two words share. Vowels are left out
/// because spellings differ most in them. Source of the idea: skeleton keys (Pollock and Zamora, Communications of the ACM 27(4), 1984) and q-gram
/// filters (Ukkonen, Theoretical Computer Science 92, 1992).
/// </summary>
internal sealed class Skeletons
{
    private const int Classes = 16;
    private const int Edge = 0;
    private const int LeadingVowel = 1;
    private const int LeastShared = 34;
    private const int LongestLine = Sounds.LongestWord + 3;
    private const int MostPairs = 2 * LongestLine;

    private readonly List<int>[] _withPair = Enumerable.Range(0, 2 * Classes * Classes).Select(_ => new List<int>()).ToArray();
    private readonly Dictionary<string, int> _ids = [];
    private readonly List<byte> _sizes = [];
    private readonly List<List<int>> _words = [];

    public void Add(string stem, int word)
    {
        Span<int> line = stackalloc int[LongestLine];
        line = line[..Line(stem, line)];
        var key = Key(line);

        if (!_ids.TryGetValue(key, out var id))
        {
            id = _ids.Count;
            _ids.Add(key, id);
            _words.Add([]);

            Span<short> pairs = stackalloc short[MostPairs];
            pairs = pairs[..Pairs(line, pairs)];
            _sizes.Add((byte)pairs.Length);

            foreach (var pair in pairs)
                _withPair[pair].Add(id);
        }

        _words[id].Add(word);
    }

    /// <summary>The words that share most with the stem, about <paramref name="most"/> of them.</summary>
    public void Find(string stem, int most, Scratch scratch, List<int> found)
    {
        Span<int> line = stackalloc int[LongestLine];
        line = line[..Line(stem, line)];
        Span<short> pairs = stackalloc short[MostPairs];
        pairs = pairs[..Pairs(line, pairs)];

        var shared = scratch.Counts(_sizes.Count);
        var touched = scratch.Touched;
        touched.Clear();

        foreach (var pair in pairs)
        {
            foreach (var id in _withPair[pair])
            {
                if (shared[id]++ == 0)
                    touched.Add(id);
            }
        }

        // A histogram of likeness in hundredths says where to cut, without sorting thousands of skeletons.
        Span<int> histogram = stackalloc int[101];

        foreach (var id in touched)
            histogram[Likeness(shared[id], pairs.Length, _sizes[id])] += _words[id].Count;

        var cut = 100;
        for (var kept = histogram[100]; cut > LeastShared && kept + histogram[cut - 1] <= most; cut--)
            kept += histogram[cut - 1];

        var limit = found.Count + 2 * most;

        foreach (var id in touched)
        {
            if (Likeness(shared[id], pairs.Length, _sizes[id]) >= cut && found.Count < limit)
                found.AddRange(_words[id]);

            shared[id] = 0;
        }
    }

    private static int Likeness(int shared, int a, int b) => Math.Min(100, 200 * shared / (a + b));

    // The consonant classes of a stem between two edges; a vowel at the beginning counts as one.
    private static int Line(string stem, Span<int> line)
    {
        var length = 0;
        line[length++] = Edge;

        if (stem.Length > 0 && Class(stem[0]) < 0)
            line[length++] = LeadingVowel;

        foreach (var sound in stem)
        {
            var @class = Class(sound);

            if (@class >= 0 && line[length - 1] != @class && length < LongestLine - 1)
                line[length++] = @class;
        }

        line[length++] = Edge;
        return length;
    }

    private static int Pairs(ReadOnlySpan<int> line, Span<short> pairs)
    {
        var count = 0;
        for (var i = 0; i + 1 < line.Length; i++)
        {
            count = Put(pairs, count, (short)(line[i] * Classes + line[i + 1]));

            if (i + 2 < line.Length)
                count = Put(pairs, count, (short)(Classes * Classes + line[i] * Classes + line[i + 2]));
        }

        return count;
    }

    private static string Key(ReadOnlySpan<int> line)
    {
        Span<char> key = stackalloc char[line.Length];

        for (var i = 0; i < line.Length; i++)
            key[i] = (char)('a' + line[i]);

        return new string(key);
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
        'S' or 'C' or 'c' or 'X' or 'D' => 8,
        'm' => 9,
        'n' or 'N' => 10,
        'l' => 11,
        'r' => 12,
        _ => -1,
    };
}
