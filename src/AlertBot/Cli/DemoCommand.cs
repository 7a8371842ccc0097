using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using AlertBot.Hosting;
using AlertBot.Replaying;
using AlertBot.Sandbox;
using NodaTime;

namespace AlertBot.Cli;

/// <summary>
/// <c>demo</c>: runs the whole system on this machine, with phones on a web page. It tells a story, plays the public histories on request, and stays
/// up to be tried. It needs no token and no network.
/// </summary>
internal static class DemoCommand
{
    private const int PagePort = 5081;
    private const string Again = "story";
    private const string Public = "histories";

    private static readonly (string Word, string Label) ToStory = (Again, "The story of ninety seconds");
    private static readonly (string Word, string Label) ToHistories = (Public, "Eleven public cases");

    public static Command Create()
    {
        var speed = Values.Number("--speed", "Days of the histories in one second; asks for them too.", to: 10_000, usual: 30);
        var histories = new Option<bool>("--histories") { Description = "Play eleven public histories, 2020 to 2025, in place of the story." };
        var noReplay = new Option<bool>("--no-replay") { Description = "Go live at once, with the same people and no cases." };
        var command = new Command(
            "demo", "Starts everything with a sandbox instead of Telegram, tells a story on its phones, and stays up for trying.")
        {
            speed, histories, noReplay,
        };
        command.SetAction(async (parsed, ct) =>
        {
            var ground = Ground.Load();
            Output.Report(ground.Problems);
            var directory = Path.Combine(await Storage.PlaceAsync(ground, ct), "demo");
            var isHistories = parsed.GetValue(histories) || parsed.GetResult(speed) is { Implicit: false };
            var next = parsed.GetValue(noReplay) ? "" : isHistories ? Public : Again;
            var port = IsFree(PagePort) ? PagePort : 0;
            while (true)
            {
                var scenarios = next == Public ? Scenarios.Load(ground, "all") : [];
                var clock = new ReplayClock(scenarios.Count > 0 ? ReplayRunner.StartOf(scenarios) : SystemClock.Instance.GetCurrentInstant());
                // After the story nothing is replayed, so the page shows the real time.
                await using var sandbox = await SandboxAsync(next == Public ? clock : SystemClock.Instance, port, ct);
                port = sandbox.Url.Port;
                Output.Line($"Phones:   {sandbox.Url}");
                next = await RunAsync(ground, sandbox, clock, directory, next, scenarios, parsed.GetValue(speed), ct);
                if (next.Length == 0)
                    return CommandLine.Done;
            }
        });
        return command;
    }

    /// <returns>The visitor's next choice; empty when the program is told to stop.</returns>
    private static async Task<string> RunAsync(
        Ground ground, SandboxServer sandbox, ReplayClock clock, string directory, string what, IReadOnlyList<Scenario> scenarios,
        double speed, CancellationToken ct)
    {
        var demo = new Demo(ground, sandbox, clock, directory, Output.Line);
        if (what == Public)
            await demo.PlayAsync(scenarios, speed, ct);
        else
            await demo.SetAsync(withCase: what == Again, ct);
        await using var server = await demo.GoLiveAsync(ct);
        if (what == Again)
            await demo.TellAsync(ct);

        (string Word, string Label)[] choices = what switch
        {
            Again => [ToHistories],
            Public => [ToStory],
            _ => [ToStory, ToHistories],
        };
        demo.Offer(
            what.Length > 0
                ? "It is yours now. Write and press as any of these people; the bot on their phones is the real one."
                : "These phones are yours, and nothing has happened yet. Begin with Aygul: press Start, and write what she saw.",
            withCase: what == Again, choices);
        Output.Line($"Live. Open {sandbox.Url} and write to the bot as one of the people there; Ctrl+C ends it.");
        return await ChoiceAsync(sandbox, server, [.. choices.Select(choice => choice.Word)], ct);
    }

    private static async Task<string> ChoiceAsync(SandboxServer sandbox, Server server, string[] words, CancellationToken ct)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var ended = server.WaitAsync(over.Token);
        while (true)
        {
            var chosen = sandbox.Choices.ReadAsync(over.Token).AsTask();
            if (await Task.WhenAny(ended, chosen) == ended)
            {
                await over.CancelAsync();
                return "";
            }

            var word = await chosen;
            if (Array.IndexOf(words, word) < 0)
                continue;
            await over.CancelAsync();
            await ended;
            return word;
        }
    }

    private static async Task<SandboxServer> SandboxAsync(IClock clock, int port, CancellationToken ct)
    {
        // The sandbox's Telegram limits are off: they count real seconds, and a day of the histories has more messages than seconds.
        var options = new SandboxOptions
        {
            Clock = clock,
            PageZone = DateTimeZoneProviders.Tzdb["Asia/Almaty"],
            Port = port,
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
