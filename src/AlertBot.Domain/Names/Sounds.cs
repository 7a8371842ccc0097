using System.Text;

namespace AlertBot.Domain.Names;

/// <summary>
/// Reads a written word into sounds that are the same in every alphabet: Қошқарбай, Qosqarbay, Koshkarbai and Кошкарбай come close.
/// Which letters stand for which sounds: letters-latin.tsv, letters-cyrillic.tsv, with their sources. The rules of context
/// here are those of the BGN/PCGN 1947 romanization of Russian (ye at the start and after vowels, iy and yy at the end),
/// of ICAO Doc 9303 part 3 (i for both и and й, so ii for ий)
/// and of the Karakalpak alphabet of 2009 (wo, ye at the start of a word).
/// </summary>
internal static class Sounds
{
    /// <summary>A longer word is cut: no name is that long, and a query needs a bound.</summary>
    public const int LongestWord = 32;

    private static readonly Dictionary<string, string> ByLetters = NameTable.Read("letters-latin.tsv")
        .Concat(NameTable.Read("letters-cyrillic.tsv"))
        .Concat(NameTable.Read("letters-arabic.tsv"))
        .ToDictionary(row => Letters.Clean(row[0]), row => row[1] == "-" ? "" : row[1]);

    private static readonly HashSet<char> ArabicVowels =
        NameTable.Read("letters-arabic.tsv").Where(row => row[2] == "yes").Select(row => row[0][0]).ToHashSet();

    private static readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Lookup =
        ByLetters.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly int LongestGrapheme = ByLetters.Keys.Max(key => key.Length);

    /// <summary>The sounds of a clean word (see <see cref="Letters"/>).</summary>
    public static string Of(ReadOnlySpan<char> word)
    {
        var read = new StringBuilder(word.Length);

        for (var at = 0; at < word.Length && read.Length < LongestWord;)
            read.Append(Next(word, ref at));

        return InContext(read);
    }

    /// <summary>Whether a clean word is in an alphabet that leaves out short vowels, as Arabic and Persian do and Uyghur does not.</summary>
    public static bool IsBare(string word) => Letters.IsArabic(word[0]) && !word.Any(ArabicVowels.Contains);

    /// <summary>What a bare word and a full spelling have in common: the consonants.</summary>
    public static string Consonants(string sounds) => string.Concat(sounds.Where(sound => !IsVowel(sound) && sound is not ('w' or 'J')));

    /// <summary>The letters and groups of letters that each stand for one sound, with that sound before its context changes it.</summary>
    public static List<(string Letters, string Sounds)> Graphemes(string word)
    {
        var graphemes = new List<(string, string)>();

        for (var at = 0; at < word.Length && graphemes.Count < LongestWord;)
        {
            var start = at;
            var sounds = Next(word, ref at);

            if (sounds.Length > 0)
                graphemes.Add((word[start..at], sounds));
        }

        return graphemes;
    }

    // The longest group of letters from the tables that fits here.
    private static string Next(ReadOnlySpan<char> word, ref int at)
    {
        var lookup = Lookup;
        var length = Math.Min(LongestGrapheme, word.Length - at);
        string? sounds = null;

        while (length > 0 && !lookup.TryGetValue(word.Slice(at, length), out sounds))
            length--;

        at += Math.Max(length, 1);
        return sounds ?? "";
    }

    /// <summary>The word without the differences that other languages lose first, by which endings are recognised.</summary>
    public static string Plain(string sounds) => string.Create(sounds.Length, sounds, static (plain, from) =>
    {
        for (var i = 0; i < plain.Length; i++)
        {
            plain[i] = from[i] switch
            {
                'A' => 'a',
                'O' => 'o',
                'U' => 'u',
                'y' => 'i',
                'q' => 'k',
                'G' => 'g',
                'N' => 'n',
                'J' => 'Z',
                'X' => 'C',
                'D' => 'S',
                var same => same,
            };
        }
    });

    /// <summary>
    /// The sound as Russian and English write it, which have no letters of their own for ә, ө, ү, қ, ғ and ў. Source: letters-cyrillic.tsv, the rows
    /// KAA-57, KK-40 and UZ-40 that are not in RU, and the Russian column of ICAO Doc 9303 part 3.
    /// </summary>
    public static char Common(char sound) => sound switch
    {
        'A' => 'a',
        'O' => 'o',
        'U' => 'u',
        'q' => 'k',
        'G' => 'g',
        'w' => 'u',
        _ => sound,
    };

    public static bool IsCommon(ReadOnlySpan<char> sounds)
    {
        foreach (var sound in sounds)
        {
            if (Common(sound) != sound)
                return false;
        }

        return true;
    }

