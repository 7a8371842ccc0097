using System.Diagnostics;
using AlertBot.Domain.Jobs;
using AlertBot.IntegrationTests.Support;
using AlertBot.Tests.Support;
using Dapper;
using NodaTime;

namespace AlertBot.IntegrationTests.Jobs;

/// <summary>What the author of a job relies on: when it runs, how often, where, and what is recorded.</summary>
public sealed class JobEngineTests : JobNodes
{
    [PostgresFact]
    public async Task A_job_runs_once_per_tick_in_a_cluster_of_two()
    {
        var one = Node("one", new PlainJob("watch", EverySecond));
        var other = Node("other", new PlainJob("watch", EverySecond));
        await Task.WhenAll(one.StartAsync(), other.StartAsync());

        var starts = Starts(await Trace.WaitForAsync(Name, JobTrace.Finished, times: 9)).Take(9).ToList();

        // Nine ticks take eight seconds, less the first one's delay. If each node ran its own, they would take four.
        Assert.True(starts[^1] - starts[0] > 6, string.Join(", ", starts));
    }

    [PostgresFact]
    public async Task A_schedule_of_seconds_is_kept()
    {
        var node = Node("one", new PlainJob("watch", new JobSchedule.Every(Duration.FromSeconds(2))));
        await node.StartAsync();

        var starts = Starts(await Trace.WaitForAsync(Name, JobTrace.Finished, times: 5)).Take(5).ToList();

        // Five ticks take eight seconds, less the first one's delay. Every second they would take four, every five seconds twenty.
        Assert.InRange(starts[^1] - starts[0], 4.5, 18);
    }

    [PostgresFact]
    public async Task Nodes_that_start_together_put_a_job_on_the_list_once()
    {
        var hourly = Enumerable.Range(1, 12).Select(i => new PlainJob($"hourly-{i:00}", EveryHour)).ToList();
        PlainJob[] jobs = [.. hourly, new("tick", EverySecond)];
        var nodes = Enumerable.Range(0, 5).Select(i => Node($"node-{i}", jobs)).ToList();
        await Task.WhenAll(nodes.Select(node => node.StartAsync()));

        // Ticks go on: a job that the second node had set anew would have run by now.
        await Trace.WaitForAsync("tick", JobTrace.Finished, times: 4);

        foreach (var job in hourly)
            Assert.Single(Starts(await Trace.ReadAsync(job.Name)));
        Assert.Equal(jobs.Select(job => job.Name), (await nodes[0].Engine.PlannedAsync(default)).Select(job => job.Name));
    }

    [PostgresFact]
    public async Task A_job_longer_than_its_interval_never_runs_beside_itself()
    {
        var pause = TimeSpan.FromSeconds(1.5);
        var one = Node("one", new PlainJob("watch", EverySecond, ct => Task.Delay(pause, ct)));
        var other = Node("other", new PlainJob("watch", EverySecond, ct => Task.Delay(pause, ct)));
        await Task.WhenAll(one.StartAsync(), other.StartAsync());

        var entries = await Trace.WaitForAsync(Name, JobTrace.Finished, times: 4);

        // Started, finished, started, finished: no start while one is under way.
        Assert.All(entries.Select((entry, i) => (entry, i)), line =>
            Assert.Equal(line.i % 2 == 0 ? JobTrace.Started : JobTrace.Finished, line.entry.What));
    }

