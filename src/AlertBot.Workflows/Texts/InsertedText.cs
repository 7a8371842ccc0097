using System.Globalization;
using System.Text;

namespace AlertBot.Workflows.Texts;

/// <summary>
/// Makes a value from outside safe inside our sentence. It can neither reverse the direction of our words (as in CVE-2021-42574), nor hide
/// characters, nor start a line that looks like ours.
/// </summary>
internal static class InsertedText
{
    private const char FirstStrongIsolate = '\u2068';
    private const char PopDirectionalIsolate = '\u2069';
    private const char ZeroWidthNonJoiner = '\u200c';
    private const char ZeroWidthJoiner = '\u200d';

    /// <summary>Drops invisible characters. Isolates a text that held any, or that runs from right to left.</summary>
    /// <param name="keepLines">True keeps line breaks; otherwise each becomes a space.</param>
    public static string Show(string value, bool keepLines = false)
    {
        var clean = Clean(value, keepLines, out var heldControls);
        return clean.Length > 0 && (heldControls || HasRightToLeft(clean)) ? Isolate(clean) : clean;
    }

    /// <summary>Drops invisible characters, for the addresses of links.</summary>
    public static string Clean(string value) => Clean(value, keepLines: false, out _);

    private static string Clean(string value, bool keepLines, out bool heldControls)
    {
        var clean = new StringBuilder(value.Length);
        heldControls = false;
        var before = default(Rune);

        // EnumerateRunes gives U+FFFD for an unpaired surrogate, one unit each.
        foreach (var rune in value.EnumerateRunes())
        {
            if (IsLineBreak(rune))
            {
                // CR LF is one break.
                if (!(rune.Value == '\n' && before.Value == '\r'))
                    clean.Append(keepLines ? '\n' : ' ');
            }
            else if (rune.Value == '\t')
            {
                clean.Append(' ');
            }
            else if (IsHidden(rune, before))
            {
                heldControls = true;
                continue;
            }
            else
            {
                clean.Append(rune.ToString());
            }

            before = rune;
        }

        return clean.ToString();
    }

    private static bool IsLineBreak(Rune rune) => rune.Value is '\n' or '\r' or '\v' or '\f' or 0x85 or 0x2028 or 0x2029;

    private static bool IsHidden(Rune rune, Rune before) => rune.Value switch
    {
        // Joiners have a meaning in Persian, in Indic scripts and in emoji. After Latin, Greek or Cyrillic letters they are only invisible.
        ZeroWidthJoiner or ZeroWidthNonJoiner => before.Value < 0x590,
        // Visible signs of Arabic and Syriac that Unicode counts among the controls.
        (>= 0x600 and <= 0x605) or 0x6DD or 0x70F or 0x890 or 0x891 or 0x8E2 => false,
        // Tags, and the range reserved for further ones.
        >= 0xE0000 and <= 0xE0FFF => true,
        _ => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format,
    };

    private static bool HasRightToLeft(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is (>= 0x590 and <= 0x8FF) or (>= 0xFB1D and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFC)
                or (>= 0x10800 and <= 0x10FFF) or (>= 0x1E800 and <= 0x1EFFF))
            {
                return true;
            }
        }

        return false;
    }

    // An isolate ends with its line, so each line has its own.
    private static string Isolate(string text) => string.Join('\n', text.Split('\n')
        .Select(line => line.Length == 0 ? line : FirstStrongIsolate + line + PopDirectionalIsolate));
}
