using AlertBot.Channels.Signal;
using AlertBot.Channels.Telegram;
using AlertBot.Cli;
using AlertBot.Hosting;
using AlertBot.Sandbox;
using NodaTime;
using NodaTime.Text;

namespace AlertBot.Replaying;

/// <summary>
/// The whole system with the sandbox in the place of Telegram and Signal: first on the clock of the histories, then on the real one.
/// </summary>
/// <param name="directory">The directory of the private database, which is emptied.</param>
/// <param name="tell">Says what happens, a line at a time.</param>
public sealed class Demo(Ground ground, SandboxServer sandbox, ReplayClock clock, string directory, Action<string> tell)
{
    private static readonly Duration LongestPause = Duration.FromSeconds(1.5);
    private static readonly LocalDateTimePattern Minute = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm");

    private int _askedAgain;

    /// <summary>Puts the cast on file and plays the histories on the page.</summary>
    /// <param name="speed">Days of the histories in a second.</param>
    public async Task PlayAsync(IReadOnlyList<Scenario> scenarios, double speed, CancellationToken ct)
    {
        using var log = Output.QuietLog();
        await using var storage = await Storage.OpenAsync(ground, log, ct, directory);
        await storage.EmptyAsync(ct);
        tell($"Database: private PostgreSQL {storage.PrivateVersion} in {storage.Directory}");
        await using var stage = await Stage.SetAsync(ground, storage.Database, sandbox, Cast.On(sandbox).AndSignal(sandbox), clock, ct);
        if (scenarios.Count == 0)
            return;

        sandbox.SetMode("replay");
        tell($"Playing {scenarios.Count} public histories at {speed} days a second ...");
        Instant? last = null;
        var played = await new ReplayRunner(ground, stage, scenarios).RunAsync(
            async moment =>
            {
                Show(moment);
                if (last is { } before && moment.At > before)
                    await Task.Delay(Duration.Min(LongestPause, (moment.At - before) / (speed * 86_400)).ToTimeSpan(), TimeProvider.System, ct);
                last = moment.At;
            },
            ct);

        if (_askedAgain > 0)
            tell($"(Left out here: {_askedAgain} questions asked again, since nobody in the histories is there to answer them.)");
        var checks = played.SelectMany(one => one.Checks).ToList();
        var summary = $"{checks.Count(check => check.Passed)} of {checks.Count} expected alerts and dates came as they should.";
        sandbox.Narrate(summary, checks.All(check => check.Passed) ? "pass" : "fail");
        tell(summary);
    }

    /// <summary>Starts the program itself, on the same database and for the same people.</summary>
    public async Task<Server> GoLiveAsync(CancellationToken ct, Action<IServiceCollection>? also = null)
    {
        clock.GoLive();
        sandbox.SetMode("live");
        var live = ground with
        {
            Settings = ground.Settings with
            {
                ConnectionString = null,
                KeyFile = null,
                Signal = new SignalSettings(sandbox.Url, sandbox.Signal.Account),
                Telegram = new TelegramSettings(sandbox.Token) { ApiUrl = sandbox.Url },
                LogLevel = LogLevel.Warning,
            },
        };
        return await Server.StartAsync(live, ct, directory, also);
    }

    private void Show(ReplayMoment moment)
    {
        var kind = (moment.Passed, moment.Kind) switch
        {
            (true, _) => "pass",
            (false, _) => "fail",
            (_, ReplayMomentKind.Told or ReplayMomentKind.Confirmed) => "event",
            _ => "got",
        };
        if (moment is { IsAskedAgain: true, Passed: null })
        {
            _askedAgain++;
            return;
        }

        sandbox.Narrate($"{moment.Code}  {moment.Text}", kind);
        tell($"{Minute.Format(moment.Local)}  {moment.Code}  {(moment.Passed switch { true => "✓", false => "✗", null => " " })} {moment.Text}");
    }
}
