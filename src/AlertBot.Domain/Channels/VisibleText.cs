using System.Globalization;
using System.Text;

namespace AlertBot.Domain.Channels;

/// <summary>Whether a text shows anything when it is drawn. A blank message in the middle of a night is worse than none.</summary>
public static class VisibleText
{
    // Drawn as nothing although Unicode classes them as letters and symbols: Hangul fillers, the empty Braille cell.
    private const string DrawnAsNothing = "\u115F\u1160\u2800\u3164\uFFA0";

    public static bool IsBlank(string? text) => (text ?? "").EnumerateRunes().All(IsBlank);

    private static bool IsBlank(Rune rune) => DrawnAsNothing.Contains(rune.ToString(), StringComparison.Ordinal) || Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        // Marks, joiners, variant selectors and direction controls show nothing without a letter.
        or UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate;
}
