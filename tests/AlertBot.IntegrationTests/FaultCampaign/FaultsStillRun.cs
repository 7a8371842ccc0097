extern alias faults;

using System.Diagnostics;
using AlertBot.IntegrationTests.Support;

namespace AlertBot.IntegrationTests.FaultCampaign;

/// <summary>A small size of the fault campaign, of the kinds that take seconds. The others take minutes, and are run on demand.</summary>
public sealed class FaultsStillRun
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    [PostgresTheory]
    [InlineData("updates")]
    [InlineData("engine")]
    [InlineData("clock")]
    public async Task A_tiny_size_of(string kind)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(faults::AlertBot.Faults.Kind).Assembly.Location, "--tiny", "--only", kind])
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
        Assert.Contains("kept", await said, StringComparison.Ordinal);
    }
}
