using System.CommandLine;
using System.CommandLine.Completions;
using AlertBot.Workflows.Configuration;

namespace AlertBot.Cli;

/// <summary>
/// <c>completion</c>: what a shell needs to complete verbs, options and the words they take. All of it stands in the script: to
/// start the program at each press of the tab key would take longer than to type the word.
/// </summary>
internal static class CompletionCommand
{
    private static readonly string[] Shells = ["bash", "zsh", "fish"];

    /// <param name="root">The command line with all its verbs.</param>
    public static Command Create(Func<RootCommand> root)
    {
        var shell = new Argument<string>("shell")
        {
            Description = "bash, zsh or fish.",
            CustomParser = result => Shells.Contains(result.Tokens[0].Value) ? result.Tokens[0].Value : Unknown(result),
        };
        shell.CompletionSources.Add(Shells);
        var command = new Command(
            "completion", "Prints what completes verbs and options in a shell: source <(alertbot completion bash).") { shell };
        command.SetAction(parsed =>
        {
            Output.Line(ScriptFor(parsed.GetRequiredValue(shell), root()));
        });
        return command;
    }

    internal static string ScriptFor(string shell, RootCommand root)
    {
        var rows = Rows(root, "").ToList();
        return shell switch
        {
            "fish" => CompletionScripts.Fish(rows),
            "zsh" => CompletionScripts.Zsh(rows),
            _ => CompletionScripts.Bash(rows),
        };
    }

    private static string Unknown(System.CommandLine.Parsing.ArgumentResult result)
    {
        var given = result.Tokens[0].Value;
        result.AddError($"'{given}' is no shell for which there is completion{Nearest.Hint(given, Shells)}: {Words.Either(Shells)}");
        return "";
    }

    // What may follow each beginning: "jobs " is followed by "list", "invite --role " by the roles.
    private static IEnumerable<CompletionRow> Rows(Command command, string path)
    {
        var verbs = command.Subcommands.Select(verb => (verb.Name, verb.Description ?? ""));
        var words = command.Arguments.SelectMany(WordsOf).Select(word => (word, ""));
        var options = command.Options.Where(option => option.Name.StartsWith("--", StringComparison.Ordinal))
            .Select(option => (option.Name, option.Description ?? ""));
        yield return new CompletionRow(path, [.. verbs, .. words, .. options], TakesFile: command.Arguments.Any(one => one.Name == "file"));

        foreach (var option in command.Options.Where(option => option.ValueType != typeof(bool) && option.Arity.MaximumNumberOfValues > 0))
            yield return new CompletionRow($"{path} {option.Name}".Trim(), WordsOf(option).Select(word => (word, "")).ToList(), TakesFile: true);
        foreach (var row in command.Subcommands.SelectMany(verb => Rows(verb, $"{path} {verb.Name}".Trim())))
            yield return row;
    }

    private static IEnumerable<string> WordsOf(Symbol symbol) =>
        symbol.GetCompletions(CompletionContext.Empty).Select(item => item.InsertText ?? item.Label).Where(word => !word.StartsWith('-'));
}

/// <summary>What may stand after a beginning of a command line.</summary>
/// <param name="Path">The words before it, without the program: <c>jobs</c>, <c>invite --role</c>.</param>
/// <param name="TakesFile">Whether a file may stand there too.</param>
internal sealed record CompletionRow(string Path, IReadOnlyList<(string Word, string Says)> Next, bool TakesFile);
