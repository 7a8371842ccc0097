using AlertBot.IntegrationTests.Support;

namespace AlertBot.IntegrationTests.Jobs;

/// <summary>Jobs that watch people do not wait for housekeeping.</summary>
public sealed class JobQueueTests : JobNodes
{
    [PostgresFact]
    public async Task A_long_clean_up_holds_up_no_escalation()
    {
        var release = new TaskCompletionSource();
        // More of them than a node has workers.
        var cleanUps = Enumerable.Range(1, 6).Select(i => new PlainJob($"clean-up-{i}", EveryHour, _ => release.Task));
        await Node("one", [.. cleanUps, new PlainJob("arrests", EverySecond) { WatchesPeople = true }]).StartAsync();

        await Trace.WaitForAsync("arrests", JobTrace.Finished, times: 4);
        Assert.DoesNotContain(await AllAsync("clean-up"), entry => entry.What == JobTrace.Finished);

        release.SetResult();
        await JobTrace.UntilAsync(async () => (await AllAsync("clean-up")).Count(entry => entry.What == JobTrace.Finished) == 6, "all cleaned up");
    }

    [PostgresFact]
    public async Task The_board_says_what_is_planned_and_how_it_went()
    {
        var node = Node(
            "one", new PlainJob("fine", EveryHour) { WatchesPeople = true }, new PlainJob(
                "broken", EveryHour, _ => throw new InvalidOperationException()));
        Assert.All(await node.Board.ReadAsync(default), line => Assert.True(line is { Run: null, Planned: null }));

        await node.StartAsync();
        await JobTrace.UntilAsync(async () => (await node.Board.ReadAsync(default)).All(line => line.Run?.LastFinished is not null), "both ran");

        var lines = await node.Board.ReadAsync(default);
        Assert.Equal(["broken", "fine"], lines.Select(line => line.Job.Name));
        Assert.Equal([true, false], lines.Select(line => line.IsFailing));
        Assert.All(lines, line => Assert.NotNull(line.Next));
        Assert.NotNull(lines[0].Run!.LastFailure);
    }

    [PostgresFact]
    public async Task A_run_by_hand_is_recorded_and_never_runs_beside_another()
    {
        var release = new TaskCompletionSource();
        var began = new TaskCompletionSource();
        var node = Node("one", new PlainJob("slow", EveryHour, _ =>
        {
            began.TrySetResult();
            return release.Task;
        }));

        var first = node.Board.RunAsync("slow", default);
        await began.Task;
        Assert.IsType<AlertBot.Jobs.JobOutcome.Busy>(await node.Board.RunAsync("slow", default));
        release.SetResult();

        Assert.IsType<AlertBot.Jobs.JobOutcome.Done>(await first);
        Assert.NotNull((await node.LastRunAsync("slow"))!.LastSucceeded);
    }

    private async Task<IReadOnlyList<JobTrace.Entry>> AllAsync(string prefix)
    {
        var all = new List<JobTrace.Entry>();
        for (var i = 1; i <= 6; i++)
            all.AddRange(await Trace.ReadAsync($"{prefix}-{i}"));
        return all;
    }
}
