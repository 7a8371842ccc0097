using System.Text.Json;
using System.Text.Json.Nodes;

namespace AlertBot.Sandbox.Signal.Daemon;

/// <summary>One JSON-RPC request to signal-cli.</summary>
/// <param name="Id">Null if the caller wants no answer.</param>
internal sealed record SignalRequest(string Method, JsonObject? Params, JsonNode? Id)
{
    /// <exception cref="SignalError">The JSON is no request.</exception>
    public static SignalRequest Read(JsonNode? json)
    {
        if (json is not JsonObject request)
            throw new SignalError(
                SignalError.InvalidRequest, json is null
                    ? "invalid request"
                    : $"unexpected type: {json.GetValueKind().ToString().ToUpperInvariant()}");
        if (request["id"] is JsonObject or JsonArray)
            throw new SignalError(SignalError.InvalidRequest, "Cannot deserialize id");
        if ((request["jsonrpc"] as JsonValue)?.TryGetValue<string>(out var version) is not true || version != "2.0")
            throw new SignalError(SignalError.InvalidRequest, "only jsonrpc version 2.0 is supported");
        if ((request["method"] as JsonValue)?.TryGetValue<string>(out var method) is not true || method is null)
            throw new SignalError(SignalError.InvalidRequest, "method field must be set");
        return request["params"] is null or JsonObject or JsonArray
            ? new SignalRequest(method, request["params"] as JsonObject, request["id"])
            : throw new SignalError(SignalError.InvalidRequest, "Cannot deserialize params");
    }

    public static JsonObject Answer(JsonNode? id, JsonNode result) => new() { ["jsonrpc"] = "2.0", ["result"] = result, ["id"] = id?.DeepClone() };

    public static JsonObject Answer(JsonNode? id, SignalError error) =>
        new() { ["jsonrpc"] = "2.0", ["error"] = error.ToJson(), ["id"] = id?.DeepClone() };

    /// <summary>Null if the text is not JSON.</summary>
    public static async Task<(JsonNode? Json, string? Problem)> ParseAsync(Stream body, CancellationToken ct)
    {
        try
        {
            return (await JsonNode.ParseAsync(body, cancellationToken: ct), null);
        }
        catch (JsonException wrong)
        {
            return (null, wrong.Message);
        }
    }

    public static JsonNode? IdOf(JsonNode? json) => json is JsonObject request && request["id"] is JsonValue id ? id : null;
}
