using System.Diagnostics;
using System.Globalization;
using AlertBot.Domain.Alerts;

namespace AlertBot.Benchmarks.Sending;

/// <summary>
/// A critical alert to people on Signal who have all written to the bot, while questions to strangers wait, with the limits of Signal's server on:
/// for each recipient 60 messages at once and one a second after that. Answers take 150 to 400 ms.
/// </summary>
internal static class SignalFanOut
{
    public static async Task<int> RunAsync(bool tiny)
    {
        Console.WriteLine($"signal-cli with the limits of Signal's server, 150-400 ms a call; {Machine.Load()}");
        var table = new Table("known people", "strangers asked", "half have it", "last has it", "limit", "strangers meanwhile", "refused", "before");
        var kept = true;
        foreach (var (people, limit, before) in tiny
            ? new[] { (10, 10.0, "") }
            : [(40, 10.0, "4 after 10 s, 34 after 200 s"), (200, 30.0, "105 after 240 s")])
        {
            await using var bench = await SendingBench.StartSignalAsync();
            var strangers = await bench.AddSignalPeopleAsync(tiny ? 3 : 15, isKnown: false);
            var known = await bench.AddSignalPeopleAsync(people, isKnown: true);
            bench.StartSender();
            await SendingBench.UntilAsync(() => strangers.Any(one => one.Phone.Messages.Any(message => message.IsFromBot)));

            var (began, half) = (Stopwatch.GetTimestamp(), 0.0);
            await bench.RaiseToAsync(known.Select(one => one.Subscriber), Severity.Critical, "Please come to the court at once.");
            int Have() => known.Count(one => one.Phone.Messages.Any(message => message.IsFromBot));
            await SendingBench.UntilAsync(() => Have() >= people / 2);
            half = Stopwatch.GetElapsedTime(began).TotalSeconds;
            await SendingBench.UntilAsync(() => Have() == people);
            var last = Stopwatch.GetElapsedTime(began).TotalSeconds;
            var meanwhile = strangers.Count(one => one.Phone.Messages.Any(message => message.IsFromBot));
            await bench.UntilSettledAsync();

            Console.WriteLine(Performance.Ratio($"Signal, {people} known people, last", last, limit, "s"));
            var refused = bench.Sandbox.Calls.Count(call => call.Method == "send" && call.Status != 200);
            table.Add(
                Text(people), Text(strangers.Count), Seconds(half), Seconds(last), Seconds(limit), Text(meanwhile), Text(refused), before);
            kept &= (tiny || last <= limit) && refused == 0
                && known.Concat(strangers).All(one => one.Phone.Messages.Count(message => message.IsFromBot) == 1);
        }

        table.Print();
        Console.WriteLine($"afterwards: {Machine.Load()}");
        Console.WriteLine(kept ? "kept" : "NOT KEPT");
        return kept ? 0 : 1;
    }

    private static string Seconds(double seconds) => seconds.ToString("0.00", CultureInfo.InvariantCulture) + " s";

    private static string Text(int count) => count.ToString(CultureInfo.InvariantCulture);
}
