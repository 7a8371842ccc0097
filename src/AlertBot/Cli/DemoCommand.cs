using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using AlertBot.Channels.Telegram;
using AlertBot.Hosting;
using AlertBot.Replaying;
using AlertBot.Sandbox;
using NodaTime;
using NodaTime.Text;

namespace AlertBot.Cli;

/// <summary>
/// <c>demo</c>: the whole system on this machine, with phones on a web page. Plays the public histories at a visible speed, then
/// goes live on the real clock and stays up for trying. Needs no token and no network.
/// </summary>
internal static class DemoCommand
{
    private const int PagePort = 5081;
    private static readonly Duration LongestPause = Duration.FromSeconds(1.5);
    private static readonly LocalDateTimePattern Minute = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm");

    public static Command Create()
    {
        var speed = new Option<double>("--speed") { Description = "Days of the histories in one second.", DefaultValueFactory = _ => 30 };
        var noReplay = new Option<bool>("--no-replay") { Description = "Go live at once, with the same people and no cases." };
        var command = new Command("demo", "Starts everything with a sandbox instead of Telegram, plays real histories, and stays up for trying.") { speed, noReplay };
        command.SetAction(async (parsed, ct) =>
        {
            if (parsed.GetValue(speed) is not (> 0 and <= 10_000))
                return Output.Refuse("--speed is a number of days, more than 0");

            var ground = Ground.Load();
            Output.Report(ground.Problems);
            var scenarios = parsed.GetValue(noReplay) ? [] : Scenarios.Load(ground, "all");
            var clock = new ReplayClock(scenarios.Count > 0 ? ReplayRunner.StartOf(scenarios) : SystemClock.Instance.GetCurrentInstant());
            await using var sandbox = await SandboxAsync(clock, ct);
            Output.Line($"Phones:   {sandbox.Url}");

            var directory = Path.Combine(await Storage.PlaceAsync(ground, ct), "demo");
            await PlayAsync(ground, scenarios, sandbox, clock, directory, parsed.GetValue(speed), ct);
            return await GoLiveAsync(ground, sandbox, clock, directory, ct);
        });
        return command;
    }

    private static async Task<SandboxServer> SandboxAsync(ReplayClock clock, CancellationToken ct)
    {
        var options = new SandboxOptions { Clock = clock, Limits = new SandboxLimits(), Port = IsFree(PagePort) ? PagePort : 0 };
        return await SandboxServer.StartAsync(options, ct);
    }

    private static async Task PlayAsync(
        Ground ground, IReadOnlyList<Scenario> scenarios, SandboxServer sandbox, ReplayClock clock, string directory, double speed, CancellationToken ct)
    {
        using var log = Output.QuietLog();
        await using var storage = await Storage.OpenAsync(ground, log, ct, directory);
        await storage.EmptyAsync(ct);
        Output.Line($"Database: private PostgreSQL {storage.PrivateVersion} in {storage.Directory}");
        await using var stage = await Stage.SetAsync(ground, storage.Database, sandbox, Cast.On(sandbox), clock, ct);
        if (scenarios.Count == 0)
            return;

        sandbox.SetMode("replay");
        Output.Line($"Playing {scenarios.Count} public histories at {speed} days a second ...");
        Instant? last = null;
        var played = await new ReplayRunner(ground, stage, scenarios).RunAsync(
            async moment =>
            {
                sandbox.Narrate($"{moment.Code}  {moment.Text}", moment.Passed is { } passed ? passed ? "pass" : "fail" : moment.Kind.ToString().ToLowerInvariant());
                Output.Line($"{Minute.Format(moment.Local)}  {moment.Code}  {(moment.Passed switch { true => "✓", false => "✗", null => " " })} {moment.Text}");
                if (last is { } before && moment.At > before)
                    await Task.Delay(Duration.Min(LongestPause, (moment.At - before) / (speed * 86_400)).ToTimeSpan(), TimeProvider.System, ct);
                last = moment.At;
            },
            ct);

        var checks = played.SelectMany(one => one.Checks).ToList();
        var summary = $"{checks.Count(check => check.Passed)} of {checks.Count} expected alerts and dates came as they should.";
        sandbox.Narrate(summary, checks.All(check => check.Passed) ? "pass" : "fail");
        Output.Line(summary);
    }

    private static async Task<int> GoLiveAsync(Ground ground, SandboxServer sandbox, ReplayClock clock, string directory, CancellationToken ct)
    {
        clock.GoLive();
        sandbox.SetMode("live");
        var live = ground with
        {
            Settings = ground.Settings with
            {
                ConnectionString = null,
                KeyFile = null,
                Signal = null,
                Telegram = new TelegramSettings(sandbox.Token) { ApiUrl = sandbox.Url },
                LogLevel = LogLevel.Warning,
            },
        };
        await using var server = await Server.StartAsync(live, ct, directory);
        Output.Line($"Live. Open {sandbox.Url} and write to the bot as one of the people there; Ctrl+C ends it.");
        await server.WaitAsync(ct);
        return CommandLine.Done;
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
