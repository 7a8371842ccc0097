using System.Text.Json.Nodes;

namespace AlertBot.Sandbox.Signal.Daemon;

/// <summary>
/// The parameters of one call. As in signal-cli, <c>groupId</c> may be written <c>group-id</c>, and a list may be a single value or a name with an s.
/// </summary>
internal sealed class SignalParams(JsonObject? json)
{
    private readonly JsonObject _json = json ?? [];

    public string? Text(string name) => Node(name) switch
    {
        null => null,
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        _ => throw Wrong(name),
    };

    public long? Number(string name) => Node(name) switch
    {
        null => null,
        JsonValue value when value.TryGetValue<long>(out var number) => number,
        _ => throw Wrong(name),
    };

    public bool Flag(string name) => Node(name) is JsonValue value && value.TryGetValue<bool>(out var flag) && flag;

    /// <summary>Empty when there is none.</summary>
    public IReadOnlyList<string> Texts(string name) => [.. Nodes(name).Select(node =>
        node is JsonValue value && value.TryGetValue<string>(out var text) ? text : throw Wrong(name))];

    public IReadOnlyList<long> Numbers(string name) => [.. Nodes(name).Select(node =>
        node is JsonValue value && value.TryGetValue<long>(out var number) ? number : throw Wrong(name))];

    private JsonArray Nodes(string name) => (Node(name) ?? Node(name + "s")) switch
    {
        null => [],
        JsonArray many => many,
        var one => [one.DeepClone()],
    };

    private JsonNode? Node(string name) =>
        _json[string.Concat(name.Select(c => char.IsAsciiLetterUpper(c) ? "-" + char.ToLowerInvariant(c) : c.ToString()))]
        ?? _json[name];

    private static SignalError Wrong(string name) => new(SignalError.InternalError, $"Parameter {name} has the wrong type (ClassCastException)");
}
