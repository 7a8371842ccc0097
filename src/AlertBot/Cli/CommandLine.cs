using System.CommandLine;
using System.CommandLine.Parsing;
using AlertBot.Hosting;

namespace AlertBot.Cli;

/// <summary>The verbs of <c>alertbot</c>. Exit codes: 0 done, 1 failed, 2 misused.</summary>
public static class CommandLine
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Misused = 2;

    public static async Task<int> RunAsync(string[] args)
    {
        // "help" and "help VERB" are what people type first.
        if (args is ["help", .. var about])
            args = [.. about, "--help"];
        if (args.Length == 0)
            args = ["--help"];

        var parsed = Verbs().Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
                await Console.Error.WriteLineAsync("alertbot: " + error.Message);
            await Console.Error.WriteLineAsync($"See: {Path_(parsed.CommandResult)} --help");
            return Misused;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (OperatorProblem problem)
        {
            await Console.Error.WriteLineAsync("alertbot: " + problem.Message);
            return Failed;
        }
        catch (OperationCanceledException)
        {
            return Failed;
        }
        catch (Exception unexpected)
        {
            // What an exception says may quote a row; its name and place are enough to report it.
            await Console.Error.WriteLineAsync(
                $"alertbot: something went wrong inside the program ({unexpected.GetType().Name} in {unexpected.TargetSite?.DeclaringType?.Name}). "
                + "Nothing is half done. Please report this with what you ran.");
            return Failed;
        }
    }

    private static RootCommand Verbs() => new("AlertBot: alerts for people who are taken, and a watch over every lawful date.")
    {
        DemoCommand.Create(),
        ServeCommand.Create(),
        InviteCommand.Create(),
        PeopleCommand.Create(),
        JobsCommand.Create(),
        CaseCommand.Create(),
        AlertCommand.Create(),
        RulesCommand.Create(),
        NamesCommand.Create(),
        ReplayCommand.Create(),
        BackupCommand.Create(),
        RestoreCommand.Create(),
        KeysCommand.Create(),
        MigrateCommand.Create(),
        DoctorCommand.Create(),
    };

    private static string Path_(CommandResult command) =>
        command.Parent is CommandResult parent ? $"{Path_(parent)} {command.Command.Name}" : "alertbot";
}
