using System.CommandLine;
using System.CommandLine.Completions;
using AlertBot.Workflows.Configuration;

namespace AlertBot.Cli;

/// <summary>
/// <c>completion</c>: prints a shell script that completes verbs, options and their values. The script holds all words, because starting the program
/// at each press of the tab key takes longer than typing the word.
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

    // The words that may follow each beginning: "list" after "jobs ", the roles after "invite --role ".
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

/// <summary>The words that may follow a beginning of a command line.</summary>
/// <param name="Path">The words before, without the program's name: <c>jobs</c>, <c>invite --role</c>.</param>
/// <param name="TakesFile">Whether a file may follow too.</param>
internal sealed record CompletionRow(string Path, IReadOnlyList<(string Word, string Says)> Next, bool TakesFile);
