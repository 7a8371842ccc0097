using System.Security.Cryptography;

namespace AlertBot.Workflows.People;

/// <summary>
/// The code of an invitation: 130 bits that nobody guesses, in letters that survive a link, a telephone and a tired eye (Crockford's base 32).
/// </summary>
public static class InviteCode
{
    internal const string Letters = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int Length = 26;

    public static string New() => RandomNumberGenerator.GetString(Letters, Length);

    /// <summary>The code behind what a person typed, with spaces, capitals or the letter O for zero.</summary>
    /// <returns>Null if it is no code.</returns>
    public static string? Read(string typed) => Plain(typed, Length);

    internal static string? Plain(string typed, int length)
    {
        if (typed.Length > 4 * length)
            return null;

        var plain = new string(typed.Where(c => !char.IsWhiteSpace(c) && c != '-').Select(Fold).ToArray());
        return plain.Length == length && plain.All(Letters.Contains) ? plain : null;
    }

    private static char Fold(char c) => char.ToLowerInvariant(c) switch
    {
        'o' => '0',
        'i' or 'l' => '1',
        var other => other,
    };
}
