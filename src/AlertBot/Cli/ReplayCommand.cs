using System.CommandLine;
using AlertBot.Hosting;
using AlertBot.Replaying;
using AlertBot.Replaying.Chats;
using AlertBot.Sandbox;
using NodaTime.Text;

namespace AlertBot.Cli;

/// <summary><c>replay</c>: plays real histories through the real program on a virtual clock, and checks the outcome.</summary>
internal static class ReplayCommand
{
    private static readonly LocalDateTimePattern Minute = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm");

    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "A file of config/scenarios, its name, or 'all'." };
        var json = new Option<bool>("--json") { Description = "As JSON." };
        var days = new Option<int>("--read")
        {
            Description = "Also prints what each advocate read in the first so many days of a history, as a table.",
            HelpName = "DAYS",
        };
        var command = new Command("replay", "Plays histories on a virtual clock and checks every alert that was expected of them.")
        {
            file,
            json,
            days,
        };
        command.SetAction(async (parsed, ct) =>
        {
            var ground = Ground.Load();
            Output.Report(ground.Problems);
            var which = parsed.GetRequiredValue(file);
            var (scenarios, chats) = (Scenarios.Load(ground, which), Scenarios.LoadChats(ground, which));

            using var log = Output.QuietLog();
            await using var storage = await Storage.OpenAsync(ground, log, ct, Path.Combine(await Storage.PlaceAsync(ground, ct), "replay"));
            var isJson = parsed.GetValue(json);
            using var waiting = Waiting.BesideLines("playing histories");
            var played = new List<ReplayedScenario>();
            if (parsed.GetValue(days) is > 0 and var first)
            {
                // Each by itself: on phones that show one history, what was read is of that one.
                foreach (var one in scenarios)
                    played.AddRange(await PlayAsync(ground, storage, [one], isJson, first, ct));
            }
            else if (scenarios.Count > 0)
            {
                played.AddRange(await PlayAsync(ground, storage, scenarios, isJson, 0, ct));
            }

            var nights = new List<PlayedChat>();
            foreach (var chat in chats)
                nights.Add(await PlayAsync(ground, storage, chat, isJson, ct));

            if (isJson)
                PrintJson(played, nights);
            else
                Print(played, nights);
            return played.All(one => one.Passed) && nights.All(one => one.Passed) ? CommandLine.Done : CommandLine.Failed;
        });
        return command;
    }

    private static async Task<IReadOnlyList<ReplayedScenario>> PlayAsync(
        Ground ground, Storage storage, IReadOnlyList<Scenario> scenarios, bool isJson, int days, CancellationToken ct)
    {
        await storage.EmptyAsync(ct);
        var clock = new ReplayClock(ReplayRunner.StartOf(scenarios));
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { Clock = clock }, ct);
        await using var stage = await Stage.SetAsync(ground, storage.Database, sandbox, Cast.On(sandbox), clock, ct);
        var played = await new ReplayRunner(ground, stage, scenarios).RunAsync(
            moment =>
            {
                if (!isJson)
                    Output.Line(LineOf(moment));
                return Task.CompletedTask;
            },
            ct);
        if (days > 0 && !isJson)
        {
            Output.Line();
            foreach (var line in FirstDays.Table(stage.Cast, ReplayRunner.StartOf(scenarios), days + 1, scenarios[0].Zone))
                Output.Line(line);
        }

        return played;
    }

    private static async Task<PlayedChat> PlayAsync(Ground ground, Storage storage, ChatScenario chat, bool isJson, CancellationToken ct)
    {
        await storage.EmptyAsync(ct);
        var clock = new ReplayClock(chat.Zone.AtLeniently(chat.Steps[0].At).ToInstant() - NodaTime.Duration.FromMinutes(10));
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { Clock = clock }, ct);
        await using var stage = await Stage.SetAsync(ground, storage.Database, sandbox, Cast.On(sandbox), clock, ct);
        return await new ChatRunner(ground, stage, chat).RunAsync(
            (step, check) =>
            {
                if (!isJson)
                    Output.Line($"{Minute.Format(step.At)}          {Mark(check?.Passed)} {step}");
                return Task.CompletedTask;
            },
            ct);
    }

    private static string LineOf(ReplayMoment moment) =>
        $"{Minute.Format(moment.Local)}  {moment.Code}  {Mark(moment.Passed)} {moment.Kind.ToString().ToLowerInvariant(),-9} {moment.Text}";

    private static string Mark(bool? passed) => passed switch { true => "✓", false => "✗", null => " " };

    private static void Print(List<ReplayedScenario> played, List<PlayedChat> nights)
    {
        foreach (var one in played)
        {
            Output.Line();
            Output.Line($"{one.Scenario.Code}  {one.Scenario.Title}  ({one.Scenario.Source})");
            foreach (var check in one.Checks)
                Output.Line(
                    $"  {Mark(check.Passed)} {check.Expectation.Text}: {check.Found}" + (check.Passed ? "" : $"   [line {check.Expectation.Line}]"));
        }

        foreach (var one in nights)
        {
            Output.Line();
            Output.Line($"{one.Scenario.Title}  ({one.Scenario.Source})");
            foreach (var check in one.Checks)
                Output.Line($"  {Mark(check.Passed)} {check.Step}: {check.Found}" + (check.Passed ? "" : $"   [line {check.Step.Line}]"));
        }

        var checks = played.SelectMany(one => one.Checks).Select(check => check.Passed)
            .Concat(nights.SelectMany(one => one.Checks).Select(check => check.Passed)).ToList();
        Output.Line();
        Output.Line(
            $"{played.Count + nights.Count} histories, {checks.Count(passed => passed)} of {checks.Count} expectations met: "
            + $"{(checks.All(passed => passed) ? "pass" : "FAIL")}");
    }

    private static void PrintJson(IReadOnlyList<ReplayedScenario> played, List<PlayedChat> nights) => Output.Json(new
    {
        passed = played.All(one => one.Passed) && nights.All(one => one.Passed),
        scenarios = played.Select(one => new
        {
            one.Scenario.Name,
            code = one.Scenario.Code.Text,
            one.Scenario.Title,
            one.Scenario.Source,
            one.Passed,
            expectations = one.Checks.Select(check => new { check.Expectation.Line, check.Expectation.Text, check.Passed, check.Found }),
            timeline = one.Timeline.Select(
                moment => new { at = moment.At.ToString(), local = Minute.Format(moment.Local), moment.Kind, moment.Text, moment.Passed }),
        }),
        nights = nights.Select(one => new
        {
            one.Scenario.Name,
            one.Scenario.Title,
            one.Scenario.Source,
            one.Passed,
            expectations = one.Checks.Select(check => new { check.Step.Line, text = check.Step.ToString(), check.Passed, check.Found }),
        }),
    });
}
