using System.Diagnostics;
using System.Globalization;
using AlertBot.Benchmarks;
using AlertBot.Faults.Checking;
using AlertBot.Faults.Kinds;

namespace AlertBot.Faults;

/// <summary>All kinds of faults, one after another, and a table of what became of them.</summary>
internal static class Campaign
{
    private const int Whole = 10_000;
    private const int MostProblems = 20;

    private static readonly Lock Telling = new();

    private static readonly IReadOnlyList<Kind> Kinds =
    [
        new("kill", "kill -9 of the sender at each step of a delivery", 60, 5, KilledAtSteps.RunAsync),
        new("answers", "wrong answers of the messenger, 1 to 10 in a hundred", 0, 40, Answers.RunAsync),
        new("lines", "connections broken in mid-request and mid-answer", 800, 12, CutLines.RunAsync),
        new("database", "the database stopped, and crashed", 12, 1, DatabaseStops.RunAsync),
        new("nodes", "of two nodes the sender killed, frozen, cut off", 12, 1, TwoNodes.RunAsync),
        new("rows", "a value that nobody can read in a row of any table", 100, 2, PoisonRows.RunAsync),
        new("engine", "the job engine's own tables damaged", 30, 2, EngineTables.RunAsync),
        new("updates", "updates twice, late and out of order, and connections that break", 4000, 60, OddUpdates.RunAsync),
        new("clock", "the clock an hour and a day ahead and back", 12, 2, ClockJumps.RunAsync),
        new("disk", "the disk full", 6, 0, FullDisk.RunAsync) { IsAlone = true },
        new("pooler", "PgBouncer in between, killed, and one that shares sessions", 6, 0, Pooler.RunAsync),
    ];

    public static async Task<int> RunAsync(string[] args)
    {
        if (Options.Read(args, Kinds) is not { } options)
            return Options.Print(Kinds);

        Console.WriteLine($"{Machine.Describe()} {Machine.Load()}; seed {options.Seed}");
        var table = new Table("kind", "faults", "deliveries", "lost", "given up, told", "repeats explained", "unexplained", "settled after", "took");
        var (all, total) = (Findings.None, 0);
        using var gate = new SemaphoreSlim(options.AtOnce);
        var chosen = Kinds.Where(kind => (options.Only is null || kind.Name == options.Only) && options.FaultsOf(kind, Kinds) > 0).ToList();
        // A full disk would be one for all.
        var done = (await Task.WhenAll(chosen.Where(kind => !kind.IsAlone).Select(kind => RunAsync(kind, options, gate)))).ToList();
        foreach (var kind in chosen.Where(kind => kind.IsAlone))
            done.Add(await RunAsync(kind, options, gate));
        foreach (var (kind, outcome, took) in done)
        {
            var findings = outcome.Findings;
            table.Add(
                kind.Name, Text(outcome.Faults), Text(findings.Deliveries), Text(findings.Lost), Text(findings.GivenUp), Text(findings.Repeats),
                Text(findings.Problems.Count), Seconds(outcome.Settled), Seconds(took));
            (all, total) = (all.With(findings), total + outcome.Faults);
        }

        table.Add(
            "all", Text(total), Text(all.Deliveries), Text(all.Lost), Text(all.GivenUp), Text(all.Repeats), Text(all.Problems.Count), "", "").Print();
        Console.WriteLine(Machine.Load());
        Console.WriteLine(all.Problems.Count == 0 ? "kept" : "NOT KEPT");
        return all.Problems.Count == 0 ? 0 : 1;
    }

