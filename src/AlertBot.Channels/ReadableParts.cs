using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;

namespace AlertBot.Channels;

/// <summary>
/// Reads the parts of a record that fit our types. Messengers add kinds of message at any time, and a witness's words beside an unknown part must
/// come through.
/// </summary>
internal static partial class ReadableParts
{
    // An update, its message and the message's chat: no type that matters to us lies deeper.
    private const int Deepest = 4;

    // Deeper levels are left out before the record is parsed.
    private const int Flattest = 24;

    // A stray half of a surrogate pair makes a whole text unreadable.
    private const string Replacement = @"\ufffd";

    /// <summary>Null where nothing can be read. Never throws.</summary>
    /// <param name="whole">
    /// Properties that are never left out, because they say where a message belongs or that it must not be believed. If one of them is present but
    /// unreadable, the whole record is unreadable.
    /// </param>
    public static T? Of<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type, params IReadOnlyCollection<string> whole)
        where T : class
    {
        try
        {
            using var document = JsonDocument.Parse(Flat(Encoding.UTF8.GetBytes(Cleaned(json))));
            return Read(Kept(document.RootElement, type, whole, Deepest), type) as T;
        }
        catch (Exception unreadable) when (IsUnreadable(unreadable))
        {
            return null;
        }
    }

    /// <summary>Whether parsing failed because of the record and not because of the machine.</summary>
    public static bool IsUnreadable(Exception failure) => failure is not (OutOfMemoryException or OperationCanceledException);

    private static JsonNode? Kept(JsonElement value, JsonTypeInfo type, IReadOnlyCollection<string> whole, int depth)
    {
        if (Fits(value, type))
            return JsonNode.Parse(value.GetRawText());
        if (depth == 0)
            return null;

        JsonNode? pruned = (type.Kind, value.ValueKind) switch
        {
            (JsonTypeInfoKind.Object, JsonValueKind.Object) => KeptOfObject(value, type, whole, depth - 1),
            (JsonTypeInfoKind.Enumerable, JsonValueKind.Array) when ElementOf(type) is { } element =>
                new JsonArray([.. value.EnumerateArray().Select(one => Kept(one, element, whole, depth - 1)).Where(one => one is not null)]),
            _ => null,
        };

        // The part left out may be one that the record needs.
        return pruned is not null && Read(pruned, type) is not null ? pruned : null;
    }

    private static JsonObject? KeptOfObject(JsonElement value, JsonTypeInfo type, IReadOnlyCollection<string> whole, int depth)
    {
        var kept = new JsonObject();
        foreach (var property in type.Properties)
        {
            if (!value.TryGetProperty(property.Name, out var part) || part.ValueKind == JsonValueKind.Null)
                continue;
            if (Kept(part, type.Options.GetTypeInfo(property.PropertyType), whole, depth) is { } readable)
                kept[property.Name] = readable;
            else if (whole.Contains(property.Name))
                return null;
        }

        return kept;
    }

    private static JsonTypeInfo? ElementOf(JsonTypeInfo list) =>
        list.ElementType is { } element ? list.Options.GetTypeInfo(element) : null;

    private static bool Fits(JsonElement value, JsonTypeInfo type)
    {
        try
        {
            value.Deserialize(type);
            return true;
        }
        catch (Exception misfit) when (IsUnreadable(misfit))
        {
            return false;
        }
    }

    private static object? Read(JsonNode? kept, JsonTypeInfo type)
    {
        try
        {
            return kept.Deserialize(type);
        }
        catch (Exception misfit) when (IsUnreadable(misfit))
        {
            return null;
        }
    }

    // The JSON document is slow for deep nesting: a hundred thousand brackets take it fifteen seconds. The JSON reader is not.
    private static ReadOnlyMemory<byte> Flat(ReadOnlySpan<byte> json)
    {
        var flat = new ArrayBufferWriter<byte>(json.Length);
        using var writer = new Utf8JsonWriter(flat);
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = int.MaxValue });
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject or JsonTokenType.StartArray when reader.CurrentDepth >= Flattest:
                    reader.Skip();
                    writer.WriteNullValue();
                    break;
                case JsonTokenType.StartObject:
                    writer.WriteStartObject();
                    break;
                case JsonTokenType.StartArray:
                    writer.WriteStartArray();
                    break;
                case JsonTokenType.EndObject:
                    writer.WriteEndObject();
                    break;
                case JsonTokenType.EndArray:
                    writer.WriteEndArray();
                    break;
                case JsonTokenType.PropertyName:
                    writer.WritePropertyName(reader.GetString()!);
                    break;
                default:
                    writer.WriteRawValue(json[(int)reader.TokenStartIndex..(int)reader.BytesConsumed], skipInputValidation: true);
                    break;
            }
        }

        writer.Flush();
        return flat.WrittenMemory;
    }

    private static string Cleaned(ReadOnlySpan<byte> json) =>
        Escape().Replace(Encoding.UTF8.GetString(json), escape => escape.Groups["half"].Success ? Replacement : escape.Value);

    // Matches escapes one by one, so that an escaped backslash before a "u" does not look like the start of an escape.
    [GeneratedRegex(
        @"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?<half>u[dD][89a-fA-F][0-9a-fA-F]{2})|.)", RegexOptions.Singleline)]
    private static partial Regex Escape();
}
