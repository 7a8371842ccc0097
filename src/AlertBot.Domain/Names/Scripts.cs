namespace AlertBot.Domain.Names;

/// <summary>
/// Puts the letters of one word into one script: a Latin c inside a Cyrillic word stands for the Cyrillic letter that looks like it. Source: Unicode
/// UTS #39, confusables (lookalikes.tsv).
/// </summary>
internal static class Scripts
{
    private static readonly Dictionary<char, char> ToLatin = [];
    private static readonly Dictionary<char, char> ToCyrillic = [];
    private static readonly HashSet<char> OnlyCapitals = [];

    static Scripts()
    {
        foreach (var row in NameTable.Read("lookalikes.tsv"))
        {
            ToLatin.Add(row[0][0], row[1][0]);
            ToCyrillic.TryAdd(row[1][0], row[0][0]);

            if (row[2] == "cap")
            {
                OnlyCapitals.Add(row[0][0]);
                OnlyCapitals.Add(row[1][0]);
            }
        }
    }

    /// <summary>
    /// The word with its look-alikes in the script that its other letters show, or in <paramref name="around"/> if they show none.
    /// </summary>
    public static string Settle(ReadOnlySpan<char> word, ReadOnlySpan<bool> capitals, Script around)
    {
        var (cyrillic, latin, sureCyrillic, sureLatin) = Count(word, capitals);

        if (cyrillic == 0 || latin == 0)
        {
            // "MAPAT" between Cyrillic words is МАРАТ typed on the other keyboard.
            var other = cyrillic == 0 ? Script.Cyrillic : Script.Latin;
            return around == other && sureCyrillic + sureLatin == 0 ? Turned(word, capitals, other) : word.ToString();
        }

        return Turned(word, capitals, sureCyrillic != sureLatin ? Larger(sureCyrillic, sureLatin) : Larger(cyrillic, latin));
    }

    /// <summary>The script that a word shows beyond doubt.</summary>
    public static Script Of(ReadOnlySpan<char> word, ReadOnlySpan<bool> capitals)
    {
        var (_, _, cyrillic, latin) = Count(word, capitals);
        return cyrillic == latin ? Script.Unknown : Larger(cyrillic, latin);
    }

    private static (int Cyrillic, int Latin, int SureCyrillic, int SureLatin) Count(ReadOnlySpan<char> word, ReadOnlySpan<bool> capitals)
    {
        int cyrillic = 0, latin = 0, sureCyrillic = 0, sureLatin = 0;

        for (var i = 0; i < word.Length; i++)
        {
            if (Letters.IsCyrillic(word[i]))
            {
                cyrillic++;
                sureCyrillic += LooksLike(ToLatin, word[i], capitals[i]) ? 0 : 1;
            }
            else if (Letters.IsLatin(word[i]))
            {
                latin++;
                sureLatin += LooksLike(ToCyrillic, word[i], capitals[i]) ? 0 : 1;
            }
        }

        return (cyrillic, latin, sureCyrillic, sureLatin);
    }

    private static bool LooksLike(Dictionary<char, char> other, char c, bool isCapital) =>
        other.ContainsKey(c) && (isCapital || !OnlyCapitals.Contains(c));

    private static string Turned(ReadOnlySpan<char> word, ReadOnlySpan<bool> capitals, Script script)
    {
        var other = script == Script.Cyrillic ? ToCyrillic : ToLatin;
        var turned = word.ToArray();

        for (var i = 0; i < turned.Length; i++)
        {
            if (LooksLike(other, turned[i], capitals[i]))
                turned[i] = other[turned[i]];
        }

        return new string(turned);
    }

    private static Script Larger(int cyrillic, int latin) => cyrillic >= latin ? Script.Cyrillic : Script.Latin;
}

internal enum Script
{
    Unknown,
    Latin,
    Cyrillic,
}
