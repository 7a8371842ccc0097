using System.Text;

namespace AlertBot.Domain.Names;

/// <summary>Reads a single digit inside a word as the letter that it looks or sounds like: N0r1an, 4ингиз. The letters: digits.tsv.</summary>
internal static class DigitLetters
{
    private static readonly Dictionary<char, (string Latin, string Cyrillic)> Letter =
        NameTable.Read("digits.tsv").ToDictionary(row => row[0][0], row => (row[1], row[2]));

    public static string Read(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('0', '9'))
            return text;

        var read = new StringBuilder(text.Length);

        for (var i = 0; i < text.Length; i++)
        {
            if (IsInWord(text, i) && Letter.TryGetValue(text[i], out var letter))
                read.Append(IsCyrillic(text, i) ? letter.Cyrillic : letter.Latin);
            else
                read.Append(text[i]);
        }

        return read.ToString();
    }

    // Two letters on one side make a word; two digits, or one beside a single letter, make a number or a code.
    private static bool IsInWord(string text, int at) =>
        !IsDigit(text, at - 1) && !IsDigit(text, at + 1)
        && ((IsLetter(text, at - 1) && IsLetter(text, at - 2)) || (IsLetter(text, at + 1) && IsLetter(text, at + 2)));

    private static bool IsCyrillic(string text, int at) => Letters.IsCyrillic(char.ToLowerInvariant(text[IsLetter(text, at - 1) ? at - 1 : at + 1]));

    private static bool IsDigit(string text, int at) => at >= 0 && at < text.Length && char.IsAsciiDigit(text[at]);

    private static bool IsLetter(string text, int at) => at >= 0 && at < text.Length && char.IsLetter(text[at]);
}
