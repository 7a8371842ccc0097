using System.Security.Cryptography;

namespace AlertBot.Workflows.People;

/// <summary>
/// The code that joins two accounts: 50 bits, enough for fifteen minutes and a few guesses, and short enough to type from one phone into another.
/// </summary>
public static class JoiningCode
{
    private const int Length = 10;

    /// <summary><c>abcde-fghjk</c>, in the letters of <see cref="InviteCode"/>.</summary>
    public static string New() => RandomNumberGenerator.GetString(InviteCode.Letters, Length).Insert(Length / 2, "-");

    /// <inheritdoc cref="InviteCode.Read"/>
    public static string? Read(string typed) => InviteCode.Plain(typed, Length);
}
