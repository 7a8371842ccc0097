using AlertBot.Workflows.Configuration;

namespace AlertBot.Workflows.Texts;

/// <summary>One <c>config/texts/&lt;language&gt;.yaml</c>. A text with a mistake is left out and reported; the others are used.</summary>
/// <param name="Entries">The usable texts.</param>
/// <param name="Lines">The line of every key in the file, with or without a mistake.</param>
internal sealed record TextFile(
    string Path, string Language, IReadOnlyDictionary<string, TextEntry> Entries, IReadOnlyDictionary<string, long> Lines)
{
    /// <summary>Everything that stands before a dot in a key: <c>desk</c> and <c>desk.case</c> of <c>desk.case.dates</c>.</summary>
    public IReadOnlySet<string> Groups { get; } = GroupsOf(Lines.Keys);

    /// <summary>Null, with a problem noted, if the file as a whole is unusable.</summary>
    public static TextFile? Read(string path, string text, List<Problem> problems)
    {
        var language = System.IO.Path.GetFileNameWithoutExtension(path);
        if (!IsTag(language))
        {
            problems.Add(new Problem(path, 1, $"'{language}' is no language: name the file like ru.yaml or kaa-Cyrl.yaml"));
            return null;
        }

        if (new YamlSource(path, problems).Parse(text) is not { } root)
            return null;

        var file = new Reader();
        file.Read(root, "");
        return new TextFile(path, language, file.Entries, file.Lines);
    }

    private static HashSet<string> GroupsOf(IEnumerable<string> keys)
    {
        var groups = new HashSet<string>(StringComparer.Ordinal);
        foreach (var key in keys)
        {
            for (var at = key.IndexOf('.', StringComparison.Ordinal); at >= 0; at = key.IndexOf('.', at + 1))
                groups.Add(key[..at]);
        }

        return groups;
    }

    // As much of BCP 47 as we need: language, then script or country.
    private static bool IsTag(string language)
    {
        var parts = language.Split('-');
        return parts[0] is { Length: 2 or 3 } primary && primary.All(char.IsAsciiLetterLower)
            && parts.Skip(1).All(part => part.Length is >= 2 and <= 8 && part.All(char.IsAsciiLetterOrDigit));
    }

    private sealed class Reader
    {
        public Dictionary<string, TextEntry> Entries { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, long> Lines { get; } = new(StringComparer.Ordinal);

        public void Read(YamlMap map, string prefix)
        {
            foreach (var part in map.Keys)
            {
                var key = prefix + part;
                if (map.IsMap(part))
                    Read(map.Map(part)!, key + ".");
                else if (!Lines.TryAdd(key, map.LineOf(part)))
                    map.Report(part, $"'{key}' is already at line {Lines[key]}; the first one is used");
                else if (map.Required(part, "write the text") is { } text)
                    ReadText(map, part, key, text);
            }
        }

        private void ReadText(YamlMap map, string part, string key, string text)
        {
            if (TemplateParser.Parse(text, out var mistake) is { } template)
                Entries[key] = new TextEntry(template, map.LineOf(part));
            else
                map.Report(part, $"'{key}': {mistake}");
        }
    }
}

/// <param name="Line">The line in the file.</param>
internal sealed record TextEntry(Template Template, long Line);