    [PostgresFact]
    public async Task A_failing_job_is_repeated_and_reported_without_what_it_said()
    {
        var attempts = 0;
        var node = Node("one", new PlainJob("watch", EveryHour, _ => ++attempts < 3
            ? throw new InvalidOperationException("Nino was here", new ArgumentException("Nino again"))
            : Task.CompletedTask));
        await node.StartAsync();

        await Trace.WaitForAsync(Name, JobTrace.Finished);
        await JobTrace.UntilAsync(async () => (await node.LastRunAsync(Name))?.LastSucceeded is not null, "the third run is recorded");

        var run = (await node.LastRunAsync(Name))!;
        Assert.Equal(0, run.FailuresInARow);
        Assert.Matches("^[0-9a-f]{8}$", run.LastFailure);
        foreach (var attempt in new[] { 1, 2 })
        {
            var line = Assert.Single(node.Logs.Lines, line => line.StartsWith("Error", StringComparison.Ordinal)
                && line.Contains($"attempt {attempt}: InvalidOperationException < ArgumentException", StringComparison.Ordinal));
            Assert.Equal(attempt == 2, line.Contains(run.LastFailure!, StringComparison.Ordinal));
        }

        Assert.DoesNotContain("Nino", node.Logs.Text, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_run_planned_by_a_clock_that_has_gone_back_since_is_planned_anew()
    {
        var before = Node("before", new PlainJob("watch", EveryHour));
        await before.StartAsync();
        await Trace.WaitForAsync(Name, JobTrace.Finished);
        await before.StopAsync();
        await SetBackAsync(Name, -Duration.FromDays(1));

        await Node("after", new PlainJob("watch", EveryHour)).StartAsync();

        await Trace.WaitForAsync(Name, JobTrace.Finished, node: "after");
    }

    [PostgresFact]
    public async Task While_a_node_runs_whose_clock_goes_back_by_an_hour_what_it_had_planned_is_planned_anew()
    {
        var clock = new TestClock(SystemClock.Instance.GetCurrentInstant());
        var node = Node("one", Quick, clock, new PlainJob("watch", EveryHour));
        await node.StartAsync();
        await Trace.WaitForAsync(Name, JobTrace.Finished);
        await SetBackAsync(Name, -Duration.FromHours(1));
        clock.Now += Duration.FromHours(1);
        await node.Engine.LookAtClockAsync(CancellationToken.None);
        Assert.Single(await Trace.ReadAsync(Name), entry => entry.What == JobTrace.Started);
        clock.Now -= Duration.FromHours(1);

        await node.Engine.LookAtClockAsync(CancellationToken.None);

        await Trace.WaitForAsync(Name, JobTrace.Finished, times: 2);
    }

    [PostgresFact]
    public async Task A_lock_left_behind_by_a_node_whose_clock_was_ahead_is_dropped_at_the_start()
    {
        var before = Node("before", new PlainJob("watch", EverySecond));
        await before.StartAsync();
        await Trace.WaitForAsync(Name, JobTrace.Finished);
        await before.StopAsync();
        await using (var connection = await Database.Source.OpenConnectionAsync())
        {
            await connection.ExecuteAsync(
                """
                insert into hangfire.lock (resource, updatecount, acquired)
                select 'hangfire:' || resource, 0, now() + interval '1 day'
                from   (values ('recurring-jobs:lock'), ('lock:recurring-job:watch')) held (resource)
                on conflict (resource) do update set acquired = excluded.acquired
                """);
        }

        await Node("after", new PlainJob("watch", EverySecond)).StartAsync();

        await Trace.WaitForAsync(Name, JobTrace.Finished, times: 2, node: "after");
    }

    [PostgresFact]
    public async Task A_job_that_fails_always_stays_on_its_schedule()
    {
        var node = Node("one", new PlainJob("watch", EverySecond, _ => throw new InvalidOperationException()));
        await node.StartAsync();

        await Trace.WaitForAsync(Name, JobTrace.Started, times: 6);

        Assert.NotNull(Assert.Single(await node.Engine.PlannedAsync(default)).Next);
        var run = (await node.LastRunAsync(Name))!;
        Assert.Null(run.LastSucceeded);
        Assert.True(run.FailuresInARow > 1);
    }

    [PostgresFact]
    public async Task A_job_the_code_no_longer_names_is_gone()
    {
        var before = Node("before", new PlainJob("watch", EverySecond), new PlainJob("old", EverySecond));
        await before.StartAsync();
        await Trace.WaitForAsync("old", JobTrace.Finished);
        await before.StopAsync();

        var after = Node("after", new PlainJob("watch", EverySecond));
        await after.StartAsync();
        await Trace.WaitForAsync(Name, JobTrace.Finished, times: 3, node: "after");

        Assert.Equal("watch", Assert.Single(await after.Engine.PlannedAsync(default)).Name);
        Assert.DoesNotContain("after", (await Trace.ReadAsync("old")).Select(entry => entry.Node));
        Assert.DoesNotContain("not known", after.Logs.Text, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_restart_does_not_move_a_job_and_a_new_schedule_does()
    {
        var before = Node("before", new PlainJob("watch", EveryHour));
        await before.StartAsync();
        await Trace.WaitForAsync(Name, JobTrace.Finished);
        var planned = await before.Engine.PlannedAsync(default);
        await before.StopAsync();

        var restarted = Node("restarted", new PlainJob("watch", EveryHour));
        await restarted.StartAsync();
        Assert.Equal(planned, await restarted.Engine.PlannedAsync(default));
        await restarted.StopAsync();

        var changed = Node("changed", new PlainJob("watch", EverySecond));
        await changed.StartAsync();
        await Trace.WaitForAsync(Name, JobTrace.Finished, times: 2, node: "changed");
        Assert.DoesNotContain("restarted", (await Trace.ReadAsync(Name)).Select(entry => entry.Node));
    }

    [PostgresTheory]
    [InlineData(600, 3 * 3600)]
    [InlineData(10, 40)]
    public async Task After_a_downtime_one_run_catches_up(int interval, int downtime)
    {
        var every = new JobSchedule.Every(Duration.FromSeconds(interval));
        var before = Node("before", new PlainJob("watch", every));
        await before.StartAsync();
        await Trace.WaitForAsync(Name, JobTrace.Finished);
        await before.StopAsync();
        await SetBackAsync(Name, Duration.FromSeconds(downtime));

        var after = Node("after", new PlainJob("watch", every), new PlainJob("tick", EverySecond));
        await after.StartAsync();
        await Trace.WaitForAsync(Name, JobTrace.Finished, node: "after");
        await Trace.WaitForAsync("tick", JobTrace.Finished, times: 4);

        Assert.Single(await Trace.ReadAsync(Name), entry => entry is { Node: "after", What: JobTrace.Started });
        var next = (await after.Engine.PlannedAsync(default)).Single(job => job.Name == Name).Next;
        Assert.True(next > SystemClock.Instance.GetCurrentInstant());
    }

    [PostgresFact]
    public async Task A_daily_job_waits_for_its_hour_in_its_own_zone()
    {
        var zone = DateTimeZoneProviders.Tzdb["Asia/Tashkent"];
        var at = new LocalTime(8, 30);
        var node = Node("one", new PlainJob("watch", new JobSchedule.Daily(at, zone)));
        await node.StartAsync();

        var next = Assert.Single(await node.Engine.PlannedAsync(default)).Next!.Value;

        Assert.Equal(at, next.InZone(zone).TimeOfDay);
        Assert.InRange(next - SystemClock.Instance.GetCurrentInstant(), Duration.Zero, Duration.FromDays(1));
    }

    [PostgresFact]
    public async Task A_stopping_node_interrupts_its_job_and_another_does_it_again()
    {
        var one = Node("one", new PlainJob("watch", EveryHour, ct => Task.Delay(Timeout.Infinite, ct)));
        await one.StartAsync();
        await Trace.WaitForAsync(Name, JobTrace.Started);
        var other = Node("other", new PlainJob("watch", EveryHour));
        await other.StartAsync();

        await one.StopAsync();

        // The stop waited until the job had finished.
        Assert.Contains(await Trace.ReadAsync(Name), entry => entry is { Node: "one", What: JobTrace.Interrupted });
        Assert.Null((await one.LastRunAsync(Name))!.LastFinished);
        await Trace.WaitForAsync(Name, JobTrace.Finished, node: "other");
    }

    [PostgresFact]
    public async Task A_job_that_does_not_listen_does_not_keep_a_node_from_stopping()
    {
        var release = new TaskCompletionSource();
        var node = Node("one", new PlainJob("watch", EveryHour, _ => release.Task));
        await node.StartAsync();
        await Trace.WaitForAsync(Name, JobTrace.Started);

        var stop = Stopwatch.GetTimestamp();
        await node.StopAsync();
        var took = Stopwatch.GetElapsedTime(stop);
        release.SetResult();

        Assert.InRange(took, Quick.StopWithin.ToTimeSpan() * 0.9, TimeSpan.FromSeconds(20));
        await Trace.WaitForAsync(Name, JobTrace.Finished);
    }

    [PostgresFact]
    public async Task Whoever_asks_from_outside_sees_whether_the_cluster_works()
    {
        var outside = Node("outside", new PlainJob("watch", EveryHour));
        Assert.False(await outside.Engine.IsRunningAsync(default));
        Assert.Empty(await outside.Engine.PlannedAsync(default));

        var node = Node("one", new PlainJob("watch", EveryHour));
        await node.StartAsync();

        await JobTrace.UntilAsync(() => outside.Engine.IsRunningAsync(default), "seen from outside");
        Assert.Equal("watch", Assert.Single(await outside.Engine.PlannedAsync(default)).Name);

        await node.StopAsync();
        await JobTrace.UntilAsync(async () => !await outside.Engine.IsRunningAsync(default), "gone");
        Assert.DoesNotContain("outside", (await Trace.ReadAsync(Name)).Select(entry => entry.Node));
    }
}
