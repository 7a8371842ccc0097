using System.CommandLine;
using AlertBot.Configuration;
using AlertBot.Hosting;

namespace AlertBot.Cli;

/// <summary><c>serve</c>: runs the bot, its jobs and its web endpoints until told to stop.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var command = new Command("serve", "Runs the bot, the jobs and the console until stopped.");
        command.SetAction(async (_, ct) =>
        {
            Task<IAsyncDisposable?> cluster = Task.FromResult<IAsyncDisposable?>(null);
            var ground = Ground.Load((config, settings) =>
            {
                if (HasBot(settings))
                    cluster = Task.Run(() => Storage.StartEarlyAsync(config, settings, ct), ct);
            });
            Output.Report(ground.Problems);
            if (!HasBot(ground.Settings))
                return Output.Refuse("no bot is set up: give Telegram__Token (see config/alertbot.yaml), or try './alertbot demo' first.");

            string directory;
            await using (var server = await StartAsync(ground, cluster, ct))
            {
                // The garbage of reading law and texts would stay for hours in a program that mostly waits.
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                await server.WaitAsync(ct);
                if (!server.IsToBeWiped)
                    return CommandLine.Done;
                directory = server.Directory;
            }

            WipeCommand.Report(await new Wipe(ground, directory).RunAsync(CancellationToken.None));
            return CommandLine.Wiped;
        });
        return command;
    }

    private static bool HasBot(Settings settings) => settings.Telegram is not null || settings.Signal is not null;

    private static async Task<Server> StartAsync(Ground ground, Task<IAsyncDisposable?> cluster, CancellationToken ct)
    {
        await using var early = await cluster;
        return await Server.StartAsync(ground, ct);
    }
}
