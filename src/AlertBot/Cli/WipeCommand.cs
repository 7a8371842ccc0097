using System.CommandLine;
using AlertBot.Hosting;

namespace AlertBot.Cli;

/// <summary><c>wipe</c>: destroys keys and database on this machine.</summary>
internal static class WipeCommand
{
    public static Command Create()
    {
        var command = new Command("wipe", "Destroys keys and database on this machine, once its name was typed twice. Backups stay.");
        command.SetAction(async (_, ct) =>
        {
            var ground = Ground.Load();
            var wipe = new Wipe(ground, ground.Settings.ConnectionString is null ? await Storage.PlaceAsync(ground, ct) : ground.DataDirectory);
            if (wipe.Goes.Count == 0)
                return Output.Refuse("there is nothing here to destroy");

            Output.Line("This destroys for good, whether the program runs or not:");
            foreach (var one in wipe.Goes)
                Output.Line($"  {one}");
            Output.Line(wipe.Stays.Count == 0
                ? "There is no backup here. Without one, nothing of it ever comes back."
                : "This stays, and only two parts of the keys open it, on any machine:");
            foreach (var one in wipe.Stays)
                Output.Line($"  {one}");
            foreach (var ask in new[] { $"Type {wipe.Name} to go on: ", "And once more: " })
            {
                Console.Out.Write(ask);
                if (Console.In.ReadLine()?.Trim() != wipe.Name)
                    return Output.Refuse("that is not its name: nothing was destroyed");
            }

            Report(await wipe.RunAsync(ct));
            if (ground.Settings.ConnectionString is not null)
                Output.Line(
                    "The server's own log and its files are its operator's to clear. Nodes on other machines have a key file each: wipe there too.");
            return CommandLine.Done;
        });
        return command;
    }

    public static void Report(IReadOnlyList<string> left)
    {
        Output.Line("Keys and database are destroyed.");
        foreach (var one in left)
            Output.Line($"Not AlertBot's, and left: {one}");
    }
}
