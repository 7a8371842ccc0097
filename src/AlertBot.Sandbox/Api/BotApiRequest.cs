using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace AlertBot.Sandbox.Api;

/// <summary>The parameters of one call, sent as JSON, form, multipart or in the address.</summary>
internal sealed class BotApiRequest
{
    private readonly Dictionary<string, JsonNode?> _values = new(StringComparer.Ordinal);

    public IFormFileCollection? Files { get; private set; }

    public static async Task<BotApiRequest> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        var read = new BotApiRequest();
        foreach (var (name, values) in request.Query)
            read._values[name] = JsonValue.Create(values.ToString());

        if (request.HasFormContentType)
        {
            var form = await request.ReadFormAsync(ct);
            foreach (var (name, values) in form)
                read._values[name] = JsonValue.Create(values.ToString());
            read.Files = form.Files;
        }
        else if (request.HasJsonContentType() && await JsonNode.ParseAsync(request.Body, cancellationToken: ct) is JsonObject body)
        {
            foreach (var (name, value) in body)
                read._values[name] = value;
        }

        return read;
    }

    public string? Text(string name) => _values.GetValueOrDefault(name) switch
    {
        null => null,
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        { } other => other.ToJsonString(),
    };

    public long? Number(string name) =>
        long.TryParse(Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    public bool Flag(string name) => Text(name) is "true" or "True" or "1";

    /// <summary>A structured parameter, which forms carry as JSON text.</summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public JsonNode? Structure(string name) => _values.GetValueOrDefault(name) switch
    {
        JsonValue value when value.TryGetValue<string>(out var text) => text.Length == 0 ? null : JsonNode.Parse(text),
        var node => node,
    };
}
