using AlertBot.Domain.Jobs;
using AlertBot.Faults.Checking;
using AlertBot.IntegrationTests.Support;
using AlertBot.Jobs;
using AlertBot.Postgres;
using AlertBot.Postgres.Vaults;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;
using Npgsql;

namespace AlertBot.Faults.Kinds;

/// <summary>
/// The job engine's own tables are damaged while it works: its locks are left behind, runs have types that nobody knows, states are missing, the
/// plan is garbage. The jobs must go on, at the latest after the node starts anew.
/// </summary>
internal static class EngineTables
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(25);
    private static readonly JobSchedule EverySecond = new JobSchedule.Every(Duration.FromSeconds(1));

    // One object for all nodes: with another one the jobs would count as changed, and be set anew.
    private static readonly JobSettings Quick = new() { LookEvery = Duration.FromSeconds(1) };

    private static readonly (string Name, string Sql)[] Damages =
    [
        ("locks left behind", """
            insert into hangfire.lock (resource, updatecount, acquired)
            select 'hangfire:' || resource, 0, now()
            from   (values ('recurring-jobs:lock'), ('locks:schedulepoller'), ('lock:recurring-job:one')) h (resource)
            on conflict (resource) do update set acquired = excluded.acquired
            """),
        ("locks of the future", """
            insert into hangfire.lock (resource, updatecount, acquired)
            select 'hangfire:' || resource, 0, now() + interval '1 day' from (values ('recurring-jobs:lock'), ('lock:recurring-job:one')) h (resource)
            on conflict (resource) do update set acquired = excluded.acquired
            """),
        ("runs of an unknown type", """
            update hangfire.job set invocationdata = '{"Type":"No.Such.Type, Nowhere","Method":"Run","ParameterTypes":"[]","Arguments":"[]"}'
            """),
        ("a waiting run of an unknown type", """
            with made as (
                insert into hangfire.job (statename, invocationdata, arguments, createdat)
                values ('Enqueued', '{"Type":"No.Such.Type, Nowhere","Method":"Run","ParameterTypes":"[]","Arguments":"[]"}', '[]', now())
                returning id)
            insert into hangfire.jobqueue (jobid, queue) select id, 'critical' from made
            """),
        ("a waiting run that is no run", """
            with made as (
                insert into hangfire.job (statename, invocationdata, arguments, createdat) values ('Enqueued', '"garbage"', '[]', now()) returning id)
            insert into hangfire.jobqueue (jobid, queue) select id, 'critical' from made
            """),
        ("a waiting run without a method", """
            with made as (
                insert into hangfire.job (statename, invocationdata, arguments, createdat) values ('Enqueued', '{}', '"garbage"', now()) returning id)
            insert into hangfire.jobqueue (jobid, queue) select id, 'default' from made
            """),
        ("runs that are no runs", """update hangfire.job set invocationdata = '"garbage"'"""),
        ("a waiting run that does not exist", "insert into hangfire.jobqueue (jobid, queue) values (987654321, 'critical'), (987654322, 'default')"),
        ("states missing", "delete from hangfire.state"),
        ("runs without a state", "update hangfire.job set stateid = null, statename = null"),
        ("runs missing", "delete from hangfire.job"),
        ("arguments that are no JSON of ours", """update hangfire.job set arguments = '["\"nobody\""]'"""),
        ("the queue emptied", "delete from hangfire.jobqueue"),
        ("runs fetched by nobody", "update hangfire.jobqueue set fetchedat = now()"),
        ("the plan of one garbage", "update hangfire.hash set value = 'garbage' where key = 'recurring-job:one' and field = 'Cron'"),
        ("the job of one garbage", "update hangfire.hash set value = 'garbage' where key = 'recurring-job:one' and field = 'Job'"),
        ("the next run of one garbage", "update hangfire.hash set value = 'garbage' where key = 'recurring-job:one' and field = 'NextExecution'"),
        ("the last run of one unknown", "update hangfire.hash set value = '99999999' where key = 'recurring-job:one' and field = 'LastJobId'"),
        ("the zone of one unknown", "update hangfire.hash set value = 'No/Zone' where key = 'recurring-job:one' and field = 'TimeZoneId'"),
        ("the details of one missing", "delete from hangfire.hash where key = 'recurring-job:one'"),
        ("the list of jobs emptied", "delete from hangfire.set where key = 'recurring-jobs'"),
        ("one put off for years", "update hangfire.set set score = 9999999999 where key = 'recurring-jobs' and value = 'one'"),
        ("a job on the list that nobody knows", "insert into hangfire.set (key, score, value) values ('recurring-jobs', 0, 'nobody-knows')"),
        ("all nodes forgotten", "delete from hangfire.server"),
        ("a node of the future", "update hangfire.server set lastheartbeat = now() + interval '1 day'"),
        ("parameters of runs garbage", "insert into hangfire.jobparameter (jobid, name, value) select id, 'RetryCount', 'garbage' from hangfire.job"),
    ];

    public static async Task<Outcome> RunAsync(int faults, Random random)
    {
        await using var database = await TestDatabase.CreateAsync();
        var runs = new System.Collections.Concurrent.ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        var node = await StartAsync(database, runs);
        var (problems, restarts, slowest) = (new List<string>(), new SortedSet<string>(StringComparer.Ordinal), TimeSpan.Zero);
        for (var number = 0; number < faults; number++)
        {
            var (name, sql) = number < Damages.Length ? Damages[number] : Damages[random.Next(Damages.Length)];
            await Task.Delay(random.Next(0, 500));
            await using (var connection = await database.Source.OpenConnectionAsync())
                await connection.ExecuteAsync(sql);
            var began = System.Diagnostics.Stopwatch.GetTimestamp();
            if (!await GoOnAsync(runs))
            {
                // What a running node does not mend, its next start must.
                restarts.Add(name);
                await node.StopAsync();
                node.Dispose();
                node = await StartAsync(database, runs);
                if (!await GoOnAsync(runs))
                    problems.Add($"after '{name}' the jobs do not go on");
            }

            var took = System.Diagnostics.Stopwatch.GetElapsedTime(began);
            slowest = took > slowest ? took : slowest;
        }

        await node.StopAsync();
        node.Dispose();
        return new Outcome(
            faults, new Findings(faults * 2, 0, 0, 0, problems), TimeSpan.Zero, $"slowest {slowest.TotalSeconds:0.0} s",
            $"only the next start of a node mends: {(restarts.Count == 0 ? "nothing" : string.Join(", ", restarts))}");
    }

    // Both jobs run twice more: the first of these runs may have begun before.
    private static async Task<bool> GoOnAsync(System.Collections.Concurrent.ConcurrentDictionary<string, int> runs)
    {
        var before = runs.ToDictionary(one => one.Key, one => one.Value);
        for (var clock = System.Diagnostics.Stopwatch.StartNew(); clock.Elapsed < Promised; await Task.Delay(50))
        {
            if (before.All(one => runs[one.Key] >= one.Value + 2))
                return true;
        }

        return false;
    }

    private static async Task<IHost> StartAsync(TestDatabase database, System.Collections.Concurrent.ConcurrentDictionary<string, int> runs)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.Services.AddSingleton(_ => DatabaseSource.Of(database.ConnectionString));
        builder.Services.AddSingleton(_ => new Vault(VaultKey.New()));
        builder.Services.AddSingleton(provider => new Database(
            provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<Vault>(), SystemClock.Instance));
        foreach (var name in new[] { "one", "two" })
        {
            runs.TryAdd(name, 0);
            builder.Services.AddSingleton<IRecurringJob>(new Counted(name, () => runs.AddOrUpdate(name, 1, (_, count) => count + 1)));
        }

        builder.Services.AddJobs(Quick);
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private sealed class Counted(string name, Action count) : IRecurringJob
    {
        public string Name => name;

        public bool WatchesPeople => name == "one";

        public JobSchedule Schedule => EverySecond;

        public Task RunAsync(CancellationToken ct)
        {
            count();
            return Task.CompletedTask;
        }
    }
}
