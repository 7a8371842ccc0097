using System.Diagnostics;
using AlertBot.Sandbox;

namespace AlertBot.Benchmarks.Sending;

/// <summary>
/// Two nodes on one database. The sender is killed, frozen or cut off from the database, and a critical alert is raised at that moment. This measures
/// how long until Telegram has it from the other node. A frozen node then wakes, and must send nothing a second time.
/// </summary>
internal static class SenderTakeOver
{
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(2);

    /// <summary>What happens to the sender.</summary>
    public enum Mishap
    {
        Kill,
        Freeze,
        Cut,
    }

    /// <returns>The seconds of each run, and how many alerts came twice.</returns>
    public static async Task<(List<double> Seconds, int Repeats)> RunAsync(Mishap mishap, int times)
    {
        await using var bench = await SendingBench.StartAsync(chats: 1, extra: 1, new SandboxLimits(), perSecond: 30);
        var (seconds, repeats) = (new List<double>(), 0);
        for (var time = 1; time <= times; time++)
        {
            using var line = new DatabaseLine(bench.ConnectionString);
            using var first = bench.NewSender(line.ConnectionString);
            await ArrivesAsync(bench, $"first {time}");
            using var second = bench.NewSender();
            // Long enough for the second node to be ready, and at any moment between two signs of life of the first.
            await Task.Delay(Settled + TimeSpan.FromMilliseconds(time * 130 % 1500));

            var began = Stopwatch.GetTimestamp();
            Strike(mishap, first, line);
            await ArrivesAsync(bench, $"second {time}");
            seconds.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
            if (mishap == Mishap.Freeze)
            {
                first.Wake();
                await Task.Delay(Settled);
            }

            // A sender that ends between a message and its outcome leaves a message that may come again, and that is no fault of the take-over.
            await bench.UntilSettledAsync();
            repeats += Math.Max(0, bench.Arrived().Count - 2);
            bench.Sandbox.ClearCalls();
        }

        return (seconds, repeats);
    }

    private static void Strike(Mishap mishap, SendingProcess node, DatabaseLine line)
    {
        switch (mishap)
        {
            case Mishap.Kill:
                node.Kill();
                break;
            case Mishap.Freeze:
                node.Freeze();
                break;
            case Mishap.Cut:
                line.Cut();
                break;
        }
    }

    private static async Task ArrivesAsync(SendingBench bench, string text)
    {
        var before = bench.Arrived().Count;
        await bench.RaiseCriticalAsync(bench.Extra[0], text);
        await SendingBench.UntilAsync(() => bench.Arrived().Count > before);
    }
}
