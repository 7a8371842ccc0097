using System.Diagnostics;
using System.Globalization;
using AlertBot.Domain.Alerts;
using AlertBot.Sandbox;

namespace AlertBot.Benchmarks.Sending;

/// <summary>
/// A hundred alerts of a mass arrest into one group, and to one person, with Telegram's documented limits on: all at once, or as fast as they can be
/// written one by one. Three of them are critical.
/// </summary>
internal static class OneGroup
{
    public static async Task<int> RunAsync(bool tiny)
    {
        var alerts = tiny ? 30 : 100;
        Console.WriteLine($"{alerts} alerts into one chat, 20 a minute to a group, 40-80 ms a call; {Machine.Load()}");
        await using var bench = await SendingBench.StartAsync(chats: 0, extra: tiny ? 1 : 2, new SandboxLimits(), perSecond: 30);
        bench.StartSender();
        var table = new Table("", "last shown", "critical", "messages", "cut off", "repeats", "answers 429");
        var kept = true;
        var groups = tiny ? 1 : 2;
        var chats = (await bench.AddGroupsAsync(groups)).Concat(bench.Extra.Take(groups)).ToList();
        for (var index = 0; index < chats.Count; index++)
        {
            var (chat, atOnce) = (chats[index], index % groups == 0);
            bench.Sandbox.ClearCalls();
            var began = Stopwatch.GetTimestamp();
            await bench.RaiseSeveralAsync(chat, alerts, number => number % 34 == 17 ? Severity.Critical : Severity.Urgent, atOnce);
            await bench.UntilSettledAsync();

            var calls = bench.Arrived().Select(call => (call.At, Marks: bench.MarksIn(chat, call.MessageId))).ToList();
            var marks = calls.SelectMany(call => call.Marks).ToList();
            var last = Stopwatch.GetElapsedTime(began, calls.Max(call => call.At)).TotalSeconds;
            var critical = calls.Where(call => call.Marks.Any(mark => mark.StartsWith("[critical", StringComparison.Ordinal))).ToList();
            var criticalLast = Stopwatch.GetElapsedTime(began, critical.Max(call => call.At)).TotalSeconds;
            var alone = critical.All(call => call.Marks.Count == 1);
            table.Add(
                $"{(chat < 0 ? "a group" : "a person")}, {(atOnce ? "in one act" : "one by one")}", Seconds(last), Seconds(criticalLast),
                Text(calls.Count), Text(alerts - marks.Distinct().Count()), Text(marks.Count - marks.Distinct().Count()), Text(bench.Refusals()));
            if (chat < 0)
                Console.WriteLine(Performance.Ratio($"a hundred alerts into a group{(atOnce ? "" : ", one by one")}, last shown", last, 5, "s"));
            kept &= marks.Distinct().Count() == alerts && marks.Count == alerts && bench.Refusals() == 0 && alone && (tiny || last <= 12);
        }

        table.Add("before", "303 s", "", "100", "0", "0", "1").Add("Alertmanager", "", "", "", "38", "", "").Print();
        var states = await bench.StatesAsync();
        kept &= states.GetValueOrDefault("sent") == alerts * chats.Count;
        Console.WriteLine($"the outbox says: {string.Join(", ", states.Select(pair => $"{pair.Value} {pair.Key}"))}; {Machine.Load()}");
        Console.WriteLine(kept ? "kept" : "NOT KEPT");
        return kept ? 0 : 1;
    }

    private static string Seconds(double seconds) => seconds.ToString("0.00", CultureInfo.InvariantCulture) + " s";

    private static string Text(int count) => count.ToString(CultureInfo.InvariantCulture);
}
