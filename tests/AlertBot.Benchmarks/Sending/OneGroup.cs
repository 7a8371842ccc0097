using System.Diagnostics;
using System.Globalization;
using AlertBot.Domain.Alerts;
using AlertBot.Sandbox;

namespace AlertBot.Benchmarks.Sending;

/// <summary>
/// A hundred alerts of a mass arrest into one group, and to one person, with Telegram's documented limits on: all at once, or as fast as they can be
/// written one by one. Three of them are critical. The bot runs, and no burst is allowed to a chat.
/// </summary>
internal static class OneGroup
{
    // Telegram says one message a second to one chat, "with short bursts". Here there are none.
    private static readonly SandboxLimits Strict = new(ChatBurst: 1);

    // Seconds that the last message is on its way, at the middle of what a call takes.
    private const double Call = 0.06;

    public static async Task<int> RunAsync(bool tiny)
    {
        var (alerts, groups) = tiny ? (30, 1) : (100, 2);
        Console.WriteLine($"{alerts} alerts into one chat, one a second to a chat, 20 a minute to a group, 40-80 ms a call; {Machine.Load()}");
        await using var bench = await SendingBench.StartAsync(chats: 0, extra: groups + 1, Strict, perSecond: 30);
        bench.StartSender();
        await bench.RaiseCriticalAsync(bench.Extra[^1], "for warming up");
        await bench.UntilSettledAsync();
        var table = new Table("", "raised in", "longest wait", "of a critical one", "messages", "so many take", "cut off", "repeats", "answers 429");
        var kept = true;
        var chats = (await bench.AddGroupsAsync(groups)).Concat(bench.Extra.Take(groups)).ToList();
        for (var index = 0; index < chats.Count; index++)
        {
            var (chat, atOnce) = (chats[index], index % groups == 0);
            bench.Sandbox.ClearCalls();
            var began = Stopwatch.GetTimestamp();
            var raised = await bench.RaiseSeveralAsync(chat, alerts, number => number % 34 == 17 ? Severity.Critical : Severity.Urgent, atOnce);
            var raising = Stopwatch.GetElapsedTime(began, raised[^1]).TotalSeconds;
            await bench.UntilSettledAsync();

            var calls = bench.Arrived().Select(call => (call.At, Marks: bench.MarksIn(chat, call.MessageId))).ToList();
            var waits = calls.SelectMany(call => call.Marks.Select(
                mark => (mark.IsCritical, Wait: Stopwatch.GetElapsedTime(raised[mark.Number], call.At).TotalSeconds))).ToList();
            var shown = calls.SelectMany(call => call.Marks).Distinct().Count();
            var longest = waits.Max(one => one.Wait);
            var alone = calls.All(call => call.Marks.Count == 1 || !call.Marks.Any(mark => mark.IsCritical));
            table.Add(
                $"{(chat < 0 ? "a group" : "a person")}, {(atOnce ? "in one act" : "one by one")}", Seconds(raising), Seconds(longest),
                Seconds(waits.Where(one => one.IsCritical).Max(one => one.Wait)), Text(calls.Count), Seconds(calls.Count - 1 + Call),
                Text(alerts - shown), Text(waits.Count - shown), Text(bench.Refusals()));
            if (chat < 0)
                Console.WriteLine(Performance.Ratio($"a hundred alerts into a group{(atOnce ? "" : ", one by one")}, last shown", longest, 5, "s"));
            kept &= shown == alerts && waits.Count == alerts && bench.Refusals() == 0 && alone && (tiny || longest <= 5);
        }

        table.Add("before", "", "303 s", "", "100", "", "0", "0", "1");
        table.Add("Alertmanager", "", "", "", "", "", "38", "", "").Print();
        Console.WriteLine("wait: from the commit of an alert until Telegram has the message that shows it");
        Console.WriteLine("one by one, the first alert leaves alone, before anybody knows of the others: one message more");
        var states = await bench.StatesAsync();
        kept &= states.GetValueOrDefault("sent") == alerts * chats.Count + 1;
        Console.WriteLine($"the outbox says: {string.Join(", ", states.Select(pair => $"{pair.Value} {pair.Key}"))}; {Machine.Load()}");
        Console.WriteLine(kept ? "kept" : "NOT KEPT");
        return kept ? 0 : 1;
    }

    private static string Seconds(double seconds) => seconds.ToString("0.00", CultureInfo.InvariantCulture) + " s";

    private static string Text(int count) => count.ToString(CultureInfo.InvariantCulture);
}
