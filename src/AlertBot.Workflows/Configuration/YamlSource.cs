using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace AlertBot.Workflows.Configuration;

/// <summary>
/// A YAML file read with its line numbers. Mistakes are collected and not thrown, so that one bad entry does not spoil the good ones.
/// </summary>
public sealed class YamlSource(string file, List<Problem> problems)
{
    public string File => file;

    /// <summary>Reads the text as one mapping; null, with a problem noted, if it is none.</summary>
    public YamlMap? Parse(string text)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));

            if (stream.Documents.Count > 0 && stream.Documents[0].RootNode is YamlMappingNode root)
                return new YamlMap(this, root);

            Report(1, "the file must be a mapping of keys to values, but is empty or something else");
        }
        catch (YamlException broken)
        {
            // A duplicate key ends here too. The library's message names what is wrong.
            Report(broken.Start.Line, "this is not valid YAML: " + (broken.InnerException?.Message ?? broken.Message));
        }

        return null;
    }

    public void Report(long line, string text) => problems.Add(new Problem(file, line, text));

    public int ProblemCount => problems.Count;
}

/// <summary>One mapping of a file. Reading a missing or malformed key notes a problem and gives null.</summary>
public sealed class YamlMap(YamlSource source, YamlMappingNode node)
{
    // A file of texts has some hundred keys side by side, and each is looked up several times.
    private readonly Lazy<Dictionary<string, (YamlNode Key, YamlNode Value)>> _children = new(() => ByName(node));

    public long Line => node.Start.Line;

    public YamlSource Source => source;

    public IEnumerable<string> Keys => node.Children.Keys.OfType<YamlScalarNode>().Select(key => key.Value ?? "");

    public long LineOf(string key) => _children.Value.TryGetValue(key, out var child) ? child.Key.Start.Line : Line;

    public void AllowOnly(params string[] known)
    {
        foreach (var key in node.Children.Keys)
        {
            var word = (key as YamlScalarNode)?.Value ?? "?";
            if (!known.Contains(word, StringComparer.Ordinal))
                source.Report(key.Start.Line, $"unknown key '{word}'{Nearest.Hint(word, known)}; known are: {string.Join(", ", known)}");
        }
    }

    /// <summary>The text of a key; null if absent or empty.</summary>
    public string? Text(string key)
    {
        switch (Find(key))
        {
            case null:
                return null;
            case YamlScalarNode { Value: var value }:
                return string.IsNullOrWhiteSpace(value) || value == "~" ? null : value.Trim();
            case var other:
                source.Report(other.Start.Line, $"'{key}' must be a single value");
                return null;
        }
    }

    public string? Required(string key, string why)
    {
        var text = Text(key);
        if (text is null)
            source.Report(LineOf(key), $"'{key}' is missing: {why}");
        return text;
    }

    public bool Flag(string key)
    {
        if (Text(key) is not { } text)
            return false;
        if (text is not ("true" or "false"))
            source.Report(LineOf(key), $"'{key}' must be true or false, not '{text}'");
        return text == "true";
    }

    /// <summary>The values of a list, or of a single value written without one, with their lines.</summary>
    public IReadOnlyList<(string Text, long Line)> Texts(string key)
    {
        switch (Find(key))
        {
            case null:
                return [];
            case YamlSequenceNode list:
                foreach (var bad in list.Children.Where(item => item is not YamlScalarNode))
                    source.Report(bad.Start.Line, $"every entry of '{key}' must be a single value");
                return list.Children.OfType<YamlScalarNode>().Select(item => (item.Value?.Trim() ?? "", item.Start.Line)).ToList();
            case YamlScalarNode { Value: { Length: > 0 } value } scalar when value != "~":
                return [(value.Trim(), scalar.Start.Line)];
            case YamlMappingNode map:
                source.Report(map.Start.Line, $"'{key}' must be a list of values");
                return [];
            default:
                return [];
        }
    }

    /// <summary>The mappings of a list.</summary>
    public IReadOnlyList<YamlMap> Maps(string key)
    {
        switch (Find(key))
        {
            case null:
                return [];
            case YamlSequenceNode list:
                foreach (var bad in list.Children.Where(item => item is not YamlMappingNode))
                    source.Report(bad.Start.Line, $"every entry of '{key}' must be a mapping of keys to values");
                return list.Children.OfType<YamlMappingNode>().Select(item => new YamlMap(source, item)).ToList();
            case YamlScalarNode { Value: null or "" }:
                return [];
            case var other:
                source.Report(other.Start.Line, $"'{key}' must be a list");
                return [];
        }
    }

    public YamlMap? Map(string key)
    {
        switch (Find(key))
        {
            case null or YamlScalarNode { Value: null or "" }:
                return null;
            case YamlMappingNode map:
                return new YamlMap(source, map);
            case var other:
                source.Report(other.Start.Line, $"'{key}' must be a mapping of keys to values");
                return null;
        }
    }

    public bool IsList(string key) => Find(key) is YamlSequenceNode;

    public bool IsMap(string key) => Find(key) is YamlMappingNode;

    public void Report(string key, string text) => source.Report(LineOf(key), text);

    private YamlNode? Find(string key) => _children.Value.GetValueOrDefault(key).Value;

    private static Dictionary<string, (YamlNode Key, YamlNode Value)> ByName(YamlMappingNode node)
    {
        var children = new Dictionary<string, (YamlNode Key, YamlNode Value)>(StringComparer.Ordinal);
        foreach (var (key, value) in node.Children)
        {
            if (key is YamlScalarNode { Value: { } name })
                children.TryAdd(name, (key, value));
        }

        return children;
    }
}
