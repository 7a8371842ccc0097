using System.Diagnostics;
using System.Reflection;
using System.Text;
using AlertBot.Benchmarks;

namespace AlertBot.IntegrationTests.Support;

/// <summary>
/// A program that measures or breaks things on demand, run once for all its tiny sizes, one after the other. Each is waited for by itself.
/// </summary>
internal sealed class TinyRuns : IDisposable
{
    // For one of them.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly Process _process;
    private readonly Dictionary<string, TaskCompletionSource> _begun;
    private readonly Dictionary<string, TaskCompletionSource<(int Code, string Said)>> _ended;
    private readonly StringBuilder _errors = new();

    private TinyRuns(ProcessStartInfo start, IReadOnlyList<string> names)
    {
        _begun = names.ToDictionary(name => name, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        _ended = names.ToDictionary(
            name => name, _ => new TaskCompletionSource<(int, string)>(TaskCreationOptions.RunContinuationsAsynchronously));
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, line) => Complains(line.Data);
        _process.BeginErrorReadLine();
        _ = ReadAsync();
    }

    /// <summary>On the server of all tests.</summary>
    public static async Task<TinyRuns> StartAsync(Assembly program, IReadOnlyList<string> names)
    {
        var start = new ProcessStartInfo("dotnet", [program.Location, "--tiny", Several.Verb, .. names])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Nothing runs long enough to be compiled again.
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment[BenchDatabase.Server] = start.Environment[TestCluster.Variable] = await TestCluster.ConnectionStringAsync();
        start.Environment[BenchDatabase.Template] = await TestCluster.TemplateAsync();
        return new TinyRuns(start, names);
    }

    /// <param name="says">What its output must contain.</param>
    public async Task PassesAsync(string name, string says)
    {
        await _begun[name].Task;
        try
        {
            var (code, said) = await _ended[name].Task.WaitAsync(Patience);
            Assert.True(code == 0, said + Errors());
            Assert.Contains(says, said, StringComparison.Ordinal);
        }
        catch (TimeoutException)
        {
            // Those behind it would wait for it too.
            _process.Kill(entireProcessTree: true);
            Assert.Fail($"{name} did not end within {Patience.TotalMinutes} minutes. {Errors()}");
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private async Task ReadAsync()
    {
        var (now, said) = (default(string), new StringBuilder());
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (Several.BegunBy(line) is { } name)
            {
                now = name;
                said.Clear();
                _begun[name].SetResult();
            }
            else if (Several.EndedBy(line) is { } code && now is not null)
            {
                _ended[now].SetResult((code, said.ToString()));
            }
            else
            {
                said.AppendLine(line);
            }
        }

        foreach (var (name, end) in _ended)
        {
            _begun[name].TrySetResult();
            end.TrySetResult((-1, $"The program ended before {name} had. It said last: {said}"));
        }
    }

    private void Complains(string? line)
    {
        lock (_errors)
            _errors.AppendLine(line);
    }

    private string Errors()
    {
        lock (_errors)
            return _errors.ToString();
    }
}
