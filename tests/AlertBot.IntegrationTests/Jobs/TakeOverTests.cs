using System.Diagnostics;
using AlertBot.IntegrationTests.Support;
using Dapper;

namespace AlertBot.IntegrationTests.Jobs;

/// <summary>A node dies without notice, and another one soon does the work that it had in hand.</summary>
public sealed class TakeOverTests : JobNodes
{
    // On a quiet machine it is ten seconds (dotnet run --project tests/AlertBot.Benchmarks -- take-over).
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [PostgresFact]
    public async Task The_job_of_a_killed_node_is_run_again_by_another()
    {
        await using var process = NodeProcess.Start(Database.ConnectionString);
        await Trace.WaitForAsync(NodeProcess.Job, JobTrace.Started, node: NodeProcess.Node);
        await Node("survivor", new PlainJob(NodeProcess.Job, NodeProcess.Schedule)).StartAsync();

        var kill = Stopwatch.GetTimestamp();
        await process.KillAsync();

        await Trace.WaitForAsync(NodeProcess.Job, JobTrace.Finished, node: "survivor");
        Assert.True(Stopwatch.GetElapsedTime(kill) < Soon);
    }

    // Which lock a dying node holds depends on milliseconds, so the test writes the rows that the node would have left.
    [PostgresFact]
    public async Task The_engines_locks_of_a_killed_node_hold_nobody_up_for_long()
    {
        await using var process = NodeProcess.Start(Database.ConnectionString);
        await Trace.WaitForAsync(NodeProcess.Job, JobTrace.Started, node: NodeProcess.Node);
        await Node("survivor", new PlainJob(NodeProcess.Job, NodeProcess.Schedule), new PlainJob("tick", EverySecond)).StartAsync();
        await Trace.WaitForAsync("tick", JobTrace.Finished);

        var kill = Stopwatch.GetTimestamp();
        await process.KillAsync();
        await LeaveLocksAsync();
        var ticks = (await Trace.ReadAsync("tick")).Count(entry => entry.What == JobTrace.Finished);

        await Trace.WaitForAsync(NodeProcess.Job, JobTrace.Finished, node: "survivor");
        await Trace.WaitForAsync("tick", JobTrace.Finished, times: ticks + 2);
        Assert.True(Stopwatch.GetElapsedTime(kill) < Soon);
    }

    private async Task LeaveLocksAsync()
    {
        await using var connection = await Database.Source.OpenConnectionAsync();
        Assert.True(await connection.ExecuteAsync(
            """
            insert into hangfire.lock (resource, updatecount, acquired)
            select resource, 0, now() from (
                values ('hangfire:recurring-jobs:lock'), ('hangfire:locks:schedulepoller'), ('hangfire:lock:recurring-job:tick')) held (resource)
            union
            select 'hangfire:job:' || jobid || ':state-lock', 0, now() from hangfire.jobqueue
            on conflict (resource) do update set acquired = excluded.acquired
            """) > 2);
    }
}
