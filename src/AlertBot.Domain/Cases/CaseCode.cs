using System.Security.Cryptography;

namespace AlertBot.Domain.Cases;

/// <summary>What a case is called in chats: <c>K-7F3Q</c>. Says nothing of the person.</summary>
public readonly record struct CaseCode
{
    // No 0/O, 1/I/L, U/V: codes are read aloud over bad telephone lines.
    private const string Letters = "23456789ABCDEFGHJKMNPQRSTWXYZ";
    private const int Length = 4;

    private CaseCode(string text) => Text = text;

    /// <summary>The code as shown, e.g. <c>K-7F3Q</c>.</summary>
    public string Text { get; }

    public static CaseCode New() => new("K-" + RandomNumberGenerator.GetString(Letters, Length));

    /// <summary>Reads a code as people type it: <c>k7f3q</c>, <c>K 7F3Q</c>, with a Cyrillic К.</summary>
    public static bool TryParse(string? text, out CaseCode code)
    {
        code = default;
        var plain = new string((text ?? "").Where(char.IsLetterOrDigit).Select(Fold).ToArray());

        if (plain.Length != Length + 1 || plain[0] != 'K' || plain.Skip(1).Any(c => !Letters.Contains(c)))
            return false;

        code = new CaseCode("K-" + plain[1..]);
        return true;
    }

    // People type what they see; some of these letters look alike in Cyrillic.
    private static char Fold(char c)
    {
        const string Cyrillic = "КАВСЕНМРТХ";
        const string Latin = "KABCEHMPTX";
        var upper = char.ToUpperInvariant(c);
        return Cyrillic.IndexOf(upper) is >= 0 and var at ? Latin[at] : upper;
    }

    public override string ToString() => Text;
}
