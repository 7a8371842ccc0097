using System.Security.Cryptography;

namespace AlertBot.Workflows.People;

/// <summary>
/// The code that joins two accounts: 50 bits for a quarter of an hour and a few guesses, short enough to be typed from one phone into
/// another.
/// </summary>
public static class JoiningCode
{
    private const int Length = 10;

    /// <summary><c>abcde-fghjk</c>, in the letters of <see cref="InviteCode"/>.</summary>
    public static string New() => RandomNumberGenerator.GetString(InviteCode.Letters, Length).Insert(Length / 2, "-");

    /// <inheritdoc cref="InviteCode.Read"/>
    public static string? Read(string typed) => InviteCode.Plain(typed, Length);
}
