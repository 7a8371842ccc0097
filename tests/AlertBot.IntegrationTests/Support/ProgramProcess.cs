using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace AlertBot.IntegrationTests.Support;

/// <summary>The real program in its own process, with settings and nothing else in its environment.</summary>
internal sealed class ProgramProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _said = new();

    private ProgramProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Heard(line.Data);
        process.ErrorDataReceived += (_, line) => Heard(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Everything the program wrote to both outputs.</summary>
    public string Said
    {
        get
        {
            lock (_said)
                return _said.ToString();
        }
    }

    public static ProgramProcess Start(IReadOnlyDictionary<string, string> settings, params string[] verb) => Start(settings, null, verb);

    private static ProgramProcess Start(IReadOnlyDictionary<string, string> settings, string? typed, string[] verb)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "alertbot.dll"), .. verb])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = typed is not null,
        };
        foreach (var (key, value) in settings)
            start.Environment[key] = value;
        var process = Process.Start(start)!;
        if (typed is not null)
        {
            process.StandardInput.Write(typed);
            process.StandardInput.Close();
        }

        return new ProgramProcess(process);
    }

    /// <summary>The health answer of the program with these settings, ready or not, once it listens.</summary>
    public static async Task<string> HealthAsync(IReadOnlyDictionary<string, string> settings)
    {
        using var http = new HttpClient();
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(settings["Web__Url"] + "/health/ready"), patience.Token);
                return await answer.Content.ReadAsStringAsync(patience.Token);
            }
            catch (HttpRequestException)
            {
                // The program writes to people before it listens.
                await Task.Delay(100, patience.Token);
            }
        }
    }

    /// <summary>Runs a verb to its end.</summary>
    /// <returns>Its exit code, and what it wrote.</returns>
    public static Task<(int Code, string Said)> RunAsync(IReadOnlyDictionary<string, string> settings, params string[] verb) =>
        TypeAsync(settings, null, verb);

    /// <inheritdoc cref="RunAsync"/>
    /// <param name="typed">What is typed into it.</param>
    public static async Task<(int Code, string Said)> TypeAsync(
        IReadOnlyDictionary<string, string> settings, string? typed, params string[] verb)
    {
        await using var process = Start(settings, typed, verb);
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await process._process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"'{string.Join(' ', verb)}' did not end within {Patience.TotalSeconds} s. It said: {process.Said}");
        }

        process._process.WaitForExit();
        return (process._process.ExitCode, process.Said);
    }

    /// <summary>Stops the program as a service manager does: it asks for an orderly end.</summary>
    public async Task StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        using var patience = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(patience.Token);
    }

    /// <summary>Until it ends by itself.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> EndAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(patience.Token);
        _process.WaitForExit();
        return _process.ExitCode;
    }

    /// <summary>As kill -9 does.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: false);
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    private void Heard(string? line)
    {
        lock (_said)
            _said.AppendLine(line);
    }
}
