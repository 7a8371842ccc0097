namespace AlertBot.Domain.Names;

/// <summary>
/// Finds possible names in running text: "кеше түнде Қошқарбай Төремуратовты алып кетті". Case endings stay on; the index removes them. Words that
/// are not names: common-words.tsv.
/// </summary>
public static class NameExtractor
{
    /// <summary>A long message gives no more candidates than this, since each costs a query.</summary>
    public const int MostCandidates = 24;

    private const int LongestText = 2_000;
    private const int MostWords = 4;

    private static readonly HashSet<string> CommonWords = NameTable.Read("common-words.tsv").Select(row => Letters.Clean(row[0])).ToHashSet();

    /// <summary>Runs of neighbouring words that may be a name, longest first.</summary>
    public static IReadOnlyList<string> Candidates(string text)
    {
        ArgumentNullException.ThrowIfNull(text);

        if (text.Length > LongestText)
            text = text[..LongestText];

        var runs = Runs(Words(text));
        var candidates = new List<string>();

        for (var length = MostWords; length >= 1; length--)
        {
            foreach (var run in runs)
            {
                for (var start = 0; start + length <= run.Count; start++)
                {
                    if (IsLikely(run, start, length))
                        candidates.Add(text[run[start].Start..run[start + length - 1].End]);
                }
            }
        }

        return candidates.Distinct().Take(MostCandidates).ToList();
    }

    // Several words are a likely name if one of them has a capital or looks like a name. A single word is one only with a family ending, or alone.
    private static bool IsLikely(List<Word> run, int start, int length)
    {
        var words = run.GetRange(start, length);

        if (words.TrueForAll(word => word.Name.IsInitial))
            return false;

        if (length == 1)
            return words[0].Name.Kind != WordKind.None || (words[0].IsCapital && run.Count == 1);

        return words.Exists(IsNameLike) || words.TrueForAll(word => word.IsCapital);
    }

    private static bool IsNameLike(Word word) =>
        word.Name.Kind != WordKind.None || word.Name.Readings.Exists(reading => reading.LastPart != 0 && reading.Stem.Length > 4);

    private static List<List<Word>> Runs(List<Word?> words)
    {
        var runs = new List<List<Word>> { new() };
        var hasCapitals = words.Exists(word => word is { IsCapital: true, Name.IsInitial: false });
        var hasSmall = words.Exists(word => word is { IsCapital: false });

        foreach (var word in words)
        {
            // If the text uses capitals at all, a word in small letters is a name only if it looks like one.
            var belongs = word is { IsCommon: false }
                && (!hasCapitals || !hasSmall || word.IsCapital || word.Name.Kind != WordKind.None || word.IsParticle);

            if (belongs)
                runs[^1].Add(word!);
            else if (runs[^1].Count > 0)
                runs.Add([]);
        }

        return runs;
    }

    // Null ends a name: a full stop after a word, a line, a bracket. A comma may stand in a reversed name.
    private static List<Word?> Words(string text)
    {
        var words = new List<Word?>();

        for (var at = 0; at < text.Length;)
        {
            if (!IsWordLetter(text, at))
            {
                if (text[at] is '!' or '?' or ';' or ':' or '(' or ')' or '\n' or '"' or '«' or '»' or '—')
                    words.Add(null);

                at++;
                continue;
            }

            var start = at;
            while (at < text.Length && (IsWordLetter(text, at) || (text[at] == '-' && at + 1 < text.Length && IsWordLetter(text, at + 1))))
                at++;

            var dot = at < text.Length && text[at] == '.';
            var parsed = NameParser.Parse(dot ? text[start..(at + 1)] : text[start..at]);

            if (parsed.Count > 0)
            {
                // "K." is an initial, "к" a preposition.
                var isCommon = !(dot && parsed[0].IsInitial) && CommonWords.Contains(Letters.Clean(text[start..at]));
                words.Add(new Word(start, at, char.IsUpper(text[start]), isCommon, parsed[0]));
            }

            if (dot && (parsed.Count == 0 || !parsed[0].IsInitial))
                words.Add(null);
        }

        return words;
    }

    private static bool IsWordLetter(string text, int at) =>
        char.IsLetter(text[at]) || char.IsSurrogate(text[at])
        || char.GetUnicodeCategory(text[at]) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.Format
        || (Letters.IsApostrophe(text[at]) && at > 0 && char.IsLetter(text[at - 1]));

    private sealed record Word(int Start, int End, bool IsCapital, bool IsCommon, NameWord Name)
    {
        public bool IsParticle => NameParser.IsParticle(Name.Sounds);

        public override string ToString() => "(name)";
    }
}
