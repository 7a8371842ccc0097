using AlertBot.Benchmarks;
using AlertBot.Benchmarks.Desk;
using AlertBot.Benchmarks.Fuzzing;
using AlertBot.Benchmarks.Jobs;
using AlertBot.Benchmarks.Reports;
using AlertBot.Benchmarks.Sending;
using AlertBot.Benchmarks.Watching;

// Each measures one promise and prints a table. Run on a quiet machine: dotnet run -c Release --project tests/AlertBot.Benchmarks -- fan-out. With
// --tiny each takes seconds and checks no times; the tests run them like that, so that none of them breaks unnoticed.
var tiny = args.Contains("--tiny");
var asked = args.Where(arg => arg != "--tiny").ToArray();
return asked is [Several.Verb, .. var names]
    ? await Several.RunAsync(names, name => RunAsync([name], tiny: true))
    : await RunAsync(asked, tiny);

static async Task<int> RunAsync(string[] asked, bool tiny) => asked switch
{
    ["fan-out"] => await FanOut.RunAsync(tiny),
    ["one-group"] => await OneGroup.RunAsync(tiny),
    ["paid"] => await PaidFanOut.RunAsync(tiny),
    ["intake", .. var rest] => await Intake.RunAsync(tiny, rest),
    ["scale"] => await Scale.RunAsync(tiny),
    ["performance", .. var rest] => await Performance.RunAsync(tiny, rest),
    ["signal"] => await SignalFanOut.RunAsync(tiny),
    ["names", .. var rest] => Usage.Done(() => NamesBenchmark.Run(tiny ? ["--sizes", "300"] : rest, Console.Out)),
    ["kill"] => await KillRuns.RunAsync(tiny),
    ["heads-up", .. var rest] => await HeadsUp.RunAsync(tiny, rest),
    ["flood"] => await Flood.RunAsync(tiny),
    ["monitor"] => await MonitorTick.RunAsync(tiny),
    ["idle"] => await Idle.RunAsync(tiny),
    ["desk"] => await DeskBench.RunAsync(tiny),
    ["fuzz", .. var rest] => await Fuzz.RunAsync(tiny, rest),
    ["take-over"] => await TakeOver.RunAsync(tiny),
    [SendingProcess.Verb] => await SendingProcess.RunAsync(),
    [NodeToKill.Verb] => await NodeToKill.RunAsync(),
    _ => Usage.Print(),
};
