using AlertBot.Domain.Alerts;
using AlertBot.Faults.Steps;
using AlertBot.Postgres.Cluster;

namespace AlertBot.Faults.Kinds;

/// <summary>
/// The database server is stopped in the middle of a run, in an orderly way and as in a crash. It comes back after a second or two, as under any
/// service manager.
/// </summary>
internal static class DatabaseStops
{
    private const int Chats = 40;

    public static async Task<Outcome> RunAsync(int faults, Random random)
    {
        await using var ground = await Ground.StartAsync(Chats, perSecond: 100);
        using var sender = Node.Start(ground);
        await ground.RaiseAsync();
        await ground.SettleAsync();
        for (var stop = 0; stop < faults; stop++)
        {
            await ground.RaiseAsync(stop % 3 == 0 ? Severity.Urgent : Severity.Critical);
            await Task.Delay(random.Next(20, 400));
            ground.Disturb();
            await StopAsync(ground, stop % 2 == 0 ? "immediate" : "fast");
            // What was under way when it stopped may be unclear until it is back.
            await ground.RaiseAsync(Severity.Critical);
            ground.Disturb();
            await ground.SettleAsync();
        }

        var began = ground.Now;
        await ground.SettleAsync();
        return new Outcome(faults, await ground.CheckAsync(), ground.Now - began);
    }

    // The cluster's own watch starts it again.
    private static async Task StopAsync(Ground ground, string mode)
    {
        var server = ground.Bench.Cluster.Server;
        await ServerCommand.RunAsync(
            server.Account, [server.Programs.Program("pg_ctl"), "stop", "-D", server.Place.Data, "-m", mode, "-w", "-t", "20"], server.Place.Root);
    }
}
