using System.Diagnostics;
using System.Globalization;
using AlertBot.Configuration;
using AlertBot.Postgres;
using AlertBot.Postgres.Cluster;
using AlertBot.Postgres.Migrations;
using AlertBot.Postgres.Vaults;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Deadlines;
using AlertBot.Workflows.Law;
using AlertBot.Workflows.Policies;
using AlertBot.Workflows.Texts;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using Npgsql;

namespace AlertBot.Benchmarks.Watching;

/// <summary>
/// Measures one tick of the monitor with 50 due deadlines, among a hundred thousand stored ones and among a million. The cost must depend on what is
/// due, not on what is stored.
/// </summary>
internal static class MonitorTick
{
    public static async Task<int> RunAsync(bool tiny)
    {
        var (due, rounds, few, many) = tiny ? (5, 1, 500, 2_000) : (50, 7, 100_000, 1_000_000);
        Console.WriteLine($"{due} deadlines due; {Machine.Load()}");
        var directory = Path.Combine(Path.GetTempPath(), $"alertbot-bench-{Guid.NewGuid():N}"[..24]);
        using var key = VaultKey.New();
        using var vault = new Vault(key);
        try
        {
            Stored fewer, more;
            await using (var cluster = await PrivateCluster.StartAsync(new ClusterOptions { Directory = directory }, CancellationToken.None))
            {
                fewer = await FillAsync(cluster.ConnectionString, vault, few, due);
                more = await FillAsync(cluster.ConnectionString, vault, many, due);
                // The two take turns, so that both meet the same conditions. The first rounds compile the program.
                for (var round = -rounds; round < rounds; round++)
                {
                    await MeasureAsync(cluster.ConnectionString, vault, fewer, counts: round >= 0);
                    await MeasureAsync(cluster.ConnectionString, vault, more, counts: round >= 0);
                }
            }

            // Repeats it on a server that logs its plans, which costs time.
            var telling = new ClusterOptions { Directory = directory, Overrides = TickPlan.ServerSettings };
            await using (var cluster = await PrivateCluster.StartAsync(telling, CancellationToken.None))
            {
                await TickOnceAsync(cluster.ConnectionString, vault, fewer);
                await TickOnceAsync(cluster.ConnectionString, vault, more);
            }

            var isCheap = Report(fewer, TickPlan.Of(directory, NameOf(fewer.Total)), more, TickPlan.Of(directory, NameOf(more.Total)));
            // Among so few rows the planner may read them all. The due deadlines are told anyway.
            var kept = fewer.Alerts > 0 && fewer.Alerts == more.Alerts && (isCheap || tiny);
            Console.WriteLine(kept ? "kept" : "NOT KEPT");
            return kept ? 0 : 1;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static bool Report(Stored fewer, TickPlan fewerPlan, Stored more, TickPlan morePlan)
    {
        new Table("stored deadlines", "tick", "fastest", "nothing due", "rows read", "of table deadline", "alerts")
            .Add(Row(fewer, fewerPlan)).Add(Row(more, morePlan)).Print();
        Console.WriteLine($"tick, nothing due: medians of {fewer.Ticks.Count}. What the tick among {Number(more.Count)} read:");
        Table(morePlan).Print();

        var same = fewerPlan.Shape.SequenceEqual(morePlan.Shape);
        Console.WriteLine(same ? "the same plan for both" : $"NOT THE SAME PLAN; among {Number(fewer.Count)}:");
        if (!same)
            Table(fewerPlan).Print();
        Console.WriteLine(Machine.Load());
        return same && morePlan.RowsRead <= 1.1 * fewerPlan.RowsRead && Median(more.Ticks) < 2 * Median(fewer.Ticks);
    }

    private static async Task<Stored> FillAsync(string server, Vault vault, int total, int due)
    {
        await using (var connection = new NpgsqlConnection(server))
            await connection.ExecuteAsync($"create database {NameOf(total)}");
        await using var source = DatabaseSource.Of(At(server, total));
        await new Migrator(source).MigrateAsync(CancellationToken.None);
        var now = await StoredDeadlines.FillAsync(source, vault, NewWatch(), total, due);
        return new Stored(total, await CountAsync(source, "deadline"), now);
    }

    private static async Task MeasureAsync(string server, Vault vault, Stored stored, bool counts)
    {
        await using var source = DatabaseSource.Of(At(server, stored.Total));
        await StoredDeadlines.RewindAsync(source);
        var (database, watch) = (new Database(source, vault, new StandingClock(stored.Now)), NewWatch());
        var tick = await TickAsync(database, watch, stored.Now);
        stored.Alerts = await CountAsync(source, "alert");
        var idle = await TickAsync(database, watch, stored.Now);
        if (counts)
        {
            stored.Ticks.Add(tick);
            stored.Idle.Add(idle);
        }
    }

    private static async Task TickOnceAsync(string server, Vault vault, Stored of)
    {
        await using (var source = DatabaseSource.Of(At(server, of.Total)))
            await StoredDeadlines.RewindAsync(source);
        await using var watched = DatabaseSource.Of(At(server, of.Total) + ";Application Name=" + TickPlan.Connection);
        await TickAsync(new Database(watched, vault, new StandingClock(of.Now)), NewWatch(), of.Now);
    }

    private static CaseWatch NewWatch()
    {
        var policies = PoliciesFile.Load(Path.Combine(ConfigFolder.Find(), "policies.yaml")).Policies;
        return new CaseWatch(LawFolder.Load(Path.Combine(ConfigFolder.Find(), "law")).Book, policies.Reminders, policies.Questions);
    }

    private static string NameOf(int total) => $"deadlines_{total}";

    private static string At(string server, int total) => new NpgsqlConnectionStringBuilder(server) { Database = NameOf(total) }.ConnectionString;

    private static async Task<double> TickAsync(Database database, CaseWatch watch, Instant now)
    {
        var texts = TextCatalog.Load(Path.Combine(ConfigFolder.Find(), "texts"));
        var law = LawFolder.Load(Path.Combine(ConfigFolder.Find(), "law")).Book;
        var alerts = new Alerts(texts);
        var monitor = new DeadlineMonitor(
            database, watch, alerts, new TellReminders(alerts, new WhatMustBeDone(law, texts)),
            new DamagedRow(NullLogger<DamagedRow>.Instance));
        var began = Stopwatch.GetTimestamp();
        await monitor.RunAsync(CancellationToken.None);
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    private static async Task<int> CountAsync(NpgsqlDataSource source, string table)
    {
        await using var connection = await source.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<int>($"select count(*)::int from {table}");
    }

    private static string[] Row(Stored of, TickPlan plan) =>
    [
        Number(of.Count), Milliseconds(Median(of.Ticks)), Milliseconds(of.Ticks.Min()), Milliseconds(Median(of.Idle)), Number(plan.RowsRead),
        Number(plan.Scans.Where(scan => scan.Path.StartsWith("deadline ", StringComparison.Ordinal)).Sum(scan => scan.Rows)), Number(of.Alerts),
    ];

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static Table Table(TickPlan plan)
    {
        var table = new Table("table and index", "times", "rows");
        foreach (var scans in plan.Scans.GroupBy(scan => scan.Path))
            table.Add(scans.Key, Number(scans.Count()), Number(scans.Sum(scan => scan.Rows)));
        return table;
    }

    private static string Milliseconds(double milliseconds) => milliseconds.ToString("0.0", CultureInfo.InvariantCulture) + " ms";

    private static string Number(double number) => number.ToString("#,##0", CultureInfo.InvariantCulture);

    /// <param name="Total">The number asked for.</param>
    /// <param name="Count">The number stored.</param>
    /// <param name="Now">When some of them are due.</param>
    private sealed record Stored(int Total, int Count, Instant Now)
    {
        public List<double> Ticks { get; } = [];

        public List<double> Idle { get; } = [];

        public int Alerts { get; set; }
    }
}
