using AlertBot.Domain.Law;
using AlertBot.Workflows.Configuration;

namespace AlertBot.Workflows.Law;

/// <summary>
/// <c>config/law</c> as loaded. The loader must show its mistakes loudly: a rule that is left out is a deadline that nobody is warned of.
/// </summary>
public sealed record LawFolder(LawBook Book, IReadOnlyList<Problem> Problems)
{
    /// <summary>Reads every jurisdiction's <c>rules.yaml</c> and <c>calendar.yaml</c>. Never throws for their content.</summary>
    public static LawFolder Load(string directory)
    {
        var problems = new List<Problem>();
        if (!Directory.Exists(directory))
            return new LawFolder(new LawBook([], []), [new Problem(directory, 1, "the folder of laws is missing: no deadline can be computed")]);

        var rules = Files(directory, "rules.yaml").SelectMany(
            file => Read(file, problems, (source, text) => new RuleFile(source).Read(text))).ToList();
        var calendars = ReadCalendars(directory, problems);

        var unique = WithoutDuplicates(rules);
        CheckReferences(unique);

        if (unique.Count == 0)
            problems.Add(new Problem(directory, 1, "no rule could be loaded: no deadline can be computed"));

        return new LawFolder(
            new LawBook(unique.Select(read => read.Rule), calendars),
            problems.OrderBy(problem => problem.File, StringComparer.Ordinal).ThenBy(problem => problem.Line).ToList());
    }

    private static List<WorkCalendar> ReadCalendars(string directory, List<Problem> problems)
    {
        var calendars = new Dictionary<string, (WorkCalendar Calendar, string File)>(StringComparer.Ordinal);
        foreach (var file in Files(directory, "calendar.yaml"))
        {
            foreach (var calendar in Read(file, problems, (source, text) => new CalendarFile(source).Read(text)))
            {
                if (!calendars.TryAdd(calendar.Jurisdiction, (calendar, file)))
                    problems.Add(
                        new Problem(
                            file, 1,
                            $"'{calendar.Jurisdiction}' has a calendar already, in {calendars[calendar.Jurisdiction].File}; that one is used"));
            }
        }

        return calendars.Values.Select(read => read.Calendar).ToList();
    }

    private static IEnumerable<string> Files(string directory, string name) =>
        Directory.EnumerateFiles(directory, name, SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    private static IReadOnlyList<T> Read<T>(string file, List<Problem> problems, Func<YamlSource, string, IReadOnlyList<T>> read)
    {
        try
        {
            return read(new YamlSource(file, problems), File.ReadAllText(file));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            problems.Add(new Problem(file, 1, "the file cannot be read: " + unreadable.Message));
            return [];
        }
    }

    private static List<ReadRule> WithoutDuplicates(List<ReadRule> rules)
    {
        var unique = new Dictionary<string, ReadRule>(StringComparer.Ordinal);
        foreach (var read in rules)
        {
            if (!unique.TryAdd(read.Rule.Id, read))
            {
                var first = unique[read.Rule.Id];
                read.Map.Report(
                    "id",
                    $"duplicate id '{read.Rule.Id}': it is already at {first.Source.File}:{first.Map.Line}; the first one is used, rename this one");
            }
        }

        return unique.Values.ToList();
    }

    // A dropped rule may be one that another rule names, so this repeats until nothing more is dropped.
    private static void CheckReferences(List<ReadRule> rules)
    {
        int before;
        do
        {
            before = rules.Count;
            var ids = rules.Select(read => read.Rule.Id).ToHashSet(StringComparer.Ordinal);
            rules.RemoveAll(read => IsDangling(read, ids));
        }
        while (rules.Count < before);
    }

    private static bool IsDangling(ReadRule read, HashSet<string> ids)
    {
        var rule = read.Rule;
        var missing = new[] { ("superseded_by", rule.SupersededBy), ("before", rule.Before), ("replaced_by", rule.ReplacedBy) }
            .Where(reference => reference.Item2 is { } id && !ids.Contains(id)).ToList();

        foreach (var (key, id) in missing)
            read.Map.Report(key, $"'{key}' names rule '{id}', which is not there{Nearest.Hint(id!, ids)}; the rule '{rule.Id}' is left out");
        return missing.Count > 0;
    }
}
