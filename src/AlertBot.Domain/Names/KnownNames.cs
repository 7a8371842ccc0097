namespace AlertBot.Domain.Names;

/// <summary>
/// The names that people bear, whether anybody registered has them or not (attested-names.tsv). A word that is one of them is another name than a
/// registered one near it; a word that is none is a slip in it.
/// </summary>
internal sealed class KnownNames
{
    /// <summary>Nothing nearer than this is looked for: spellings of one name in two languages differ so much.</summary>
    public const float SameName = 0.25f;

    // A compound of two known parts is a name that somebody may bear; a name on the list is one that people do.
    private const float Compound = 0.12f;
    private const int ShortestPart = 2;
    private const int LongestPart = 8;
    private const int WordsCompared = 40;

    private readonly Skeletons _skeletons = new();
    private readonly List<string> _stems = [];
    private readonly Dictionary<string, int> _exact = new(StringComparer.Ordinal);
    private readonly List<string> _languages = [];
    private readonly HashSet<string> _firstParts = new(StringComparer.Ordinal);

    /// <param name="leaveOut">The names to do without, for measuring what the list does for names that are not on it.</param>
    public KnownNames(Func<string, bool>? leaveOut = null)
    {
        foreach (var (language, use, name) in Listed().Where(listed => leaveOut?.Invoke(listed.Name) != true))
            Add(Endings.Nominative(Sounds.Of(Letters.Clean(name))), language, use == "part");

        Likeness = new NameLikeness(_exact.Keys);
    }

    /// <summary>How like these names a word sounds.</summary>
    public NameLikeness Likeness { get; }

    public static KnownNames All { get; } = new();

    /// <summary>Every name on the list, with its language and its use: m, f, family or part.</summary>
    public static IEnumerable<(string Language, string Use, string Name)> Listed() =>
        NameTable.Read("attested-names.tsv").SelectMany(row => row[2].Split(' ').Select(name => (row[0], row[1], name)));

    /// <summary>How far a word is from the nearest known name, or <paramref name="limit"/> if none is nearer.</summary>
    public float Nearest(NameWord word, Scratch scratch, float limit)
    {
        if (word.IsInitial || word.IsCut)
            return limit;

        foreach (var reading in word.Readings)
        {
            limit = Nearest(reading, scratch, limit);

            // A case ending may be taken off only where the word as it stands is no name.
            if (limit <= Compound)
                break;
        }

        return limit;
    }

    public float Nearest(WordForm form, Scratch scratch, float limit)
    {
        if (Languages(form) != 0)
            return 0;

        if (IsCompound(Sounds.Plain(form.Stem)))
            limit = Math.Min(limit, Compound);

        var found = scratch.Known;
        found.Clear();
        _skeletons.Find(form.Stem, WordsCompared, scratch, found);

        foreach (var stem in found)
            limit = Math.Min(limit, SoundCosts.Between(form.Stem, _stems[stem], limit, form.IsPlain));

        return limit;
    }

    /// <summary>Whether one language has both words: Tohir and Тахир are one name of two languages, Санат and Самат are two names of one.</summary>
    public bool AreTwoOfOneLanguage(WordForm one, WordForm other) => (Languages(one) & Languages(other)) != 0;

    // The languages of a word, or of what is under the ending of a family name, as bits.
    private int Languages(WordForm form) =>
        _exact.GetValueOrDefault(Sounds.Plain(form.Stem)) | _exact.GetValueOrDefault(Sounds.Plain(form.Whole));

    private bool IsCompound(string plain)
    {
        var parts = _firstParts.GetAlternateLookup<ReadOnlySpan<char>>();

        for (var length = ShortestPart; length <= Math.Min(LongestPart, plain.Length - ShortestPart); length++)
        {
            if (LastParts.IsOne(plain.AsSpan(length)) && parts.Contains(plain.AsSpan(0, length)))
                return true;
        }

        return false;
    }

    private void Add(WordForm form, string language, bool isPart)
    {
        var plain = Sounds.Plain(form.Stem);
        var bit = Bit(language);

        if (plain.Length is >= ShortestPart and <= LongestPart)
            _firstParts.Add(plain);

        // Aref ends like a family name and is none.
        if (plain.Length <= ShortestPart && form.Whole != form.Stem)
            _exact[Sounds.Plain(form.Whole)] = _exact.GetValueOrDefault(Sounds.Plain(form.Whole)) | bit;

        if (isPart || plain.Length <= ShortestPart)
            return;

        if (!_exact.TryGetValue(plain, out var languages))
        {
            _skeletons.Add(form.Stem, _stems.Count);
            _stems.Add(form.Stem);
        }

        _exact[plain] = languages | bit;
    }

    private int Bit(string language)
    {
        if (!_languages.Contains(language))
            _languages.Add(language);

        return 1 << _languages.IndexOf(language);
    }
}
