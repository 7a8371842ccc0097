using System.Security.Cryptography;

namespace AlertBot.Domain.Cases;

/// <summary>A code that people read aloud over bad telephone lines and type in a hurry: a letter for the kind, then four characters.</summary>
internal static class SpokenCode
{
    // Without characters that people confuse: 0/O, 1/I/L, U/V.
    private const string Letters = "23456789ABCDEFGHJKMNPQRSTWXYZ";
    private const int Length = 4;

    public static string New(char kind) => $"{kind}-{RandomNumberGenerator.GetString(Letters, Length)}";

    /// <returns>Null if it is no code of that kind.</returns>
    public static string? Read(char kind, string? text)
    {
        var plain = SignsOf(text);
        return plain.Length == Length + 1 && plain[0] == kind && plain.Skip(1).All(Letters.Contains) ? $"{kind}-{plain[1..]}" : null;
    }

    public static string SignsOf(string? text) => new((text ?? "").Where(char.IsLetterOrDigit).Select(Fold).ToArray());

    // People type what they see; some of these letters look alike in Cyrillic.
    private static char Fold(char c)
    {
        const string Cyrillic = "КАВСЕНМРТХ";
        const string Latin = "KABCEHMPTX";
        var upper = char.ToUpperInvariant(c);
        return Cyrillic.IndexOf(upper) is >= 0 and var at ? Latin[at] : upper;
    }
}
