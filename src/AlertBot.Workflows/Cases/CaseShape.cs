using System.Text.Json;
using AlertBot.Workflows.Configuration;

namespace AlertBot.Workflows.Cases;

/// <summary>
/// What stands where in a case file. Looked through before it is read, so that a mistake is told by its place and by what is wanted
/// there; what stands there is not quoted, since it may be a name.
/// </summary>
internal static class CaseShape
{
    private const string Text = "a text in quotes";
    private const string Day = "a day in quotes, such as \"2024-03-26\"";
    private const string Time = "a time in quotes, such as \"2024-03-26T00:20\", \"2024-03-26\", \"2024-03\" or \"2024\"";
    private const string YesOrNo = "true or false";
    private const string Number = "the number of an earlier event, counted from 1";

    private static readonly Dictionary<string, string> OfCase = new(StringComparer.Ordinal)
    {
        ["code"] = "a case code in quotes, such as \"K-7F3Q\"",
        ["names"] = "a list of names in quotes",
        ["zone"] = "a time zone in quotes, such as \"Asia/Almaty\"",
        ["jurisdictions"] = "a list of State codes in quotes, such as [\"KZ\"]",
        ["events"] = "a list of events; where there is none, leave it out or write []",
    };

    private static readonly Dictionary<string, string> OfEvent = new(StringComparer.Ordinal)
    {
        ["kind"] = "a kind of event in quotes, such as \"detention_start\"",
        ["at"] = Time,
        ["precision"] = "\"exact\", \"night\", \"day\", \"month\", \"year\" or \"unknown\"",
        ["until"] = Day,
        ["zone"] = OfCase["zone"],
        ["known"] = Day,
        ["served"] = Day,
        ["sets"] = Time,
        ["jurisdiction"] = "a State code in quotes, such as \"KZ\"",
        ["body"] = "the body that an act goes to or comes from, in quotes",
        ["about"] = Number,
        ["place"] = Text,
        ["source"] = Text,
        ["authority"] = Text,
        ["note"] = Text,
        ["history"] = YesOrNo,
        ["sameFactAs"] = Number,
        ["sure"] = YesOrNo,
        ["preferred"] = YesOrNo,
    };

    /// <returns>A sentence that says where it is wrong and what is wanted there; null when all is in its place.</returns>
    public static string? Problem(JsonElement file)
    {
        if (file.ValueKind != JsonValueKind.Object)
            return $"a case is wanted: {{ {string.Join(", ", OfCase.Keys.Select(key => $"\"{key}\""))} }}";
        if (Keys(file, OfCase, "") is { } key)
            return key;

        foreach (var part in file.EnumerateObject().Where(part => part.Name is "names" or "jurisdictions" or "events"))
        {
            if (part.Value.ValueKind != JsonValueKind.Array)
                return Wanted($"'{part.Name}'", OfCase[part.Name], part.Value);
            foreach (var (one, number) in part.Value.EnumerateArray().Select((one, at) => (one, at + 1)))
            {
                if ((part.Name == "events" ? Event(one, number) : Entry(part.Name, one, number)) is { } problem)
                    return problem;
            }
        }

        return null;
    }

    private static string? Entry(string list, JsonElement one, int number) => one.ValueKind == JsonValueKind.String
        ? null
        : Wanted($"number {number} of '{list}'", list == "names" ? "a name in quotes" : "a State code in quotes, such as \"KZ\"", one);

    private static string? Event(JsonElement one, int number)
    {
        if (one.ValueKind != JsonValueKind.Object)
            return Wanted($"event {number}", "{ \"kind\": ..., \"at\": ... }", one);
        return Keys(one, OfEvent, $"event {number}, ")
            ?? (one.TryGetProperty("kind", out _) ? null : $"event {number} has no 'kind'; {OfEvent["kind"]} is wanted");
    }

    private static string? Keys(JsonElement of, Dictionary<string, string> known, string where)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in of.EnumerateObject())
        {
            if (!known.TryGetValue(part.Name, out var wanted))
                return $"{where}unknown key '{part.Name}'{Nearest.Hint(part.Name, known.Keys)}; known are: {string.Join(", ", known.Keys)}";
            if (!seen.Add(part.Name))
                return $"{where}'{part.Name}' stands there twice";
            if (!Fits(part.Value, wanted, where.Length > 0 || part.Name is "code"))
                return Wanted($"{where}'{part.Name}'", wanted, part.Value);
        }

        return null;
    }

    // What may be left out may be null as well, but for lists and the kind, of which a null says nothing.
    private static bool Fits(JsonElement value, string wanted, bool mayBeNull) => value.ValueKind switch
    {
        JsonValueKind.Null => mayBeNull && wanted is not YesOrNo && wanted != OfEvent["kind"],
        JsonValueKind.True or JsonValueKind.False => wanted is YesOrNo,
        JsonValueKind.Number => wanted is Number && value.TryGetInt32(out _),
        JsonValueKind.Array => wanted.StartsWith("a list", StringComparison.Ordinal),
        JsonValueKind.String => wanted is not (YesOrNo or Number) && !wanted.StartsWith("a list", StringComparison.Ordinal),
        _ => false,
    };

    private static string Wanted(string place, string wanted, JsonElement found) => $"{place}: {wanted} is wanted, not {(found.ValueKind switch
    {
        JsonValueKind.Null => "null",
        JsonValueKind.Array => "a list",
        JsonValueKind.Object => "{ }",
        JsonValueKind.Number => "a number",
        JsonValueKind.String => "a text",
        _ => "true or false",
    })}";
}
