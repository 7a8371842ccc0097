using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using AlertBot.Sandbox;

namespace AlertBot.Benchmarks.Jobs;

/// <summary>The program itself, with its own private cluster and the sandbox in place of both messengers.</summary>
internal sealed class ServeProcess : IDisposable
{
    /// <summary>Names an alertbot.dll to measure, as one that is compiled ahead of time; by default the one of this build.</summary>
    private const string Program = "ALERTBOT_BENCH_PROGRAM";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly string _url;
    private readonly long _began;

    private ServeProcess(ProcessStartInfo start, string url)
    {
        (_url, _began) = (url, Stopwatch.GetTimestamp());
        _process = Process.Start(start)!;
    }

    /// <summary>Processor time so far.</summary>
    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Resident memory.</summary>
    public double Megabytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1024.0 / 1024.0;
        }
    }

    public static ServeProcess Start(SandboxServer sandbox, string directory)
    {
        var url = $"http://127.0.0.1:{FreePort()}";
        var program = Environment.GetEnvironmentVariable(Program) is { Length: > 0 } published
            ? published
            : Path.Combine(AppContext.BaseDirectory, "alertbot.dll");
        var start = new ProcessStartInfo("dotnet", [program, "serve"])
        {
            RedirectStandardOutput = true,
        };
        foreach (var (key, value) in new[]
        {
            ("Telegram__Token", sandbox.Token), ("Telegram__ApiUrl", sandbox.Url.AbsoluteUri), ("Signal__ApiUrl", sandbox.Url.AbsoluteUri),
            ("Signal__Account", sandbox.Signal.Account), ("Data__Directory", directory), ("Web__Url", url), ("Log__Level", "error"),
            // The same setting as in the script and the image.
            ("DOTNET_GCgen0size", "0x200000"),
        })
        {
            start.Environment[key] = value;
        }

        return new ServeProcess(start, url);
    }

    /// <returns>Seconds since the start of the process.</returns>
    public async Task<double> UntilReadyAsync()
    {
        using var http = new HttpClient();
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(_url + "/health/ready"));
                if (answer.IsSuccessStatusCode)
                    return Stopwatch.GetElapsedTime(_began).TotalSeconds;
            }
            catch (HttpRequestException)
            {
                // The program does not listen yet.
            }

            if (_process.HasExited || Stopwatch.GetElapsedTime(_began) > Patience)
                throw new TimeoutException("The program does not become ready.");
            await Task.Delay(20);
        }
    }

    /// <summary>SIGTERM, as from a service manager.</summary>
    public async Task StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
