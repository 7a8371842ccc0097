using System.Diagnostics;

namespace AlertBot.Faults;

/// <summary>A verb of the real program in its own process, on the campaign's database.</summary>
internal static class ProgramRun
{
    /// <returns>Its exit code, and what it wrote; null if it does not end in that time.</returns>
    public static async Task<(int? Code, string Said)> RunAsync(
        string connectionString, Ground ground, string directory, TimeSpan patience, params string[] verb)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "alertbot.dll"), .. verb])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ConnectionStrings__AlertBot"] = connectionString;
        start.Environment["Encryption__KeyFile"] = ground.Bench.KeyFile;
        start.Environment["Telegram__Token"] = ground.Bench.Sandbox.Token;
        start.Environment["Telegram__ApiUrl"] = ground.Bench.Sandbox.Url.AbsoluteUri;
        start.Environment["Data__Directory"] = directory;
        start.Environment["Web__Url"] = "http://127.0.0.1:0";
        using var process = Process.Start(start)!;
        using var over = new CancellationTokenSource(patience);
        var said = Task.WhenAll(
            process.StandardOutput.ReadToEndAsync(CancellationToken.None), process.StandardError.ReadToEndAsync(CancellationToken.None));
        try
        {
            await process.WaitForExitAsync(over.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            return (null, string.Concat(await said));
        }

        return (process.ExitCode, string.Concat(await said));
    }
}
