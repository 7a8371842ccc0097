namespace AlertBot.Domain.Names;

/// <summary>
/// Splits a written name into words and classifies each: initial, patronymic, family name, title. Particles and titles: particles.tsv.
/// </summary>
internal static class NameParser
{
    /// <summary>No name has more words. The parser reads no further, so that a query has a bound.</summary>
    public const int MostWords = 6;

    private static readonly Dictionary<string, string> Particles = NameTable.Read("particles.tsv")
        .DistinctBy(row => row[0])
        .ToDictionary(row => row[0], row => row[1]);

    public static IReadOnlyList<NameWord> Parse(string name)
    {
        var clean = Letters.Clean(name, out var capitals);
        var spans = Spans(clean, capitals);
        var around = Around(clean, capitals, spans);
        var words = new List<NameWord>();
        var titles = new List<NameWord>();

        for (var at = 0; at < spans.Count; at++)
        {
            var (start, end, dot) = spans[at];

            // г-жа, г-н
            if (at + 1 < spans.Count && end - start == 1 && clean[end] == '-' && spans[at + 1].Start == end + 1
                && IsTitle(string.Concat(clean.AsSpan(start, 1), clean.AsSpan(end + 1, spans[at + 1].End - end - 1))))
            {
                at++;
                continue;
            }

            var settled = Scripts.Settle(clean.AsSpan(start, end - start), capitals.AsSpan(start, end - start), around);
            var sounds = Sounds.Of(settled);

            if (sounds.Length == 0)
                continue;

            var kind = Particles.GetValueOrDefault(Sounds.Plain(sounds));

            if (kind is "son" or "daughter" && words.Count > 0 && !words[^1].IsInitial)
                words[^1] = Father(words[^1], kind);
            else if (kind == "title")
                titles.Add(Word(settled, sounds, false));
            else
                words.Add(Word(settled, sounds, dot));

            if (words.Count == MostWords)
                break;
        }

        // A title is dropped only beside a name, since Aka or Apa may be the whole text.
        return words.Count >= 2 ? words : [.. titles.Take(MostWords - words.Count), .. words];
    }

    private static bool IsTitle(string word) => Particles.GetValueOrDefault(Sounds.Plain(Sounds.Of(word))) == "title";

    /// <summary>uly, qizi, o'g'li written apart.</summary>
    public static bool IsParticle(string sounds) => Particles.GetValueOrDefault(Sounds.Plain(sounds)) is "son" or "daughter";

    /// <summary>A word as it would be parsed alone, from its sounds.</summary>
    public static NameWord FromSounds(string sounds) => new() { Sounds = sounds, Form = Endings.Nominative(sounds) };

    private static NameWord Word(string letters, string sounds, bool dot)
    {
        var count = letters.Count(c => c != Letters.Apostrophe && !Letters.IsMark(c));
        var isInitial = count == 1 || (dot && count <= 3 && sounds.Length <= 2);

        return new NameWord
        {
            Letters = letters,
            Sounds = sounds,
            Form = isInitial || Sounds.IsBare(letters)
                ? new WordForm(sounds, sounds, WordKind.None, Sex.Unknown, false) { IsBare = !isInitial }
                : Endings.Nominative(sounds),
            IsInitial = isInitial,
            IsCut = dot && !isInitial,
        };
    }

    private static NameWord Father(NameWord word, string kind) => new()
    {
        Letters = word.Letters,
        Sounds = word.Sounds,
        Form = new WordForm(word.Sounds, word.Sounds, WordKind.Father, kind == "son" ? Sex.Male : Sex.Female, false),
    };

    private static List<(int Start, int End, bool Dot)> Spans(string clean, bool[] capitals)
    {
        var spans = new List<(int, int, bool)>();
        var start = -1;

        for (var i = 0; i <= clean.Length; i++)
        {
            var inWord = i < clean.Length && (char.IsLetter(clean[i]) || clean[i] == Letters.Apostrophe || Letters.IsMark(clean[i]));

            // AydosAtaniyazov: a capital after two small letters starts a word.
            var seam = inWord && start >= 0 && i - start >= 3 && capitals[i] && !capitals[i - 1] && !capitals[i - 2]
                && clean[i - 1] != Letters.Apostrophe && i + 1 < clean.Length && !capitals[i + 1];

            if (start >= 0 && (!inWord || seam))
            {
                spans.Add((start, i, i < clean.Length && clean[i] == '.'));
                start = -1;
            }

            if (inWord && start < 0)
                start = i;
        }

        return spans;
    }

    private static Script Around(string clean, bool[] capitals, List<(int Start, int End, bool Dot)> spans)
    {
        foreach (var (start, end, _) in spans)
        {
            var script = Scripts.Of(clean.AsSpan(start, end - start), capitals.AsSpan(start, end - start));

            if (script != Script.Unknown)
                return script;
        }

        return Script.Unknown;
    }
}
