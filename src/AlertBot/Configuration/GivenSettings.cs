using AlertBot.Workflows.Configuration;

namespace AlertBot.Configuration;

/// <summary>One value as the operator wrote it.</summary>
/// <param name="Where">File and line, or the name of the environment variable.</param>
/// <param name="BaseDirectory">The folder from which a relative path starts.</param>
internal sealed record GivenSetting(string Text, string Where, string BaseDirectory, bool IsFromEnvironment);

/// <summary>All settings that the operator gave, by key (<c>Telegram.Token</c>). The environment overrides the file.</summary>
internal sealed class GivenSettings(List<SettingProblem> problems)
{
    private const string Separator = "__";

    /// <summary>All sections with their keys.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Sections = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["ConnectionStrings"] = ["AlertBot"],
        ["Data"] = ["Directory"],
        ["Encryption"] = ["KeyFile"],
        ["Telegram"] = ["Token", "TokenFile", "ApiUrl", "AllowHttp", "Mode", "WebhookUrl", "WebhookSecret", "MessagesPerSecond"],
        ["Signal"] = ["ApiUrl", "AllowHttp", "Account", "NewPeoplePerDay"],
        ["Backup"] = ["Directory", "Journal", "Keep", "KeepDays", "At"],
        ["Monitoring"] = ["HeartbeatUrl", "ProbeChat", "MetricsToken"],
        ["Web"] = ["Url", "PublicUrl"],
        ["Log"] = ["Level"],
    };

    private readonly Dictionary<string, GivenSetting> _values = new(StringComparer.Ordinal);

    public GivenSetting? this[string key] => _values.GetValueOrDefault(key);

    public void ReadFile(string file, string text, string baseDirectory)
    {
        var found = new List<Problem>();
        if (new YamlSource(file, found).Parse(text) is { } root)
        {
            root.AllowOnly([.. Sections.Keys]);
            foreach (var (section, keys) in Sections)
            {
                if (root.Map(section) is { } map)
                    ReadSection(file, section, keys, map, baseDirectory);
            }
        }

        problems.AddRange(found.Select(problem => new SettingProblem($"{problem.File}:{problem.Line}", problem.Text)));
    }

    public void ReadEnvironment(IReadOnlyDictionary<string, string> environment, string workingDirectory)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, text) in environment.OrderBy(variable => variable.Key, StringComparer.Ordinal))
        {
            // An empty variable counts as not given: compose files set empty variables for missing settings.
            if (name.Split(Separator, 2) is not [var section, var key] || string.IsNullOrWhiteSpace(text))
                continue;
            if (KeyOf(name, section, key) is not { } known)
                continue;

            if (variables.TryGetValue(known, out var other))
                problems.Add(new SettingProblem(name, $"is the same setting as {other}: remove one of the two"));
            variables[known] = name;
            _values[known] = new GivenSetting(text.Trim(), name, workingDirectory, IsFromEnvironment: true);
        }
    }

    private void ReadSection(string file, string section, string[] keys, YamlMap map, string baseDirectory)
    {
        map.AllowOnly(keys);
        foreach (var key in keys)
        {
            if (map.Text(key) is { } text)
                _values[$"{section}.{key}"] = new GivenSetting(text, $"{file}:{map.LineOf(key)}", baseDirectory, IsFromEnvironment: false);
        }
    }

    // Case does not matter: many people write TELEGRAM__TOKEN.
    private string? KeyOf(string name, string section, string key)
    {
        if (Same(Sections.Keys, section) is not { } knownSection)
        {
            ReportIfMeant(name, section, key);
            return null;
        }

        if (Same(Sections[knownSection], key) is { } knownKey)
            return $"{knownSection}.{knownKey}";

        var names = Sections[knownSection].Select(each => knownSection + Separator + each).ToList();
        problems.Add(new SettingProblem(
            name, $"is no setting of AlertBot{Nearest.Hint($"{knownSection}{Separator}{key}", names)}; known are: {string.Join(", ", names)}"));
        return null;
    }

    // Other programs have variables with two underscores too, so only a name close to one of ours counts as a mistake. Short names (Web, Log) are
    // close to everything.
    private void ReportIfMeant(string name, string section, string key)
    {
        var meant = Sections.FirstOrDefault(known =>
            known.Key.Length > 4 && Nearest.Hint(section, [known.Key]).Length > 0 && Same(known.Value, key) is not null);
        if (meant.Key is not null)
            problems.Add(new SettingProblem(name, $"is no setting of AlertBot (did you mean '{meant.Key}{Separator}{Same(meant.Value, key)}'?)"));
    }

    private static string? Same(IEnumerable<string> known, string word) =>
        known.FirstOrDefault(each => each.Equals(word, StringComparison.OrdinalIgnoreCase));
}
