using System.Diagnostics;
using System.Globalization;
using AlertBot.Sandbox;

namespace AlertBot.Benchmarks.Sending;

/// <summary>
/// Sends one alert to 1,000 chats, with Telegram's documented limits on and answers that take 40 to 80 ms. An urgent alert comes in the middle. In
/// the other runs the sending process is killed at 40 % and started again.
/// </summary>
internal static class FanOut
{
    private const double PerSecond = 30;

    public static async Task<int> RunAsync(bool tiny)
    {
        var chats = tiny ? 40 : 1000;
        // 999 gaps at 30 a second.
        var best = (chats - 1) / PerSecond;
        Console.WriteLine($"{chats} chats, {PerSecond} messages a second, 40-80 ms a call; {Machine.Load()}");
        var calm = await RunAsync(chats, new SandboxLimits(), killAt: null);
        var killed = await RunAsync(chats, new SandboxLimits(), killAt: 0.4);
        var harsh = tiny ? killed : await RunAsync(chats, new SandboxLimits(LengthensWait: true), killAt: 0.4);
        Console.WriteLine($"afterwards: {Machine.Load()}\n");

        new Table("", "last message", "urgent waited", "answers 429", "lost", "repeats", "in flight at the kill")
            .Add(Row("AlertBot", calm))
            .Add(Row("AlertBot, kill -9 at 40 %", killed))
            .Add(Row("AlertBot, the same, waits lengthen", harsh))
            .Add("(best possible)", Seconds(best), "", "0", "0", "0", "")
            .Add("to beat: grammY with throttler", "33.9 s", "29.6 s", "", "576 (kill -9)", "", "")
            .Add("to beat: Alertmanager", "56 s", "", "6002", "965 (waits lengthen)", "401", "")
            .Add("to beat: python-telegram-bot", "64 s", "59 s", "", "596 (kill -9)", "", "")
            .Print();
        Console.WriteLine("last message: from the commit of the alert to its arrival at Telegram, restart included");
        Console.WriteLine($"urgent waited: from its commit; before it left {calm.Overtook} other messages (a slot is {1000 / PerSecond:0.0} ms)");
        var inTime = tiny || (calm.Last <= best * 1.03 && calm.Overtook <= 1);
        var kept = inTime && new[] { calm, killed, harsh }.All(run => run is { Refused: 0, Lost: 0 } && run.Repeats <= run.InFlight);
        Console.WriteLine(Performance.Ratio("1,000 chats, last message", calm.Last, best, "s"));
        Console.WriteLine(kept ? "kept" : "NOT KEPT");
        return kept ? 0 : 1;
    }

    private static async Task<Outcome> RunAsync(int chats, SandboxLimits limits, double? killAt)
    {
        await using var bench = await SendingBench.StartAsync(chats, extra: 2, limits, PerSecond);
        var (first, urgent) = (bench.Extra[0], bench.Extra[1]);
        bench.StartSender();
        // A bot that has just started has talked to somebody before the alert comes.
        await bench.RaiseCriticalAsync(first, "Are you there?");
        await SendingBench.UntilAsync(() => bench.Arrived().Count == 1);
        await bench.UntilSettledAsync();
        await Task.Delay(1000);
        bench.Sandbox.ClearCalls();

        var began = Stopwatch.GetTimestamp();
        await bench.RaiseAsync("Please come to the court at once.");
        var (waited, overtook, inFlight) = (0.0, 0, 0);
        if (killAt is { } share)
        {
            await SendingBench.UntilAsync(() => bench.Arrived().Count >= chats * share);
            inFlight = (await bench.KillSenderAsync()).Arrived;
            bench.StartSender();
        }
        else
        {
            await SendingBench.UntilAsync(() => bench.Arrived().Count >= chats / 2);
            await bench.RaiseCriticalAsync(urgent, "This cannot wait.");
            var committed = Stopwatch.GetTimestamp();
            await SendingBench.UntilAsync(() => bench.Arrived().Any(call => call.ChatId == urgent));
            var arrived = bench.Arrived().First(call => call.ChatId == urgent).At;
            waited = Stopwatch.GetElapsedTime(committed, arrived).TotalMilliseconds;
            overtook = bench.Arrived().Count(call => call.At > committed && call.At < arrived);
        }

        await bench.UntilSettledAsync();
        var calls = bench.Arrived().Where(call => call.ChatId != urgent).ToList();
        var reached = calls.Select(call => call.ChatId).Distinct().Count();
        return new Outcome(
            Stopwatch.GetElapsedTime(began, calls.Max(call => call.At)).TotalSeconds,
            killAt is null ? waited : null, overtook, bench.Refusals(), chats - reached, calls.Count - reached, inFlight);
    }

    private static string[] Row(string name, Outcome run) =>
    [
        name, Seconds(run.Last), run.UrgentMilliseconds is { } ms ? Seconds(ms / 1000) : "", Text(run.Refused), Text(run.Lost), Text(run.Repeats),
        run.UrgentMilliseconds is null ? Text(run.InFlight) : "",
    ];

    private static string Seconds(double seconds) => seconds.ToString("0.00", CultureInfo.InvariantCulture) + " s";

    private static string Text(int count) => count.ToString(CultureInfo.InvariantCulture);

    private sealed record Outcome(double Last, double? UrgentMilliseconds, int Overtook, int Refused, int Lost, int Repeats, int InFlight);
}