    public static bool IsVowel(char sound) => sound is 'a' or 'A' or 'e' or 'i' or 'y' or 'o' or 'O' or 'u' or 'U';

    private static bool IsOpenVowel(char sound) => sound is 'a' or 'A' or 'e' or 'o' or 'O' or 'u' or 'U';

    private static string InContext(StringBuilder read)
    {
        SettleRoundedConsonant(read);
        SettleJ(read);
        return Glides(Doubles(read));
    }

    // w is v at the end of -ow, -ew (Polish, German), u between consonants (QazAqparat), nothing in the wo- of Karakalpak 2009.
    private static void SettleRoundedConsonant(StringBuilder read)
    {
        for (var i = 0; i < read.Length; i++)
        {
            if (read[i] is not ('w' or 'W'))
                continue;

            var before = i > 0 ? read[i - 1] : ' ';
            var after = i + 1 < read.Length ? read[i + 1] : ' ';
            var beforeVowel = IsVowel(before);
            var afterVowel = IsVowel(after);

            // Тўйчи is To'ychi, where й is no vowel.
            var isDiphthong = after == 'i' && !beforeVowel && (i + 2 >= read.Length || !IsVowel(read[i + 2]));

            // Сулыў, but Йўлдош, where й is no vowel either.
            var isAfterHigh = before is 'i' or 'y' && i > 1 && !IsVowel(read[i - 2]);

            if (read[i] == 'W')
                read[i] = !isDiphthong && (IsOpenVowel(before) || isAfterHigh || (afterVowel && i > 0)) ? 'w' : 'O';
            else if (i == 0 && after is 'o' or 'O')
                read.Remove(0, 1);
            else if (before is 'o' or 'e' && (i + 1 == read.Length || (after == 'a' && i + 2 == read.Length)))
                read[i] = 'v';
            else if (!beforeVowel && !afterVowel)
                read[i] = 'u';
        }
    }

    // j is zh in the Turkic alphabets and y in German, Polish, ISO 9 and Kyrgyz passports. Only the first and -ajev, -ejew are sure;
    // between vowels and before a consonant it stays J, which costs little against either.
    private static void SettleJ(StringBuilder read)
    {
        var isY = false;

        for (var i = read.Length - 1; i >= 0; i--)
        {
            if (read[i] != 'J')
                continue;

            var afterVowel = i > 0 && IsVowel(read[i - 1]);

            // One spelling has one j: that of Jeralijev is y both times.
            if (!afterVowel)
                read[i] = isY && i == 0 ? 'i' : 'Z';
            else if (i + 4 >= read.Length && i + 2 < read.Length && read[i + 1] == 'e' && read[i + 2] is 'v' or 'w')
                (read[i], isY) = ('i', true);
        }
    }

    private static StringBuilder Doubles(StringBuilder read)
    {
        var single = new StringBuilder(read.Length);

        for (var i = 0; i < read.Length; i++)
        {
            var sound = read[i];

            // n before b and p is spoken, and often written, m: Mirmanbetova, Mirmambetova.
            if (sound == 'n' && i + 1 < read.Length && read[i + 1] is 'b' or 'p')
                sound = 'm';

            var last = single.Length > 0 ? single[^1] : ' ';
            var bothHigh = last is 'i' or 'y' && sound is 'i' or 'y';

            if (bothHigh)
                single[^1] = 'i';
            else if (sound is 'g' or 'G' && last is 'n' or 'N')
                single[^1] = 'N'; // Шыңғыс, Shyngys; Құрманғали, Kurmangali: only the own alphabets show whether ng is one letter or two.
            else if (last is 'k' or 'q' && sound is 'k' or 'q')
                continue; // Серікқали, Серыккали, Serikali: a double letter where there is one letter for both.
            else if (last != sound)
                single.Append(sound);
        }

        return single;
    }

    private static string Glides(StringBuilder read)
    {
        var result = new StringBuilder(read.Length);

        for (var i = 0; i < read.Length; i++)
        {
            var sound = read[i];
            var last = result.Length > 0 ? result[^1] : ' ';
            var next = i + 1 < read.Length ? read[i + 1] : ' ';

            if (sound is 'i' or 'y')
            {
                // Yesen is Esen, Bayev is Baev: some spellings write a y before e and some do not.
                if (next == 'e' && (result.Length == 0 || IsOpenVowel(last)))
                    continue;

                // Жюсип, Zhyusip: the Russian way to write a front u after a consonant.
                if (next is 'u' or 'U' && result.Length > 0 && !IsVowel(last))
                {
                    result.Append('U');
                    i++;
                    continue;
                }

                if (sound == 'y' && (IsOpenVowel(last) || IsOpenVowel(next)))
                    sound = 'i';
            }

            result.Append(sound);
        }

        return result.ToString();
    }
}
