using System.Diagnostics;
using System.Globalization;
using AlertBot.Sandbox;

namespace AlertBot.Benchmarks.Reports;

/// <summary>
/// Measures a critical alert while strangers flood the bot, with Telegram's documented limits on: 60 accounts that send /help every second, then
/// 1,500 that press Start at once. The same alert in a quiet moment of the same run is shown beside it.
/// </summary>
internal static class Flood
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public static async Task<int> RunAsync(bool tiny)
    {
        var (quiet, accounts, seconds, starts, during) = tiny ? (2, 6, 2, 20, 2) : (30, 60, 60, 1500, 25);
        Console.WriteLine($"{accounts} accounts x 1/s x {seconds} s /help, then {starts} Starts at once, 30 messages a second; {Machine.Load()}");
        await using var bench = await HeadsUpBench.StartAsync(MostReports(quiet, seconds, during), new SandboxLimits());
        var next = 0;
        await bench.ReportAsync(next++);
        await Task.Delay(Second);

        var calm = new List<Way>();
        while (calm.Count < quiet)
            calm.Add(await bench.ReportAsync(next++));

        var helpers = bench.AddStrangers(accounts);
        var began = Stopwatch.GetTimestamp();
        var flooding = Task.Run(async () =>
        {
            for (var tick = 0; tick < seconds; tick++)
            {
                foreach (var one in helpers)
                    one.SendText("/help");
                var left = ((tick + 1) * Second) - Stopwatch.GetElapsedTime(began);
                if (left > TimeSpan.Zero)
                    await Task.Delay(left);
            }
        });
        var helped = new List<Way>();
        while (!flooding.IsCompleted && next < MostReports(quiet, seconds, during) - during)
            helped.Add(await bench.ReportAsync(next++));
        await flooding;

        var pressed = bench.AddStrangers(starts);
        foreach (var one in pressed)
            one.SendText("/start");
        var started = new List<Way>();
        while (started.Count < during)
            started.Add(await bench.ReportAsync(next++));

        new Table("message to heads-up, milliseconds", "p50", "p90", "worst", "measured", "missing")
            .Add(Row("quiet", calm))
            .Add(Row($"{accounts} accounts send /help", helped))
            .Add(Row($"{starts} press Start", started))
            .Print();
        Console.WriteLine($"answers 429: {bench.Refused}; sent in all: {bench.Sent}; {Machine.Load()}");
        var kept = !calm.Concat(helped).Concat(started).Any(way => way.IsMissing);
        Console.WriteLine(kept ? "all arrived" : "NOT ALL ARRIVED");
        return kept ? 0 : 1;
    }

    // A report takes at least a tenth of a second, in which the witness reads and presses.
    private static int MostReports(int quiet, int seconds, int during) => 1 + quiet + ((seconds + 5) * 10) + during;

    private static string[] Row(string what, List<Way> ways)
    {
        var sorted = ways.Where(way => !way.IsMissing).Select(way => way.Told).Order().ToList();
        string At(double share) => sorted.Count == 0
            ? "–"
            : sorted[Math.Min(sorted.Count - 1, (int)(share * sorted.Count))].ToString("0.0", CultureInfo.InvariantCulture);
        return [what, At(0.5), At(0.9), At(1), $"{sorted.Count}", $"{ways.Count - sorted.Count}"];
    }
}
