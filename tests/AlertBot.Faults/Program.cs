using AlertBot.Benchmarks.Sending;
using AlertBot.Faults;

// Breaks things on purpose and checks that nothing is lost: dotnet run -c Release --project tests/AlertBot.Faults -- --faults 10000 (docs/faults.md).
return args is [SendingProcess.Verb] ? await SendingProcess.RunAsync() : await Campaign.RunAsync(args);
