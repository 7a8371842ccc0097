using System.Diagnostics;
using System.Globalization;
using AlertBot.Benchmarks.Sending;
using Dapper;
using Npgsql;

namespace AlertBot.Benchmarks.Jobs;

/// <summary>
/// Measures the time from killing a node with a running job, at any moment of its rhythm, until the job begins on the waiting node. Then it does the
/// same with the engine's locks held by the dead node (the rows that it would have left), and then for sending, with the sender killed, frozen, or
/// cut off from the database.
/// </summary>
internal static class TakeOver
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PromisedAfterDeath = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan PromisedAfterSilence = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static async Task<int> RunAsync(bool tiny)
    {
        var kills = tiny ? 1 : 20;
        Console.WriteLine($"{kills} times kill -9 of a node with a job in hand, as often with the engine's locks held; {Machine.Load()}");
        var directory = Path.Combine(Path.GetTempPath(), $"alertbot-bench-{Guid.NewGuid():N}"[..24]);
        Directory.CreateDirectory(directory);
        try
        {
            await using var all = await BenchDatabase.CreateAsync(directory);
            await PrepareAsync(all);
            var (plain, locked, still) = (new List<double>(), new List<double>(), new List<double>());
            for (var kill = 0; kill < kills; kill++)
            {
                plain.Add(await KillAsync(all, $"plain_{kill}", kill, node => node.Kill()));
                locked.Add(await KillAsync(all, $"locked_{kill}", kill, node => node.Kill(), locks: true));
                still.Add(await KillAsync(all, $"frozen_{kill}", kill, node => node.Freeze()));
            }

            var killed = await SenderTakeOver.RunAsync(SenderTakeOver.Mishap.Kill, kills);
            var frozen = await SenderTakeOver.RunAsync(SenderTakeOver.Mishap.Freeze, kills);
            var cut = await SenderTakeOver.RunAsync(SenderTakeOver.Mishap.Cut, kills);

            new Table("", "median", "worst", "runs", "came twice")
                .Add(Row("job runs elsewhere", plain)).Add(Row("with the engine's locks held", locked))
                .Add(Row("of a frozen node", still))
                .Add(Row("alert leaves elsewhere, killed", killed.Seconds, killed.Repeats))
                .Add(Row("frozen", frozen.Seconds, frozen.Repeats)).Add(Row("cut off", cut.Seconds, cut.Repeats)).Print();
            var repeats = killed.Repeats + frozen.Repeats + cut.Repeats;
            Console.WriteLine($"{repeats} alerts came twice; {Machine.Load()}");
            var inTime = tiny || (plain.Concat(locked).Concat(still).Max() <= Promised.TotalSeconds
                && killed.Seconds.Max() <= PromisedAfterDeath.TotalSeconds
                && frozen.Seconds.Concat(cut.Seconds).Max() <= PromisedAfterSilence.TotalSeconds);
            var kept = inTime && repeats == 0;
            Console.WriteLine(kept ? "kept" : "NOT KEPT");
            return kept ? 0 : 1;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task<double> KillAsync(BenchDatabase all, string name, int kill, Action<NodeToKill> strike, bool locks = false)
    {
        var place = await all.CopyAsync(name);
        await using var source = NpgsqlDataSource.Create(place);
        using var node = NodeToKill.Start(place);
        await UntilAsync(source, NodeToKill.Name);
        using var survivor = NodeToKill.HostOf(place, "survivor", _ => Task.CompletedTask);
        await survivor.StartAsync();
        // Anywhere between two signs of life of the node.
        await Task.Delay(TimeSpan.FromSeconds(2 + (kill % 10 * 0.13)));

        var began = Stopwatch.GetTimestamp();
        strike(node);
        if (locks)
            await LeaveLocksAsync(source);
        await UntilAsync(source, "survivor");
        var took = Stopwatch.GetElapsedTime(began).TotalSeconds;
        await survivor.StopAsync();
        return took;
    }

    private static async Task PrepareAsync(BenchDatabase all)
    {
        // No pool, because nobody may be connected to a database while it is copied.
        await using var trace = new NpgsqlConnection(all.ConnectionString + ";Pooling=false");
        await trace.ExecuteAsync("create table trace (id bigint generated always as identity, node text not null)");
    }

    private static async Task LeaveLocksAsync(NpgsqlDataSource source)
    {
        await using var connection = await source.OpenConnectionAsync();
        await connection.ExecuteAsync(
            """
            insert into hangfire.lock (resource, updatecount, acquired)
            select 'hangfire:' || resource, 0, now() from (
                values ('recurring-jobs:lock'), ('locks:schedulepoller'), ('lock:recurring-job:endless')) held (resource)
            union
            select 'hangfire:job:' || jobid || ':state-lock', 0, now() from hangfire.jobqueue
            on conflict (resource) do update set acquired = excluded.acquired
            """);
    }

    private static async Task UntilAsync(NpgsqlDataSource source, string node)
    {
        var began = Stopwatch.GetTimestamp();
        await using var connection = await source.OpenConnectionAsync();
        while (!await connection.ExecuteScalarAsync<bool>("select exists (select from trace where node = @node)", new { node }))
        {
            if (Stopwatch.GetElapsedTime(began) > Patience)
                throw new TimeoutException($"The job does not run on the node {node}.");
            await Task.Delay(20);
        }
    }

    private static string[] Row(string what, List<double> took, int? repeats = null) =>
    [
        what, Seconds(took.Order().ElementAt(took.Count / 2)), Seconds(took.Max()), took.Count.ToString(CultureInfo.InvariantCulture),
        repeats?.ToString(CultureInfo.InvariantCulture) ?? "",
    ];

    private static string Seconds(double seconds) => seconds.ToString("0.0", CultureInfo.InvariantCulture) + " s";
}
