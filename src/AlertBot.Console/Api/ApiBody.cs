using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using AlertBot.Workflows.Configuration;

namespace AlertBot.Desk.Api;

/// <summary>Reads the JSON of a request, and says in a sentence where it is wrong. It repeats no value, since that may be a name.</summary>
internal static class ApiBody
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly JsonDocumentOptions Strictly = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    /// <param name="isOurs">False: the sender's own format, which may hold more than we read.</param>
    public static (T? Body, ApiProblem? Problem) Read<T>(string json, bool isOurs = true)
        where T : class
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strictly);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return (null, ApiProblem.Body("It must be one JSON object: { ... }"));
            if (isOurs && Wrong(document.RootElement, typeof(T)) is { } problem)
                return (null, problem);
            return (document.RootElement.Deserialize<T>(Options), null);
        }
        catch (JsonException mistake)
        {
            // The library's own sentence may quote what stands there.
            return (null, mistake.Path is { Length: > 2 } path
                ? ApiProblem.Field(path[2..], "this is not the kind of value that belongs there")
                : ApiProblem.Body($"Line {(mistake.LineNumber ?? 0) + 1}, sign {(mistake.BytePositionInLine ?? 0) + 1}: this is not JSON."));
        }
        catch (InvalidOperationException)
        {
            // Half of a character written as two.
            return (null, ApiProblem.Body("It holds a text that is none."));
        }
    }

    private static ApiProblem? Wrong(JsonElement body, Type type)
    {
        var fields = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).ToDictionary(
            field => JsonNamingPolicy.CamelCase.ConvertName(field.Name), StringComparer.Ordinal);
        foreach (var given in body.EnumerateObject())
        {
            if (!fields.ContainsKey(given.Name))
                return ApiProblem.Field(
                    given.Name.Length > 40 ? given.Name[..40] : given.Name,
                    $"there is no such field{Nearest.Hint(given.Name, fields.Keys)}; there are: {string.Join(", ", fields.Keys)}");
        }

        foreach (var (name, field) in fields)
        {
            if (field.GetCustomAttribute<RequiredAttribute>() is not null
                && (!body.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null
                    || (value.ValueKind == JsonValueKind.String && string.IsNullOrWhiteSpace(value.GetString()))))
                return ApiProblem.Field(name, "is missing");
        }

        return null;
    }
}