    private static async Task<(Kind Kind, Outcome Outcome, TimeSpan Took)> RunAsync(Kind kind, Options options, SemaphoreSlim gate)
    {
        await gate.WaitAsync();
        var began = Stopwatch.GetTimestamp();
        try
        {
            var outcome = await Task.Run(() => kind.RunAsync(options.FaultsOf(kind, Kinds), new Random(options.Seed)));
            if (outcome.Settled > Ground.Promised)
                outcome = outcome with
                {
                    Findings = outcome.Findings.With($"after the last fault it took {Seconds(outcome.Settled)} until all had its outcome"),
                };
            Tell(kind, outcome, Stopwatch.GetElapsedTime(began));
            return (kind, outcome, Stopwatch.GetElapsedTime(began));
        }
        catch (Exception failure)
        {
            var outcome = new Outcome(0, Findings.None.With($"the campaign itself failed: {failure}"), TimeSpan.Zero);
            Tell(kind, outcome, Stopwatch.GetElapsedTime(began));
            return (kind, outcome, Stopwatch.GetElapsedTime(began));
        }
        finally
        {
            gate.Release();
        }
    }

    private static void Tell(Kind kind, Outcome outcome, TimeSpan took)
    {
        lock (Telling)
        {
            Console.WriteLine($"{kind.Name}: {kind.Tries}");
            foreach (var note in outcome.Notes)
                Console.WriteLine("  " + note);
            foreach (var problem in outcome.Findings.Problems.Take(MostProblems))
                Console.WriteLine("  UNEXPLAINED: " + problem);
            if (outcome.Findings.Problems.Count > MostProblems)
                Console.WriteLine($"  ... and {outcome.Findings.Problems.Count - MostProblems} more");
            var found = outcome.Findings;
            Console.WriteLine(
                $"  {outcome.Faults} faults, {found.Deliveries} deliveries, {found.Lost} lost, {found.GivenUp} given up and told, {found.Repeats} "
                + $"repeats, {found.Problems.Count} unexplained, settled after {Seconds(outcome.Settled)}, {Seconds(took)}; {Machine.Load()}");
        }
    }

    private static string Text(int count) => count.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s";

    /// <summary>What was asked for on the command line.</summary>
    private sealed record Options(bool IsTiny, int Faults, int Seed, string? Only, int AtOnce)
    {
        public static Options? Read(string[] args, IReadOnlyList<Kind> kinds)
        {
            var options = new Options(IsTiny: false, Whole, Seed: 1, Only: null, AtOnce: 1);
            for (var index = 0; index < args.Length; index++)
            {
                var value = index + 1 < args.Length ? args[index + 1] : null;
                switch (args[index])
                {
                    case "--tiny":
                        options = options with { IsTiny = true };
                        continue;
                    case "--faults" when int.TryParse(value, CultureInfo.InvariantCulture, out var faults) && faults > 0:
                        options = options with { Faults = faults };
                        break;
                    case "--seed" when int.TryParse(value, CultureInfo.InvariantCulture, out var seed):
                        options = options with { Seed = seed };
                        break;
                    case "--at-once" when int.TryParse(value, CultureInfo.InvariantCulture, out var atOnce) && atOnce > 0:
                        options = options with { AtOnce = atOnce };
                        break;
                    case "--only" when kinds.Any(kind => kind.Name == value):
                        options = options with { Only = value };
                        break;
                    default:
                        return null;
                }

                index++;
            }

            return options;
        }

        public static int Print(IReadOnlyList<Kind> kinds)
        {
            Console.Error.WriteLine("--faults N (10000)   --seed S (1)   --at-once N (1)   --tiny   --only KIND, one of:");
            foreach (var kind in kinds)
                Console.Error.WriteLine($"  {kind.Name,-10} {kind.Tries}");
            return 2;
        }

        /// <summary>A kind by itself gets all of them.</summary>
        public int FaultsOf(Kind kind, IReadOnlyList<Kind> kinds) => this switch
        {
            { IsTiny: true } => kind.Tiny,
            { Only: not null } => Faults,
            _ when kind.Share == 0 => Math.Max(kind.Tiny, Faults - kinds.Sum(one => ShareOf(one))),
            _ => Math.Max(kind.Tiny, ShareOf(kind)),
        };

        private int ShareOf(Kind kind) => (int)((long)kind.Share * Faults / Whole);
    }
}
