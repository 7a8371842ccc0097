using AlertBot.Benchmarks;
using AlertBot.Benchmarks.Reports;
using AlertBot.Benchmarks.Sending;
using AlertBot.Benchmarks.Watching;

// Each measures one promise and prints a table. Run on a quiet machine: dotnet run -c Release --project tests/AlertBot.Benchmarks -- fan-out
return args switch
{
    ["fan-out", ..] => await FanOut.RunAsync(),
    ["names", .. var rest] => Usage.Done(() => NamesBenchmark.Run(rest, Console.Out)),
    ["kill", ..] => await KillRuns.RunAsync(),
    ["heads-up", ..] => await HeadsUp.RunAsync(),
    ["monitor", ..] => await MonitorTick.RunAsync(),
    [SendingProcess.Verb] => await SendingProcess.RunAsync(),
    _ => Usage.Print(),
};
