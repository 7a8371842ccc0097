using AlertBot.Benchmarks;
using AlertBot.Benchmarks.Sending;
using AlertBot.Faults;

// Breaks things on purpose and checks that nothing is lost: dotnet run -c Release --project tests/AlertBot.Faults -- --faults 10000 (docs/faults.md).
return args switch
{
    [SendingProcess.Verb] => await SendingProcess.RunAsync(),
    ["--tiny", Several.Verb, .. var kinds] => await Several.RunAsync(kinds, kind => Campaign.RunAsync(["--tiny", "--only", kind])),
    _ => await Campaign.RunAsync(args),
};
