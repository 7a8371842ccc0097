using AlertBot.IntegrationTests.Support;

namespace AlertBot.IntegrationTests.Benchmarks;

/// <summary>A benchmark that runs once a year breaks unnoticed. Each runs here for seconds, and measures nothing.</summary>
public sealed class BenchmarksStillRun
{
    [PostgresTheory]
    [InlineData("fan-out", "kept")]
    [InlineData("paid", "a message costs")]
    [InlineData("intake", "kept")]
    [InlineData("scale", "all arrived")]
    [InlineData("performance", "written")]
    [InlineData("signal", "kept")]
    [InlineData("kill", "kept")]
    [InlineData("heads-up", "all arrived")]
    [InlineData("flood", "all arrived")]
    [InlineData("monitor", "stored deadlines")]
    [InlineData("names", "right %")]
    [InlineData("idle", "transactions a second")]
    [InlineData("desk", "kept")]
    [InlineData("fuzz", "nothing written")]
    [InlineData("take-over", "job runs elsewhere")]
    public Task A_tiny_size_of(string benchmark, string says) =>
        TinyRun.PassesAsync(typeof(AlertBot.Benchmarks.NamesBenchmark).Assembly, says, benchmark);
}
