using System.Globalization;
using AlertBot.Domain.Alerts;
using AlertBot.Sandbox;

namespace AlertBot.Benchmarks.Sending;

/// <summary>
/// 20 times: an alert to 200 chats, kill -9 of the sending process somewhere in the middle, and a new process. The pace is that of paid broadcasts,
/// which saves time and puts more messages in flight at the kill than usual.
/// </summary>
internal static class KillRuns
{
    private const int PerSecond = 200;

    public static async Task<int> RunAsync(bool tiny)
    {
        var (runs, chats) = tiny ? (1, 40) : (20, 200);
        Console.WriteLine($"{runs} runs of {chats} chats, {PerSecond} messages a second, 40-80 ms a call; {Machine.Load()}");
        await using var bench = await SendingBench.StartAsync(chats, extra: 1, new SandboxLimits(PerSecond), PerSecond);
        var table = new Table("run", "killed after", "in hand", "of these arrived", "lost", "repeats", "answers 429");
        var (lost, repeats, refused, arrived, kept) = (0, 0, 0, 0, true);
        bench.StartSender();
        for (var run = 1; run <= runs; run++)
        {
            bench.Sandbox.ClearCalls();
            await bench.RaiseAsync($"Run {run}", Severity.Critical);
            // From 10 to 86 % of the way.
            var after = chats * (6 + 4 * run) / 100;
            await SendingBench.UntilAsync(() => bench.Arrived().Count >= after, everyMilliseconds: 1);
            var inFlight = await bench.KillSenderAsync();
            bench.StartSender();
            await bench.UntilSettledAsync();

            var calls = bench.Arrived();
            var reached = calls.Select(call => call.ChatId).Distinct().Count();
            (lost, repeats, refused, arrived) =
                (lost + chats - reached, repeats + calls.Count - reached, refused + bench.Refusals(), arrived + inFlight.Arrived);
            kept &= calls.Count - reached <= inFlight.Arrived;
            table.Add(
                Text(run), Text(after), Text(inFlight.InHand), Text(inFlight.Arrived), Text(chats - reached),
                Text(calls.Count - reached), Text(bench.Refusals()));
        }

        table.Add("all", "", "", Text(arrived), Text(lost), Text(repeats), Text(refused)).Print();
        var states = await bench.StatesAsync();
        Console.WriteLine($"the outbox says: {string.Join(", ", states.Select(pair => $"{pair.Value} {pair.Key}"))}; {Machine.Load()}");
        kept &= lost == 0 && states.GetValueOrDefault("sent") == runs * chats;
        Console.WriteLine(kept ? "kept" : "NOT KEPT");
        return kept ? 0 : 1;
    }

    private static string Text(int count) => count.ToString(CultureInfo.InvariantCulture);
}
