using System.Diagnostics;
using System.Globalization;
using AlertBot.Benchmarks.Names;
using AlertBot.Domain.Names;

namespace AlertBot.Benchmarks;

/// <summary>
/// Finding the right person at night must take seconds. This measures how long a query takes with 10 000, 100 000 and a million registered names, how
/// much memory it needs, what random Unicode does to it, and how accurate it is beside simpler methods. Arguments: <c>--data DIR</c> (registry.tsv
/// and queries.tsv, for the table of methods), <c>--sizes 10000,100000</c>; or <c>--fit DIR</c> alone, to fit the weights anew. The slowest queries
/// run twice and both times are given: a query that is slow twice is slow in the engine, one that is slow once had to wait for the machine.
/// </summary>
public static class NamesBenchmark
{
    private const int Persons = 1_500;
    private const int FewPersons = 300;
    private const int Queries = 2_000;
    private const int FuzzQueries = 10_000;
    private const int AskedAgain = 100;

    public static void Run(string[] args, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(output);

        if (Option(args, "--fit") is { } fitted)
        {
            NamesFit.Run(fitted, output);
            return;
        }

        if (Option(args, "--hold-out") is { } parted)
        {
            NamesFit.HoldOut(parted, (Option(args, "--without") ?? "").Split(',').ToHashSet(), output);
            return;
        }

        if (Option(args, "--strange") is { } directory)
        {
            new StrangeNames(Persons, Seed(args), _ => true).Set(4 * Persons, 2 * Persons).Write(directory);
            return;
        }

        if (Option(args, "--data") is { } data)
            NamesAccuracy.Run(data, output);

        var sizes = (Option(args, "--sizes") ?? "10000,100000,1000000")
            .Split(',').Select(size => int.Parse(size, CultureInfo.InvariantCulture));

        output.WriteLine(
            $"{"names",10}{"build s",10}{"MB",8}{"p50 ms",10}{"p99 ms",10}{"max ms",10}{"again",10}" +
            $"{"cpu ms",10}{"right %",9}{"fuzz p99",10}{"fuzz max",10}{"again",10}");

        foreach (var size in sizes)
            Measure(size, output);

        output.WriteLine();
        StrangeAccuracy.Run(Option(args, "--sizes") is null ? Persons : FewPersons, output);
    }

    private static void Measure(int size, TextWriter output)
    {
        var names = InventedNames.Make(size, seed: 1);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var watch = Stopwatch.StartNew();
        using var index = new NameIndex<int>();

        for (var id = 0; id < names.Count; id++)
            index.Add(id, names[id]);

        var build = watch.Elapsed.TotalSeconds;
        var memory = (GC.GetTotalMemory(forceFullCollection: true) - before) / 1e6;

        // CA5394: the dice of a benchmark, not a secret.
#pragma warning disable CA5394
        var random = new Random(7);
        var asked = Enumerable.Range(0, Queries).Select(_ => random.Next(size))
            .Select(id => (Id: id, Text: InventedNames.Misspell(names[id], random))).ToList();
#pragma warning restore CA5394
        var fuzz = Enumerable.Range(0, FuzzQueries).Select(seed => InventedNames.Noise(seed)).ToList();

        foreach (var (_, text) in asked.Take(200))
            index.Find(text);

        var right = 0;
        var cpuBefore = Environment.CpuUsage.UserTime;
        var times = Times(asked, query => right += index.Find(query.Text) is [{ } first, ..] && first.Id == query.Id ? 1 : 0);
        var cpu = (Environment.CpuUsage.UserTime - cpuBefore).TotalMilliseconds / Queries;
        var timesAgain = Again(times, query => index.Find(query.Text));
        var noise = Times(fuzz, text => index.Find(text));
        var noiseAgain = Again(noise, text => index.Find(text));

        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{size,10}{build,10:0.00}{memory,8:0}{At(times, 0.5),10:0.00}{At(times, 0.99),10:0.00}{times[^1].Ms,10:0.00}{timesAgain,10:0.00}" +
            $"{cpu,10:0.00}{100.0 * right / Queries,9:0.0}{At(noise, 0.99),10:0.00}{noise[^1].Ms,10:0.00}{noiseAgain,10:0.00}"));
        output.Flush();
    }

    private static List<(T Query, double Ms)> Times<T>(IEnumerable<T> queries, Action<T> ask) =>
        queries.Select(query => (Query: query, Ms: Time(query, ask))).OrderBy(time => time.Ms).ToList();

    /// <summary>The longest time among queries that ran twice, of which the quicker run counts.</summary>
    private static double Again<T>(List<(T Query, double Ms)> sorted, Action<T> ask) =>
        sorted.TakeLast(AskedAgain).Max(time => Math.Min(time.Ms, Time(time.Query, ask)));

    private static double Time<T>(T query, Action<T> ask)
    {
        var start = Stopwatch.GetTimestamp();
        ask(query);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static double At<T>(List<(T Query, double Ms)> sorted, double share) => sorted[(int)(share * (sorted.Count - 1))].Ms;

    private static int Seed(string[] args) => int.Parse(Option(args, "--seed") ?? "1", CultureInfo.InvariantCulture);

    private static string? Option(string[] args, string name)
    {
        var at = Array.IndexOf(args, name);
        return at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
    }
}
