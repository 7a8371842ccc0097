using System.Text;
using System.Text.RegularExpressions;

namespace AlertBot.Faults.Steps;

/// <summary>
/// Names what passes between a node and its servers: the statements of the database's protocol, the methods of the messenger. A process changes
/// nothing in the world except by what it writes to them, so these are all steps that it can die between, whatever the code becomes.
/// </summary>
internal sealed partial class StepNames
{
    private const int Longest = 90;

    // By name on this connection. A statement without a name lives until the next one.
    private readonly Dictionary<string, string> _prepared = new(StringComparer.Ordinal);

    // https://www.postgresql.org/docs/15/protocol-message-formats.html
    private const byte Parse = (byte)'P';
    private const byte Bind = (byte)'B';
    private const byte Query = (byte)'Q';
    private const int Header = 5;

    /// <summary>The statements that run for this piece of a connection; null where there is none. One that was prepared keeps its name.</summary>
    public string? OfDatabase(ReadOnlySpan<byte> piece)
    {
        var statements = new List<string>();
        while (piece.Length > Header)
        {
            var length = 1 + System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(piece[1..]);
            if (length < Header || length > piece.Length)
                length = piece.Length;
            var body = piece[Header..length];
            if (piece[0] is Parse && body.IndexOf((byte)0) is >= 0 and var name)
                _prepared[Encoding.UTF8.GetString(body[..name])] = Text(body[(name + 1)..]);
            else if (piece[0] is Bind && body.IndexOf((byte)0) is >= 0 and var portal)
                statements.Add(_prepared.GetValueOrDefault(UpToEnd(body[(portal + 1)..]), "a statement of before"));
            else if (piece[0] is Query)
                statements.Add(Text(body));
            else if (!char.IsAsciiLetterUpper((char)piece[0]))
                return null; // The beginning of a connection.
            piece = piece[length..];
        }

        return statements.Count == 0 ? null : "sql " + string.Join("; ", statements);
    }

    /// <summary>The method that begins in this piece.</summary>
    public static string? OfMessenger(ReadOnlySpan<byte> piece) =>
        Method().Match(Encoding.Latin1.GetString(piece[..Math.Min(piece.Length, 200)])) is { Success: true } method
            ? "telegram " + method.Groups[1].Value : null;

    /// <summary>The chat that a request is about.</summary>
    public static long? ChatOf(ReadOnlySpan<byte> piece) =>
        Chat().Match(Encoding.Latin1.GetString(piece)) is { Success: true } chat
            ? long.Parse(chat.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture) : null;

    private static string UpToEnd(ReadOnlySpan<byte> text) => Encoding.UTF8.GetString(text.IndexOf((byte)0) is >= 0 and var end ? text[..end] : text);

    private static string Text(ReadOnlySpan<byte> text)
    {
        var words = Spaces().Replace(UpToEnd(text), " ").Trim();
        return words.Length > Longest ? words[..Longest] : words;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"^POST /bot[^/]+/(\w+) ")]
    private static partial Regex Method();

    [GeneratedRegex("\"chat_id\":\"?(-?\\d+)")]
    private static partial Regex Chat();
}
