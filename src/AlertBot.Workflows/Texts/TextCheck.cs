using AlertBot.Workflows.Configuration;

namespace AlertBot.Workflows.Texts;

/// <summary>Compares a language's texts with the English ones, and finds those that would come out wrong.</summary>
/// <param name="english">Null if there is no English file.</param>
internal sealed class TextCheck(TextFile? english, List<Problem> problems)
{
    public const string NumberKey = "format.number";
    public const string NameKey = "language.name";

    /// <summary>The usable texts; English replaces the others.</summary>
    public IReadOnlyDictionary<string, Template> GoodTexts(TextFile file)
    {
        var good = new Dictionary<string, Template>(StringComparer.Ordinal);
        foreach (var (key, entry) in file.Entries)
        {
            var mistakes = MistakesOf(file, key, entry.Template).ToList();
            foreach (var mistake in mistakes)
                problems.Add(new Problem(file.Path, entry.Line, $"'{key}': {mistake}"));
            if (mistakes.Count == 0)
                good[key] = entry.Template;
        }

        CompareKeys(file);
        return good;
    }

    // A key that English lacks does no harm, but no code asks for it: most likely it is misspelled.
    private void CompareKeys(TextFile file)
    {
        if (!file.Lines.ContainsKey(NameKey))
            problems.Add(new Problem(file.Path, 1, $"'{NameKey}' is missing: say what the language is called by its speakers"));
        if (english is null || ReferenceEquals(file, english))
            return;

        foreach (var (key, line) in file.Lines.Where(pair => !english.Lines.ContainsKey(pair.Key)))
            problems.Add(
                new Problem(file.Path, line, $"unknown key '{key}'{Nearest.Hint(key, english.Lines.Keys)}: the English file has none of that name"));
        foreach (var key in english.Lines.Keys.Where(key => !file.Lines.ContainsKey(key)))
            problems.Add(new Problem(file.Path, 1, $"'{key}' is missing; until it is there, English is said"));
    }

    private IEnumerable<string> MistakesOf(TextFile file, string key, Template template)
    {
        var uses = template.Uses.ToList();
        if (key == NumberKey && NumberWords.FromSample(Literal(template)) is null)
            yield return "show how the number 1234.5 is written, e.g. 1,234.5";

        foreach (var form in uses.SelectMany(use => PluralMistakes(file.Language, use)))
            yield return form;

        var words = uses.Select(use => use.Reading).OfType<Reading>().Where(reading => reading.Kind == ReadingKind.Word);
        foreach (var reading in words.Where(reading => !HasWords(file, reading)))
            yield return $"no key begins with '{reading.Prefix}.'";

        if (english?.Entries.GetValueOrDefault(key) is { } original && !ReferenceEquals(file, english))
        {
            foreach (var difference in Differences(uses, original.Template.Uses.ToList()))
                yield return difference;
        }
    }

    private static IEnumerable<string> PluralMistakes(string language, ArgumentUse use)
    {
        var needed = Plural.FormsOf(language);
        if (use.Forms.Count == 0)
            yield break;

        foreach (var unknown in use.Forms.Except(needed))
            yield return $"'{unknown}' is no plural form of this language; it has {string.Join(", ", needed)}";
        foreach (var missing in needed.Except(use.Forms))
            yield return $"the plural of '{use.Name}' needs the form '{missing}'";
    }

    private bool HasWords(TextFile file, Reading reading) => (english ?? file).Groups.Contains(reading.Prefix);

    private static IEnumerable<string> Differences(List<ArgumentUse> uses, List<ArgumentUse> english)
    {
        var known = english.Select(use => use.Name).ToHashSet(StringComparer.Ordinal);
        var used = uses.Select(use => use.Name).ToHashSet(StringComparer.Ordinal);

        foreach (var name in used.Except(known))
            yield return $"unknown placeholder '{{{name}}}'{Nearest.Hint(name, known)}; the English text has {ListOf(known)}";
        foreach (var name in known.Except(used))
            yield return $"'{{{name}}}' is missing: the English text says it";

        // One language must not show "release" as a bare code if another shows it as a word.
        foreach (var name in used.Intersect(known))
        {
            var readings = KindsOf(english, name);
            if (readings.Count > 0 && KindsOf(uses, name).Any(kind => !readings.Contains(kind)))
                yield return $"'{{{name}}}' must be read as in English: '{{{name}{(readings[0].Length > 0 ? ", " : "")}{readings[0]}}}'";
        }
    }

    // A weekday more or less does not matter, and an argument that only selects between words is not shown.
    private static List<string> KindsOf(List<ArgumentUse> uses, string name) => uses
        .Where(use => use.Name == name && use.Reading is not null)
        .Select(use => use.Reading!.Kind == ReadingKind.FullDate ? "date" : use.Reading.ToString())
        .Distinct().ToList();

    private static string ListOf(HashSet<string> names) => names.Count == 0 ? "none" : string.Join(", ", names.Select(name => "{" + name + "}"));

    private static string Literal(Template template) => string.Concat(template.Parts.OfType<Part.Words>().Select(words => words.Text));
}
