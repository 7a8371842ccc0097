using System.Diagnostics;
using System.Globalization;
using AlertBot.Benchmarks.Sending;
using AlertBot.Postgres.Cluster;
using AlertBot.Postgres.Migrations;
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
        try
        {
            await using var cluster = await PrivateCluster.StartAsync(new ClusterOptions { Directory = directory }, CancellationToken.None);
            await PrepareAsync(At(cluster, "template_of_all"), cluster);
            var (plain, locked, still) = (new List<double>(), new List<double>(), new List<double>());
            for (var kill = 0; kill < kills; kill++)
            {
                plain.Add(await KillAsync(cluster, $"plain_{kill}", kill, node => node.Kill()));
                locked.Add(await KillAsync(cluster, $"locked_{kill}", kill, node => node.Kill(), locks: true));
                still.Add(await KillAsync(cluster, $"frozen_{kill}", kill, node => node.Freeze()));
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

    private static async Task<double> KillAsync(PrivateCluster cluster, string name, int kill, Action<NodeToKill> strike, bool locks = false)
    {
        await using (var connection = new NpgsqlConnection(cluster.ConnectionString))
            await connection.ExecuteAsync($"create database {name} template template_of_all");
        var place = At(cluster, name);
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

    private static async Task PrepareAsync(string place, PrivateCluster cluster)
    {
        await using (var connection = new NpgsqlConnection(cluster.ConnectionString))
            await connection.ExecuteAsync("create database template_of_all");
        // No pool, because nobody may be connected to a database while it is copied.
        await using var source = NpgsqlDataSource.Create(place + ";Pooling=false");
        await new Migrator(source).MigrateAsync(CancellationToken.None);
        await using var trace = await source.OpenConnectionAsync();
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

    private static string At(PrivateCluster cluster, string database) =>
        new NpgsqlConnectionStringBuilder(cluster.ConnectionString) { Database = database }.ConnectionString;

    private static string[] Row(string what, List<double> took, int? repeats = null) =>
    [
        what, Seconds(took.Order().ElementAt(took.Count / 2)), Seconds(took.Max()), took.Count.ToString(CultureInfo.InvariantCulture),
        repeats?.ToString(CultureInfo.InvariantCulture) ?? "",
    ];

    private static string Seconds(double seconds) => seconds.ToString("0.0", CultureInfo.InvariantCulture) + " s";
}
