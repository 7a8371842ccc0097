using System.Diagnostics;
using System.Globalization;
using AlertBot.Domain.Alerts;
using AlertBot.Sandbox;

namespace AlertBot.Benchmarks.Sending;

/// <summary>One alert to 10,000 chats at the pace of paid broadcasts, and what a message costs: processor, transactions, bytes of the log.</summary>
internal static class PaidFanOut
{
    private const int PerSecond = 1000;

    public static async Task<int> RunAsync(bool tiny)
    {
        var chats = tiny ? 300 : 10_000;
        var best = (double)chats / PerSecond;
        Console.WriteLine($"{chats} chats, {PerSecond} messages a second, 40-80 ms a call; {Machine.Load()}");
        await using var bench = await SendingBench.StartAsync(chats, extra: 1, new SandboxLimits(PerSecond), PerSecond);
        bench.StartSender();
        // A program that sends has been running for a while.
        var warming = chats / 10;
        await bench.RaiseAsync(new AlertId(Guid.NewGuid()), [.. bench.Chats.Take(warming)], Severity.Notice, "Are you there?");
        await SendingBench.UntilAsync(() => bench.Arrived().Count == warming);
        await bench.UntilSettledAsync();
        bench.Sandbox.ClearCalls();

        var before = await bench.CostsAsync();
        var began = Stopwatch.GetTimestamp();
        await bench.RaiseAsync("Please come to the court at once.");
        var (raised, committed) = (Stopwatch.GetElapsedTime(began).TotalSeconds, Stopwatch.GetTimestamp());
        await bench.UntilSettledAsync();
        var after = await bench.CostsAsync();

        var calls = bench.Arrived();
        var last = Stopwatch.GetElapsedTime(committed, calls.Max(call => call.At)).TotalSeconds;
        var reached = calls.Select(call => call.ChatId).Distinct().Count();
        new Table("", "raised", "last message", "best", "answers 429", "lost", "repeats")
            .Add(
                "AlertBot", Seconds(raised), Seconds(last), Seconds(best), Text(bench.Refusals()), Text(chats - reached),
                Text(calls.Count - reached))
            .Print();
        new Table("a message costs", "sender's processor", "database's processor", "transactions", "row versions", "bytes of the log")
            .Add("", Microseconds((after.Sender - before.Sender) / chats), Microseconds((after.Database - before.Database) / chats),
                Share(after.Transactions - before.Transactions, chats), Share(after.Rows - before.Rows, chats),
                Text((int)((after.LogBytes - before.LogBytes) / chats)))
            .Print();
        Console.WriteLine(Performance.Ratio("paid broadcasts, 10,000 chats, last message", last, best, "s"));
        Console.WriteLine("last message: from the commit of the alert to its arrival, as in fan-out; a tenth of the chats had one before");
        Console.WriteLine($"sandbox, sender and PostgreSQL share the machine; {Machine.Load()}");
        var kept = reached == chats && calls.Count == chats && bench.Refusals() == 0 && (tiny || last <= best * 1.1);
        Console.WriteLine(kept ? "kept" : "NOT KEPT");
        return kept || (tiny && reached == chats) ? 0 : 1;
    }

    private static string Seconds(double seconds) => seconds.ToString("0.00", CultureInfo.InvariantCulture) + " s";

    private static string Microseconds(TimeSpan time) => time.TotalMicroseconds.ToString("0", CultureInfo.InvariantCulture) + " us";

    private static string Share(long count, int of) => ((double)count / of).ToString("0.00", CultureInfo.InvariantCulture);

    private static string Text(int count) => count.ToString(CultureInfo.InvariantCulture);
}
