using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using AlertBot.Hosting;
using AlertBot.Replaying;
using AlertBot.Sandbox;
using NodaTime;

namespace AlertBot.Cli;

/// <summary>
/// <c>demo</c>: the whole system on this machine, with phones on a web page. Plays the public histories at a visible speed, then
/// goes live on the real clock and stays up for trying. Needs no token and no network.
/// </summary>
internal static class DemoCommand
{
    private const int PagePort = 5081;

    public static Command Create()
    {
        var speed = Values.Number("--speed", "Days of the histories in one second.", to: 10_000, usual: 30);
        var noReplay = new Option<bool>("--no-replay") { Description = "Go live at once, with the same people and no cases." };
        var command = new Command("demo", "Starts everything with a sandbox instead of Telegram, plays real histories, and stays up for trying.")
        {
            speed, noReplay,
        };
        command.SetAction(async (parsed, ct) =>
        {
            var ground = Ground.Load();
            Output.Report(ground.Problems);
            var scenarios = parsed.GetValue(noReplay) ? [] : Scenarios.Load(ground, "all");
            var clock = new ReplayClock(scenarios.Count > 0 ? ReplayRunner.StartOf(scenarios) : SystemClock.Instance.GetCurrentInstant());
            await using var sandbox = await SandboxAsync(clock, ct);
            Output.Line($"Phones:   {sandbox.Url}");

            var directory = Path.Combine(await Storage.PlaceAsync(ground, ct), "demo");
            var demo = new Demo(ground, sandbox, clock, directory, Output.Line);
            await demo.PlayAsync(scenarios, parsed.GetValue(speed), ct);
            await using var server = await demo.GoLiveAsync(ct);
            Output.Line($"Live. Open {sandbox.Url} and write to the bot as one of the people there; Ctrl+C ends it.");
            await server.WaitAsync(ct);
            return CommandLine.Done;
        });
        return command;
    }

    private static async Task<SandboxServer> SandboxAsync(ReplayClock clock, CancellationToken ct)
    {
        // Telegram's limits are off: they count real seconds, and a day of the histories has more messages than seconds.
        var options = new SandboxOptions
        {
            Clock = clock,
            PageZone = DateTimeZoneProviders.Tzdb["Asia/Almaty"],
            Port = IsFree(PagePort) ? PagePort : 0,
        };
        return await SandboxServer.StartAsync(options, ct);
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var probe = new TcpListener(IPAddress.Loopback, port);
            probe.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
