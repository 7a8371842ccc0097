namespace AlertBot.Domain.Names;

/// <summary>
/// Takes off the endings of family names, patronymics and grammatical cases. The endings and their sources: endings.tsv.
/// </summary>
internal static class Endings
{
    private const int ShortestStem = 2;
    private const int ShortestUnderCase = 3;

    private static readonly Ending[] All = NameTable.Read("endings.tsv")
        .Select(row => new Ending(row[0], KindOf(row[1]), SexOf(row[2]), row[3] == "-" ? "" : row[3]))
        .OrderByDescending(ending => ending.Text.Length)
        .ToArray();

    private static readonly Ending[] OfNames = All.Where(ending => ending.Kind != WordKind.Case).ToArray();
    private static readonly Ending[] OfCases = All.Where(ending => ending.Kind == WordKind.Case).ToArray();

    /// <summary>The word as it stands in the nominative.</summary>
    public static WordForm Nominative(string sounds) => Analyse(sounds, false);

    /// <summary>All readings of the word: as it stands, and without each case ending that it may have.</summary>
    public static List<WordForm> Readings(string sounds)
    {
        var readings = new List<WordForm> { Analyse(sounds, false) };
        var plain = Sounds.Plain(sounds);

        foreach (var ending in OfCases)
        {
            if (!plain.EndsWith(ending.Text, StringComparison.Ordinal) || plain.Length - ending.Text.Length < ShortestUnderCase)
                continue;

            var bare = sounds[..^ending.Text.Length] + ending.PutBack;

            if (readings.TrueForAll(reading => reading.Whole != bare))
                readings.Add(Analyse(bare, true));
        }

        return readings;
    }

    private static WordForm Analyse(string sounds, bool caseTaken)
    {
        var plain = Sounds.Plain(sounds);

        foreach (var ending in OfNames)
        {
            // Only -uli with a front i may come from -quli, "slave of"; -uly with a back one always means "son of".
            var text = ending.Kind == WordKind.None ? sounds.Replace('q', 'k') : plain;

            if (!text.EndsWith(ending.Text, StringComparison.Ordinal) || plain.Length - ending.Text.Length + ending.PutBack.Length < ShortestStem)
                continue;

            return ending.Kind == WordKind.None
                ? new WordForm(sounds, sounds, WordKind.None, Sex.Unknown, caseTaken)
                : new WordForm(sounds, Stem(sounds, ending), ending.Kind, ending.Sex, caseTaken);
        }

        return new WordForm(sounds, sounds, WordKind.None, Sex.Unknown, caseTaken);
    }

    // Amanbaev comes from Amanbay, Kuliev from Kuli: the ending absorbed the y of the stem.
    private static string Stem(string sounds, Ending ending)
    {
        var stem = sounds[..^ending.Text.Length] + ending.PutBack;
        return ending.Text[0] == 'e' && Sounds.IsVowel(stem[^1]) && stem[^1] is not ('i' or 'y') ? stem + "i" : stem;
    }

    private static WordKind KindOf(string text) => text switch
    {
        "family" => WordKind.Family,
        "father" => WordKind.Father,
        "case" => WordKind.Case,
        _ => WordKind.None,
    };

    private static Sex SexOf(string text) => text switch
    {
        "m" => Sex.Male,
        "f" => Sex.Female,
        _ => Sex.Unknown,
    };

    private sealed record Ending(string Text, WordKind Kind, Sex Sex, string PutBack);
}

/// <summary>What the ending of a word says about its place in a name.</summary>
internal enum WordKind
{
    None,
    Family,
    Father,
    Case,
}

internal enum Sex
{
    Unknown,
    Male,
    Female,
}

/// <summary>One way to read a word: its sounds, and its stem without the ending that tells its kind.</summary>
/// <param name="IsGuess">The word is not read as it stands: a case ending was taken off, or it is taken for a short form.</param>
internal sealed record WordForm(string Whole, string Stem, WordKind Kind, Sex Sex, bool IsGuess)
{
    /// <summary>Its short vowels are not written; see <see cref="Sounds.IsBare"/>.</summary>
    public bool IsBare { get; init; }

    /// <summary>It is in letters that every alphabet has, so it may come from one that has no others.</summary>
    public bool IsPlain { get; } = Sounds.IsCommon(Whole);

    /// <summary>See <see cref="LastParts"/>.</summary>
    public int LastPart { get; } = LastParts.Of(Sounds.Plain(Stem));

    public override string ToString() => "(name)";
}
