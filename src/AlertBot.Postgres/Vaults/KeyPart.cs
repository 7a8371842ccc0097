using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace AlertBot.Postgres.Vaults;

/// <summary>One part of the keys as printed: numbered lines with a check in each, so that a mistyped line can be named.</summary>
public sealed partial class KeyPart
{
    internal const int SplitSize = 4;

    private const byte Version = 1;
    private const int ChecksumSize = 4;
    private const int GroupSize = 4;
    private const int LineSize = 8 * GroupSize;

    // Crockford's base32, without I, L, O and U, which look like other characters.
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    internal KeyPart(byte[] split, byte number, byte[] share) => (Split, Number, Share) = (split, number, share);

    /// <summary>1, 2 or 3.</summary>
    public byte Number { get; }

    /// <summary>Equal for the parts of one split.</summary>
    public string SplitName => Convert.ToHexStringLower(Split);

    internal byte[] Split { get; }

    internal byte[] Share { get; }

    /// <summary>The part as one word, for the QR code and for the stored keyed hash.</summary>
    public string Word => "ALERTBOT-" + Encoded(Bytes());

    /// <summary>The part as lines to print and to type.</summary>
    public IEnumerable<string> Lines()
    {
        var text = Encoded(Bytes());
        for (int at = 0, line = 1; at < text.Length; at += LineSize, line++)
        {
            var signs = text[at..Math.Min(at + LineSize, text.Length)];
            var groups = signs.Chunk(GroupSize).Select(group => new string(group));
            yield return string.Create(CultureInfo.InvariantCulture, $"{line}: {string.Join(' ', groups)} ={CheckOf(line, signs)}");
        }
    }

    /// <summary>Finds a part in any text: a file, a page, typed or scanned words.</summary>
    /// <exception cref="VaultException">The text holds no part, or a mistyped one; the message says where.</exception>
    public static KeyPart Read(string text)
    {
        if (ScannedWord().Match(text) is { Success: true } word)
            return Of(Decoded(word.Groups["signs"].Value));

        var signs = new StringBuilder();
        foreach (Match line in TypedLine().Matches(text))
        {
            var number = int.Parse(line.Groups["number"].Value, CultureInfo.InvariantCulture);
            var typed = Plain(line.Groups["signs"].Value);
            if (number != (signs.Length / LineSize) + 1)
                throw new VaultException($"Line {(signs.Length / LineSize) + 1} of the part is missing.");
            if (Plain(line.Groups["check"].Value) != CheckOf(number, typed))
                throw new VaultException($"Line {number} of the part is mistyped. Look at each sign of it again.");
            signs.Append(typed);
        }

        return signs.Length > 0 ? Of(Decoded(signs.ToString())) : throw new VaultException("There is no part of a key in it.");
    }

    public override string ToString() => $"(part {Number} of {SplitName})";

    private byte[] Bytes()
    {
        byte[] body = [Version, .. Split, Number, .. Share];
        return [.. body, .. SHA256.HashData(body).AsSpan(0, ChecksumSize)];
    }

    private static KeyPart Of(byte[] bytes)
    {
        var body = bytes.AsSpan(0, Math.Max(0, bytes.Length - ChecksumSize));
        if (body.Length < 2 + SplitSize + VaultKey.Size || !SHA256.HashData(body).AsSpan(0, ChecksumSize).SequenceEqual(bytes.AsSpan(body.Length)))
            throw new VaultException("This part is damaged or not complete: its checksum does not fit.");
        if (body[0] != Version)
            throw new VaultException("This part was made by a newer AlertBot.");

        return new KeyPart(body.Slice(1, SplitSize).ToArray(), body[1 + SplitSize], body[(2 + SplitSize)..].ToArray());
    }

    private static string CheckOf(int line, string signs)
    {
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{line}:{signs}")));
        return $"{Alphabet[hash[0] & 31]}{Alphabet[hash[1] & 31]}";
    }

    private static string Encoded(byte[] bytes)
    {
        var text = new StringBuilder();
        int bits = 0, held = 0;
        foreach (var one in bytes)
        {
            (held, bits) = ((held << 8) | one, bits + 8);
            for (; bits >= 5; bits -= 5)
                text.Append(Alphabet[(held >> (bits - 5)) & 31]);
            held &= (1 << bits) - 1;
        }

        return bits > 0 ? text.Append(Alphabet[(held << (5 - bits)) & 31]).ToString() : text.ToString();
    }

    private static byte[] Decoded(string signs)
    {
        var bytes = new ArrayBufferWriter<byte>();
        int bits = 0, held = 0;
        foreach (var sign in Plain(signs))
        {
            (held, bits) = (((held << 5) | Alphabet.IndexOf(sign, StringComparison.Ordinal)) & 0xFFFF, bits + 5);
            if (bits < 8)
                continue;
            bits -= 8;
            bytes.Write([(byte)(held >> bits)]);
        }

        return bytes.WrittenSpan.ToArray();
    }

    // Characters that people confuse when writing and reading.
    private static string Plain(string typed) => typed.ToUpperInvariant()
        .Replace(" ", "", StringComparison.Ordinal).Replace('O', '0').Replace('I', '1').Replace('L', '1');

    [GeneratedRegex("ALERTBOT-(?<signs>[0-9A-Z]{40,})", RegexOptions.IgnoreCase)]
    private static partial Regex ScannedWord();

    [GeneratedRegex(
        @"^(<pre>)?[ \t]*(?<number>[0-9]{1,2}): *(?<signs>[0-9A-TV-Z ]+?) *= *(?<check>[0-9A-TV-Z]{2})\b",
        RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex TypedLine();
}
