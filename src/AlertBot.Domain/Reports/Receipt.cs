using System.Security.Cryptography;

namespace AlertBot.Domain.Reports;

/// <summary>
/// The number by which a reporter adds to a report, asks about it or deletes it, from any account. It has 16 digits. The last one checks the others
/// (Luhn, ISO/IEC 7812-1 annex B), so that a typing error is not taken for an unknown report. Prints as a mask.
/// </summary>
public readonly record struct Receipt
{
    /// <summary>Digits, including the check digit. Nobody finds one of 10^15 numbers by trying.</summary>
    public const int Length = 16;

    private readonly string? _digits;

    private Receipt(string digits) => _digits = digits;

    /// <summary>The digits alone, which are hashed.</summary>
    public string Digits => _digits ?? "";

    /// <summary>The form in which it is shown: <c>1234 5678 9012 3456</c>.</summary>
    public string Reveal() => string.Join(' ', Digits.Chunk(4).Select(four => new string(four)));

    public static Receipt New()
    {
        var digits = RandomNumberGenerator.GetString("0123456789", Length - 1);
        return new Receipt(digits + CheckDigit(digits));
    }

    /// <summary>Reads it as people type it: with blanks, dashes, or digits of other scripts.</summary>
    public static bool TryParse(string? text, out Receipt receipt)
    {
        var kept = (text ?? "").Where(c => !char.IsWhiteSpace(c) && c is not ('-' or '–' or '.')).ToList();
        var digits = string.Concat(kept.Where(char.IsDigit).Select(c => (char)('0' + (int)char.GetNumericValue(c))));
        var isGood = digits.Length == Length && kept.Count == Length && CheckDigit(digits[..^1]) == digits[^1];
        receipt = isGood ? new Receipt(digits) : default;
        return isGood;
    }

    private static char CheckDigit(string digits)
    {
        // Every second digit is doubled, from the right, beginning next to the check digit.
        var sum = digits.Reverse().Select((c, at) => at % 2 == 0 ? Doubled(c - '0') : c - '0').Sum();
        return (char)('0' + ((10 - (sum % 10)) % 10));
    }

    private static int Doubled(int digit) => digit > 4 ? (2 * digit) - 9 : 2 * digit;

    public override string ToString() => "(receipt)";
}
