using System.CommandLine;

namespace AlertBot.Cli;

/// <summary><c>migrate</c>: migrates the database and ends.</summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var command = new Command("migrate", "Brings the database up to date. 'serve' does so by itself.");
        command.SetAction(async (_, ct) => await Output.WithStorageAsync((_, _) =>
        {
            Output.Line("The database is up to date.");
            return Task.FromResult(CommandLine.Done);
        }, ct, mayMigrate: true));
        return command;
    }
}
