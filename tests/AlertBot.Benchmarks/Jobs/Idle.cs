using System.Diagnostics;
using System.Globalization;
using AlertBot.Postgres.Cluster;
using AlertBot.Sandbox;
using Dapper;
using Npgsql;

namespace AlertBot.Benchmarks.Jobs;

/// <summary>Measures the idle program, as <c>serve</c> starts it with Telegram and Signal: what it costs, and how soon it is ready.</summary>
internal static class Idle
{
    private const double MostTransactions = 40;
    private const double MostOfACore = 0.03;
    private const double MostMegabytes = 150;
    private const double SoonestReady = 2;

    public static async Task<int> RunAsync(bool tiny)
    {
        var (starts, settle, measure) = tiny ? (2, 1, 3) : (5, 60, 60);
        Console.WriteLine($"started {starts} times, measured for {measure} s; {Machine.Load()}");
        var directory = Path.Combine(Path.GetTempPath(), $"alertbot-bench-{Guid.NewGuid():N}"[..24]);
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions());
        try
        {
            var ready = new List<double>();
            for (var start = 1; start < starts; start++)
            {
                using var before = ServeProcess.Start(sandbox, directory);
                ready.Add(await before.UntilReadyAsync());
                await before.StopAsync();
            }

            using var program = ServeProcess.Start(sandbox, directory);
            ready.Add(await program.UntilReadyAsync());
            // Joins the cluster that the program has started.
            await using var cluster = await PrivateCluster.StartAsync(
                new ClusterOptions { Directory = Path.Combine(directory, "postgres") }, CancellationToken.None);
            await Task.Delay(TimeSpan.FromSeconds(settle));
            var (transactions, cpu, megabytes) = await MeasureAsync(program, cluster.ConnectionString, TimeSpan.FromSeconds(measure));

            var later = ready.Skip(1).ToList();
            new Table("", "measured", "at most")
                .Add("transactions a second", Number(transactions), Number(MostTransactions))
                .Add("of one core", Number(100 * cpu) + " %", Number(100 * MostOfACore) + " %")
                .Add("resident", Number(megabytes) + " MB", Number(MostMegabytes) + " MB")
                .Add("ready, first start", Number(ready[0]) + " s", "")
                .Add("ready, later starts, slowest", Number(later.Max()) + " s", Number(SoonestReady) + " s")
                .Print();
            await program.StopAsync();
            Console.WriteLine(Machine.Load());
            // Right after the start nothing is idle yet, so the tiny size checks no promise.
            var kept = tiny || (cpu <= MostOfACore && later.Max() <= SoonestReady && transactions <= MostTransactions && megabytes <= MostMegabytes);
            Console.WriteLine(kept ? "kept" : "NOT KEPT");
            return kept ? 0 : 1;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task<(double Transactions, double Cpu, double Megabytes)> MeasureAsync(ServeProcess program, string server, TimeSpan time)
    {
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync();
        var (committed, cpu, began) = (await CommittedAsync(connection), program.Cpu, Stopwatch.GetTimestamp());
        await Task.Delay(time);
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        return ((await CommittedAsync(connection) - committed) / seconds, (program.Cpu - cpu).TotalSeconds / seconds, program.Megabytes);
    }

    private static Task<long> CommittedAsync(NpgsqlConnection connection) => connection.ExecuteScalarAsync<long>(
        "select xact_commit + xact_rollback from pg_stat_database where datname = current_database()");

    private static string Number(double number) => number.ToString("0.0", CultureInfo.InvariantCulture);
}
