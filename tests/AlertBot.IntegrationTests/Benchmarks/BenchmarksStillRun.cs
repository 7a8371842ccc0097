using AlertBot.IntegrationTests.Support;

namespace AlertBot.IntegrationTests.Benchmarks;

/// <summary>A benchmark that runs once a year breaks unnoticed. Each runs here for seconds, and measures nothing.</summary>
public sealed class BenchmarksStillRun(BenchmarksStillRun.Runs runs) : IClassFixture<BenchmarksStillRun.Runs>
{
    public static TheoryData<string, string> Each { get; } = new()
    {
        { "fan-out", "kept" },
        { "paid", "a message costs" },
        { "intake", "kept" },
        { "scale", "all arrived" },
        { "performance", "written" },
        { "signal", "kept" },
        { "kill", "kept" },
        { "heads-up", "all arrived" },
        { "flood", "all arrived" },
        { "monitor", "stored deadlines" },
        { "names", "right %" },
        { "idle", "transactions a second" },
        { "desk", "kept" },
        { "fuzz", "nothing written" },
        { "take-over", "job runs elsewhere" },
    };

    [PostgresTheory]
    [MemberData(nameof(Each))]
    public Task A_tiny_size_of(string benchmark, string says) => runs.PassesAsync(benchmark, says);

    /// <summary>Begins with the first test that waits for one.</summary>
    public sealed class Runs : IAsyncLifetime
    {
        private readonly Lazy<Task<TinyRuns>> _all = new(() => TinyRuns.StartAsync(
            typeof(AlertBot.Benchmarks.NamesBenchmark).Assembly, Each.Select(one => (string)one[0]).ToList()));

        public async Task PassesAsync(string benchmark, string says) => await (await _all.Value).PassesAsync(benchmark, says);

        public Task InitializeAsync() => Task.CompletedTask;

        public async Task DisposeAsync()
        {
            if (_all.IsValueCreated)
                (await _all.Value).Dispose();
        }
    }
}
