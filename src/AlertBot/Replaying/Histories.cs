using AlertBot.Hosting;
using AlertBot.Sandbox;
using NodaTime;
using NodaTime.Text;

namespace AlertBot.Replaying;

/// <summary>Plays public histories on the page: fast while nothing happens, slowly enough to read when something does.</summary>
internal sealed class Histories(Ground ground, SandboxServer sandbox, Stage stage, Action<string> tell)
{
    // At this speed nobody reads, so nothing slows down for readers.
    private const double Unreadable = 1000;

    private static readonly Duration LongestPause = Duration.FromSeconds(1.5);
    private static readonly Duration ForAFact = Duration.FromMilliseconds(900);
    private static readonly Duration ForAnAlert = Duration.FromMilliseconds(250);
    private static readonly LocalDateTimePattern Minute = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm");

    private int _askedAgain;

    /// <param name="speed">Days in a second.</param>
    public async Task PlayAsync(IReadOnlyList<Scenario> scenarios, double speed, CancellationToken ct)
    {
        tell($"Playing {scenarios.Count} public histories at {speed} days a second ...");
        Instant? last = null;
        var played = await new ReplayRunner(ground, stage, scenarios).RunAsync(
            async moment =>
            {
                var isShown = Show(moment);
                var pause = last is { } before && moment.At > before ? (moment.At - before) / (speed * 86_400) : Duration.Zero;
                if (isShown && speed < Unreadable)
                    pause = Duration.Max(pause, moment.Kind == ReplayMomentKind.Told ? ForAFact : ForAnAlert);
                if (pause > Duration.Zero)
                    await Task.Delay(Duration.Min(LongestPause, pause).ToTimeSpan(), TimeProvider.System, ct);
                last = moment.At;
            },
            ct);

        if (_askedAgain > 0)
            tell($"(Left out here: {_askedAgain} questions asked again, since nobody in the histories is there to answer them.)");
        var checks = played.SelectMany(one => one.Checks).ToList();
        var summary = $"{checks.Count(check => check.Passed)} of {checks.Count} expected alerts and dates came as they should.";
        sandbox.Narrate(summary);
        // The log has no line for an alert that was rightly not sent, so the page shows the number of checks.
        sandbox.Tally(checks.Count(check => check.Passed), checks.Count(check => !check.Passed));
        tell(summary);
    }

    private bool Show(ReplayMoment moment)
    {
        if (moment is { IsAskedAgain: true, Passed: null })
        {
            _askedAgain++;
            return false;
        }

        var kind = (moment.Passed, moment.Kind) switch
        {
            (true, _) => "pass",
            (false, _) => "fail",
            (_, ReplayMomentKind.Told or ReplayMomentKind.Confirmed) => "event",
            _ => "got",
        };
        sandbox.Narrate($"{moment.Code}  {moment.Text}", kind);
        tell($"{Minute.Format(moment.Local)}  {moment.Code}  {(moment.Passed switch { true => "✓", false => "✗", null => " " })} {moment.Text}");
        return true;
    }
}
