using AlertBot.Hosting;
using AlertBot.Replaying.Chats;
using AlertBot.Workflows.Configuration;

namespace AlertBot.Replaying;

/// <summary>The histories in <c>config/scenarios</c>.</summary>
public static class Scenarios
{
    /// <param name="which">A path, the name of a file in the folder, or <c>all</c>.</param>
    /// <exception cref="OperatorProblem">No file has that name, or one has a mistake.</exception>
    public static IReadOnlyList<Scenario> Load(Ground ground, string which)
    {
        var read = Files(ground, which).Where(file => !ChatScenarioFile.IsOne(file)).Select(ScenarioFile.Load).ToList();
        var problems = read.SelectMany(one => one.Problems).Concat(
            read.Select(one => one.Scenario).OfType<Scenario>().SelectMany(one => Check(one, ground))).ToList();
        return problems.Count == 0
            ? read.Select(one => one.Scenario!).ToList()
            : throw new OperatorProblem(string.Join(Environment.NewLine, problems));
    }

    /// <summary>The nights: files with a script.</summary>
    /// <inheritdoc cref="Load"/>
    public static IReadOnlyList<ChatScenario> LoadChats(Ground ground, string which)
    {
        var read = Files(ground, which).Where(ChatScenarioFile.IsOne).Select(ChatScenarioFile.Load).ToList();
        var problems = read.SelectMany(one => one.Problems).ToList();
        return problems.Count == 0
            ? read.Select(one => one.Scenario!).ToList()
            : throw new OperatorProblem(string.Join(Environment.NewLine, problems));
    }

    private static List<string> Files(Ground ground, string which)
    {
        var folder = Path.Combine(ground.Config, "scenarios");
        return which == "all"
            ? Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal).ToList()
            : [Find(folder, which)];
    }

    private static string Find(string folder, string which)
    {
        if (File.Exists(which))
            return which;

        var named = Path.Combine(folder, which.EndsWith(".yaml", StringComparison.Ordinal) ? which : which + ".yaml");
        if (File.Exists(named) && !which.Contains("..", StringComparison.Ordinal))
            return named;

        var known = Directory.EnumerateFiles(folder, "*.yaml").Select(Path.GetFileNameWithoutExtension)
            .OfType<string>().Order(StringComparer.Ordinal).ToList();
        throw new OperatorProblem($"There is no scenario '{which}'{Nearest.Hint(which, known)}; there are: {string.Join(", ", known)}");
    }

    private static IEnumerable<Problem> Check(Scenario scenario, Ground ground)
    {
        var jurisdictions = ground.Law.Rules.Select(rule => rule.Jurisdiction).Distinct(StringComparer.Ordinal).ToList();
        if (scenario.Case.Read(jurisdictions).Problem is { } problem)
            yield return new Problem(scenario.Name, 1, problem);
        if (scenario.Events.Count == 0)
            yield return new Problem(scenario.Name, 1, "'events' is missing: nothing would happen");
    }
}
