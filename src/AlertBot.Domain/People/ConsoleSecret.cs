using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace AlertBot.Domain.People;

/// <summary>256 random bits that only their holder has: a sign-in link, the browser that opened it, a session. Prints as a mask.</summary>
public readonly record struct ConsoleSecret
{
    private const int Size = 32;
    private const int Length = 43;

    private readonly string? _text;

    private ConsoleSecret(string text) => _text = text;

    public static ConsoleSecret New() => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Size)));

    /// <summary>Accepts only the spelling that was given out.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ConsoleSecret secret)
    {
        secret = default;
        Span<byte> bytes = stackalloc byte[Size];
        // Despite its name, TryDecodeFromChars throws if the last letter carries too many bits. This method returns false.
        if (text is not { Length: Length } || !text.All(IsLetter)
            || Base64Url.DecodeFromChars(text, bytes, out _, out var written) != OperationStatus.Done || written != Size)
            return false;

        // The last letter carries four bits, so three other letters would decode to the same bytes.
        if (Base64Url.EncodeToString(bytes) != text)
            return false;
        secret = new ConsoleSecret(text);
        return true;
    }

    /// <summary>For the sign-in link, the cookie and the keyed hash, and nothing else.</summary>
    public string Reveal() => _text ?? "";

    public override string ToString() => "(secret)";

    private static bool IsLetter(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_';
}
