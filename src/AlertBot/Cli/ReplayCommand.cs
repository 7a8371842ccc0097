using System.CommandLine;
using AlertBot.Hosting;
using AlertBot.Replaying;
using AlertBot.Sandbox;
using NodaTime.Text;

namespace AlertBot.Cli;

/// <summary><c>replay</c>: plays real histories through the real program on a virtual clock, and checks what comes of them.</summary>
internal static class ReplayCommand
{
    private static readonly LocalDateTimePattern Minute = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm");

    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "A file of config/scenarios, its name, or 'all'." };
        var json = new Option<bool>("--json") { Description = "As JSON." };
        var command = new Command("replay", "Plays histories on a virtual clock and checks every alert that was expected of them.") { file, json };
        command.SetAction(async (parsed, ct) =>
        {
            var ground = Ground.Load();
            Output.Report(ground.Problems);
            var scenarios = Scenarios.Load(ground, parsed.GetRequiredValue(file));

            using var log = Output.QuietLog();
            await using var storage = await Storage.OpenAsync(ground, log, ct, Path.Combine(await Storage.PlaceAsync(ground, ct), "replay"));
            await storage.EmptyAsync(ct);
            var clock = new ReplayClock(ReplayRunner.StartOf(scenarios));
            await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { Clock = clock }, ct);
            await using var stage = await Stage.SetAsync(ground, storage.Database, sandbox, Cast.On(sandbox), clock, ct);

            var isJson = parsed.GetValue(json);
            var played = await new ReplayRunner(ground, stage, scenarios).RunAsync(
                moment =>
                {
                    if (!isJson)
                        Output.Line(LineOf(moment));
                    return Task.CompletedTask;
                },
                ct);
            if (isJson)
                PrintJson(played);
            else
                Print(played);
            return played.All(one => one.Passed) ? CommandLine.Done : CommandLine.Failed;
        });
        return command;
    }

    private static string LineOf(ReplayMoment moment) =>
        $"{Minute.Format(moment.Local)}  {moment.Code}  {Mark(moment.Passed)} {moment.Kind.ToString().ToLowerInvariant(),-9} {moment.Text}";

    private static string Mark(bool? passed) => passed switch { true => "✓", false => "✗", null => " " };

    private static void Print(IReadOnlyList<ReplayedScenario> played)
    {
        foreach (var one in played)
        {
            Output.Line();
            Output.Line($"{one.Scenario.Code}  {one.Scenario.Title}  ({one.Scenario.Source})");
            foreach (var check in one.Checks)
                Output.Line($"  {Mark(check.Passed)} {check.Expectation.Text}: {check.Found}" + (check.Passed ? "" : $"   [line {check.Expectation.Line}]"));
        }

        var checks = played.SelectMany(one => one.Checks).ToList();
        Output.Line();
        Output.Line($"{played.Count} histories, {checks.Count(check => check.Passed)} of {checks.Count} expectations met: {(checks.All(check => check.Passed) ? "pass" : "FAIL")}");
    }

    private static void PrintJson(IReadOnlyList<ReplayedScenario> played) => Output.Json(new
    {
        passed = played.All(one => one.Passed),
        scenarios = played.Select(one => new
        {
            one.Scenario.Name,
            code = one.Scenario.Code.Text,
            one.Scenario.Title,
            one.Scenario.Source,
            one.Passed,
            expectations = one.Checks.Select(check => new { check.Expectation.Line, check.Expectation.Text, check.Passed, check.Found }),
            timeline = one.Timeline.Select(moment => new { at = moment.At.ToString(), local = Minute.Format(moment.Local), moment.Kind, moment.Text, moment.Passed }),
        }),
    });
}
