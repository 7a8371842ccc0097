using System.Diagnostics;
using System.Reflection;

namespace AlertBot.IntegrationTests.Support;

/// <summary>Runs a program that measures or breaks something on demand, in a size of seconds.</summary>
internal static class TinyRun
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    /// <param name="says">What its output must contain.</param>
    public static async Task PassesAsync(Assembly program, string says, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [program.Location, "--tiny", .. arguments])
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
