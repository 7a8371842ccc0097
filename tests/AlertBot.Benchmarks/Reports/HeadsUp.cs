using System.Diagnostics;
using System.Globalization;

namespace AlertBot.Benchmarks.Reports;

/// <summary>
/// Measures the time from the reporter's message to the heads-up: from when Telegram has the message for the bot until it has the bot's message for
/// the advocate, with the whole program between. The time of one bare sendMessage in the same run is shown beside it.
/// </summary>
internal static class HeadsUp
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <param name="arguments"><c>--trace</c>: prints the commands to the database of one report.</param>
    public static async Task<int> RunAsync(bool tiny, string[] arguments)
    {
        if (arguments is not ([] or ["--trace"]))
            return Usage.Print();
        var (reports, warmUp, atOnce, rounds) = tiny ? (3, 1, 2, 1) : (200, 20, 20, 10);
        var began = Stopwatch.GetTimestamp();
        bool IsTime() => Stopwatch.GetElapsedTime(began) < Longest;
        Console.WriteLine($"{reports} reports, each of another registered person; {Machine.Load()}");
        await using var bench = await HeadsUpBench.StartAsync(warmUp + reports + (rounds * atOnce) + 1, coordinators: 1);
        for (var number = 0; number < warmUp; number++)
        {
            await bench.BareAsync();
            await bench.ReportAsync(number, isAlone: true);
        }

        var bare = new List<double>();
        while (bare.Count < reports)
            bare.Add(await bench.BareAsync());

        var commits = new List<double>();
        while (commits.Count < reports)
            commits.Add(await bench.CommitAsync());

        bench.ForgetCalls();
        var one = new List<Way>();
        while (one.Count < reports && IsTime())
            one.Add(await bench.ReportAsync(warmUp + one.Count, isAlone: true));

        var many = new List<Way>();
        var inOrder = 0;
        while (many.Count < rounds * atOnce && IsTime())
        {
            var round = await Task.WhenAll(Enumerable.Range(warmUp + reports + many.Count, atOnce).Select(each => bench.ReportAsync(each)));
            inOrder += round.Max(way => way.ToldAt) < round.Min(way => way.AnsweredAt) ? 1 : 0;
            many.AddRange(round);
        }

        Print(bare, commits, one, many, atOnce);
        await PrintTraceAsync(bench, warmUp + reports + many.Count, isWhole: arguments.Length > 0);
        if (one.Count(way => !way.IsMissing) is > 0 and var count)
        {
            var told = one.Where(way => !way.IsMissing).Select(way => way.Told).Order().ToList();
            Console.WriteLine(Performance.Ratio("witness to heads-up, p50", told[count / 2], 15, "ms"));
            Console.WriteLine(Performance.Ratio("witness to heads-up, p99", told[Math.Min(count - 1, (int)(0.99 * count))], 30, "ms"));
        }

        Console.WriteLine($"at once: every heads-up left before the first answer in {inOrder} of {rounds} rounds");
        var kept = one.Count == reports && many.Count == rounds * atOnce && !one.Concat(many).Any(way => way.IsMissing);
        Console.WriteLine(kept ? "all arrived" : "NOT ALL ARRIVED");
        return kept ? 0 : 1;
    }

    // How many ways to the database lie between the witness's message and the heads-up. Counting them takes time, so it is done apart.
    private static async Task PrintTraceAsync(HeadsUpBench bench, int number, bool isWhole)
    {
        using var statements = new Statements();
        var began = DateTime.UtcNow;
        var way = await bench.ReportAsync(number, isAlone: true);
        if (way.IsMissing)
            return;
        var told = began.AddMilliseconds(way.Told);
        Console.WriteLine($"commands to the database from the message to the heads-up: {statements.Count(began, told)}");
        foreach (var line in isWhole ? statements.Lines(began, told) : [])
            Console.WriteLine(line);
    }

    private static void Print(List<double> bare, List<double> commits, List<Way> one, List<Way> many, int atOnce)
    {
        new Table("milliseconds", "p50", "p90", "p99", "slowest", "measured", "missing")
            .Add(Row("one bare sendMessage", bare))
            .Add(Row("one commit", commits))
            .Add(Row("message to heads-up", one.Select(way => way.Told)))
            .Add(Row("  message to its answer", one.Select(way => way.Answered)))
            .Add(Row($"message to heads-up, {atOnce} at once", many.Select(way => way.Told)))
            .Add(Row("  message to its answer", many.Select(way => way.Answered)))
            .Print();
        Console.WriteLine("bare: there and back, the others: until Telegram has it; three commits lie on the way to a heads-up");
        Console.WriteLine("at once, the bot's own pace counts too: 30 messages a second, as Telegram allows");
        Console.WriteLine($"{Machine.Load()}; noisy: the bot, PostgreSQL with fsync, the sandbox and this program share the machine");
    }

    private static string[] Row(string what, IEnumerable<double> times)
    {
        var all = times.ToList();
        var sorted = all.Where(time => !double.IsNaN(time)).Order().ToList();
        return [what, At(sorted, 0.5), At(sorted, 0.9), At(sorted, 0.99), At(sorted, 1), Text(sorted.Count), Text(all.Count - sorted.Count)];
    }

    private static string At(List<double> sorted, double share) => sorted.Count == 0
        ? "–"
        : sorted[Math.Min(sorted.Count - 1, (int)(share * sorted.Count))].ToString("0.0", CultureInfo.InvariantCulture);

    private static string Text(int count) => count.ToString(CultureInfo.InvariantCulture);
}
