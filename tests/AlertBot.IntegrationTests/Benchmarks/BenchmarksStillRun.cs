using System.Diagnostics;
using AlertBot.IntegrationTests.Support;

namespace AlertBot.IntegrationTests.Benchmarks;

/// <summary>A benchmark that runs once a year breaks unnoticed. Each runs here for seconds, and measures nothing.</summary>
public sealed class BenchmarksStillRun
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

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
    public async Task A_tiny_size_of(string benchmark, string says)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(AlertBot.Benchmarks.NamesBenchmark).Assembly.Location, benchmark, "--tiny"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience);
        var (said, errors) = (process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }

        Assert.True(process.ExitCode == 0, await said + await errors);
        Assert.Contains(says, await said, StringComparison.Ordinal);
    }
}
