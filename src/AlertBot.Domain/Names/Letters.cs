using System.Globalization;
using System.Text;

namespace AlertBot.Domain.Names;

/// <summary>
/// Reduces any text to small letters, combining marks and one apostrophe. Invisible and styled characters are dropped.
/// Sources: Unicode UAX #15 (decompositions.tsv), UTS #39 (foreign-letters.tsv), apostrophes.tsv.
/// </summary>
/// <remarks>The program runs without ICU, so string.Normalize returns its input. Therefore the decompositions are a table.</remarks>
internal static class Letters
{
    public const char Apostrophe = '\'';

    private static readonly Dictionary<int, string> Decompositions = NameTable.Read("decompositions.tsv")
        .ToDictionary(row => CodePoint(row[0]), row => string.Concat(row[1].Split(' ').Select(hex => char.ConvertFromUtf32(CodePoint(hex)))));

    private static readonly HashSet<int> Apostrophes = NameTable.Read("apostrophes.tsv").Select(row => CodePoint(row[0])).ToHashSet();

    private static readonly Dictionary<int, string> Foreign = NameTable.Read("foreign-letters.tsv")
        .ToDictionary(row => char.ConvertToUtf32(row[0], 0), row => row[1]);

    /// <summary>Words as small letters, marks and apostrophes; everything else separates words.</summary>
    public static string Clean(string text) => Clean(text, out _);

    /// <param name="text">Any text, also broken Unicode.</param>
    /// <param name="capitals">For each character of the result, whether it was written as a capital.</param>
    public static string Clean(string text, out bool[] capitals)
    {
        var clean = new StringBuilder(text.Length + 8);
        var upper = new List<bool>(text.Length + 8);

        foreach (var rune in DigitLetters.Read(text).EnumerateRunes())
            Append(rune, clean, upper);

        capitals = upper.ToArray();
        return clean.ToString();
    }

    public static bool IsApostrophe(char c) => Apostrophes.Contains(c);

    public static bool IsMark(char c) => c is >= '\u0300' and <= '\u036F';

    public static bool IsCyrillic(char c) => c is >= '\u0400' and <= '\u052F';

    public static bool IsArabic(char c) => c is >= '\u0620' and <= '\u06D5' && char.IsLetter(c);

    public static bool IsLatin(char c) => c is (>= 'a' and <= 'z') or (>= '\u00DF' and <= '\u02AF') or '\uA791';

    private static void Append(Rune rune, StringBuilder clean, List<bool> capitals)
    {
        if (Apostrophes.Contains(rune.Value))
        {
            Add(clean, capitals, Apostrophe, false);
            return;
        }

        // A stroke that only makes an Arabic word longer.
        if (rune.Value == 0x0640)
            return;

        switch (Rune.GetUnicodeCategory(rune))
        {
            case UnicodeCategory.Format or UnicodeCategory.EnclosingMark or UnicodeCategory.Control when rune.Value is not ('\t' or '\n' or '\r'):
                return;
            case UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark:
                if (rune.IsBmp && IsMark((char)rune.Value))
                    Add(clean, capitals, (char)rune.Value, false);

                return;
        }

        var small = Rune.ToLowerInvariant(rune);
        var isCapital = small != rune;

        if (Decompositions.TryGetValue(small.Value, out var parts) || Decompositions.TryGetValue(rune.Value, out parts))
        {
            foreach (var part in parts)
                Add(clean, capitals, Foreign.TryGetValue(part, out var plain) ? plain[0] : part, isCapital);
        }
        else if (Foreign.TryGetValue(small.Value, out var latin))
        {
            Add(clean, capitals, latin[0], isCapital);
        }
        else
        {
            Add(clean, capitals, small.IsBmp && IsLetter((char)small.Value) ? (char)small.Value : Separator(rune), isCapital);
        }
    }

    private static bool IsLetter(char c) => IsLatin(c) || IsCyrillic(c) || IsArabic(c);

    // A full stop marks an initial, a comma a reversed name, a hyphen a double name; all else becomes a space.
    private static char Separator(Rune rune) => rune.Value switch
    {
        '.' or ',' or '-' => (char)rune.Value,
        0x2010 or 0x2011 or 0x2012 or 0x2013 => '-',
        _ => ' ',
    };

    private static void Add(StringBuilder clean, List<bool> capitals, char c, bool isCapital)
    {
        clean.Append(c);
        capitals.Add(isCapital);
    }

    private static int CodePoint(string hex) => int.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
