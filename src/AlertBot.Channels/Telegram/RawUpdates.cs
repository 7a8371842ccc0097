using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AlertBot.Channels.Telegram;

/// <summary>
/// The answer of getUpdates, split into the bytes of each update so that an unreadable one does not spoil the others. Deep nesting and odd
/// texts do no harm at this step; only invalid JSON does.
/// </summary>
/// <param name="Updates">The updates before the damage, in order.</param>
/// <param name="IsWhole">False if invalid JSON follows <paramref name="Updates"/>.</param>
/// <param name="Damaged">The id of the damaged update; null if it cannot be found.</param>
internal sealed partial record RawUpdates(IReadOnlyList<ReadOnlyMemory<byte>> Updates, bool IsWhole, long? Damaged)
{
    // Telegram's ids have 31 bits today. A number beyond the precision of a double is not one.
    private const long LargestId = 1L << 53;

    private static readonly JsonReaderOptions AnyDepth = new() { MaxDepth = int.MaxValue };

    /// <summary>Whether all of it was readable and gives an id to continue from.</summary>
    public bool IsSound => IsWhole && (Updates.Count == 0 || Updates.Any(update => IdOf(update.Span) is not null));

    /// <summary>Null if the answer is not Telegram's, such as a proxy's error page.</summary>
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

            // The last call reaches the end, or throws if more follows.
            if (isOk && isWhole && !reader.Read())
                return new RawUpdates(updates, true, null);
        }
        catch (Exception odd) when (odd is JsonException or InvalidOperationException)
        {
            // The whole updates before the damage are still delivered.
        }

        return isOk ? new RawUpdates(updates, false, IdIn(answer.Span[end..])) : null;
    }

    /// <summary>The update's id, even if the rest is unreadable. If there are several, the last one counts, as in the reader of updates.</summary>
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

    // In a person's words every quotation mark is escaped, so nobody can write a forged id into an update.
    private static long? IdIn(ReadOnlySpan<byte> damaged) =>
        Id().Match(Encoding.Latin1.GetString(damaged)) is { Success: true } found ? Plausible(found.Groups["id"].Value) : null;

    private static long? Plausible(string digits) =>
        long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id is > 0 and < LargestId ? id : null;

    [GeneratedRegex("\"update_id\"\\s*:\\s*\"?(?<id>[0-9]{1,16})(?![0-9])")]
    private static partial Regex Id();
}
