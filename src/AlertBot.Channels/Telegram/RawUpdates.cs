using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AlertBot.Channels.Telegram;

/// <summary>
/// The answer of getUpdates, each update in its own bytes: one that cannot be read spoils no other. Nesting and odd texts do no harm here,
/// only an answer that is no JSON does.
/// </summary>
/// <param name="Updates">Those before the damage, in order.</param>
/// <param name="IsWhole">False: behind <paramref name="Updates"/> there is something that is no JSON.</param>
/// <param name="Damaged">The id of the update at which the damage is; null: it cannot be found out.</param>
internal sealed partial record RawUpdates(IReadOnlyList<ReadOnlyMemory<byte>> Updates, bool IsWhole, long? Damaged)
{
    // Telegram's ids have 31 bits today. What a double cannot hold is no id of theirs.
    private const long LargestId = 1L << 53;

    private static readonly JsonReaderOptions AnyDepth = new() { MaxDepth = int.MaxValue };

    /// <summary>All of it could be read, and asking can go on behind it.</summary>
    public bool IsSound => IsWhole && (Updates.Count == 0 || Updates.Any(update => IdOf(update.Span) is not null));

    /// <summary>Null for what Telegram did not say: a page of a server in between, say.</summary>
    public static RawUpdates? Read(ReadOnlyMemory<byte> answer)
    {
        var (updates, end, isOk) = (new List<ReadOnlyMemory<byte>>(), 0, false);
        try
        {
            var reader = new Utf8JsonReader(answer.Span, AnyDepth);
            var isWhole = false;
            reader.Read();
            while (reader.TokenType != JsonTokenType.None && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var (isResult, isFlag) = (reader.ValueTextEquals("result"), reader.ValueTextEquals("ok"));
                reader.Read();
                isOk |= isFlag && reader.TokenType == JsonTokenType.True;
                if (!isResult || reader.TokenType != JsonTokenType.StartArray)
                {
                    reader.Skip();
                    continue;
                }

                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    var start = (int)reader.TokenStartIndex;
                    reader.Skip();
                    end = (int)reader.BytesConsumed;
                    updates.Add(answer[start..end]);
                }

                isWhole = true;
            }

            // The last call finds nothing, or finds what does not belong there and throws.
            if (isOk && isWhole && !reader.Read())
                return new RawUpdates(updates, true, null);
        }
        catch (Exception odd) when (odd is JsonException or InvalidOperationException)
        {
            // What was whole before the damage is handed on.
        }

        return isOk ? new RawUpdates(updates, false, IdIn(answer.Span[end..])) : null;
    }

    /// <summary>The update's id, also where nothing else of it can be read. Of several the last one counts, as for the reader of updates.</summary>
    public static long? IdOf(ReadOnlySpan<byte> update)
    {
        long? id = null;
        try
        {
            var reader = new Utf8JsonReader(update, AnyDepth);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isId = reader.ValueTextEquals("update_id");
                reader.Read();
                if (isId)
                    id = Plausible(reader.TokenType is JsonTokenType.Number or JsonTokenType.String ? Encoding.UTF8.GetString(reader.ValueSpan) : "");
                reader.Skip();
            }

            return id;
        }
        catch (Exception odd) when (odd is JsonException or InvalidOperationException)
        {
            return id ?? IdIn(update);
        }
    }

    // In the words of a person every quotation mark is escaped: nobody can write an id of their own into an update.
    private static long? IdIn(ReadOnlySpan<byte> damaged) =>
        Id().Match(Encoding.Latin1.GetString(damaged)) is { Success: true } found ? Plausible(found.Groups["id"].Value) : null;

    private static long? Plausible(string digits) =>
        long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id is > 0 and < LargestId ? id : null;

    [GeneratedRegex("\"update_id\"\\s*:\\s*\"?(?<id>[0-9]{1,16})(?![0-9])")]
    private static partial Regex Id();
}
