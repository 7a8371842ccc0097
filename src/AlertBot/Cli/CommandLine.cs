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

    /// <summary>It ended because two owners had everything destroyed: whoever starts it again begins anew.</summary>
    public const int Wiped = 3;

    private const string Trace = "ALERTBOT_TRACE";

    public static async Task<int> RunAsync(string[] args)
    {
        // "help" and "help VERB" are what people type first.
        if (args is [] or ["help" or "--help" or "-h" or "-?"])
        {
            Output.Line(Help.Text.TrimEnd());
            return Done;
        }

        if (args is ["help", .. var about])
            args = [.. about, "--help"];

        var parsed = Verbs().Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var sentence in Misuse.SentencesOf(parsed))
                Output.Complain(sentence);
            await Console.Error.WriteLineAsync($"See: {NameOf(parsed.CommandResult)} --help");
            return Misused;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (OperatorProblem problem)
        {
            Output.Complain(problem.Message);
            return Failed;
        }
        catch (OperationCanceledException)
        {
            return Failed;
        }
        catch (Exception unexpected)
        {
            await Console.Error.WriteLineAsync(
                "alertbot: something went wrong inside the program. Nothing is half done. "
                + $"Please report what you ran, and what it says after that with {Trace}=1 set");
            // A failure's message may quote a row. Its type and place cannot.
            if (Environment.GetEnvironmentVariable(Trace) == "1")
                await Console.Error.WriteLineAsync($"{unexpected.GetType().Name}\n{unexpected.StackTrace}");
            return Failed;
        }
    }

    internal static RootCommand Verbs() => new("AlertBot: alerts for people who are taken, and a watch over every lawful date.")
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
        WipeCommand.Create(),
        MigrateCommand.Create(),
        UpgradeDatabaseCommand.Create(),
        DoctorCommand.Create(),
        CompletionCommand.Create(Verbs),
    };

    private static string NameOf(CommandResult command) =>
        command.Parent is CommandResult parent ? $"{NameOf(parent)} {command.Command.Name}" : "alertbot";
}
