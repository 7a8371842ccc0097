using System.Diagnostics;
using AlertBot.Domain.Jobs;
using NodaTime;

namespace AlertBot.IntegrationTests.Jobs;

/// <summary>A node in its own process that can be killed, with one job that never ends by itself.</summary>
internal sealed class NodeProcess : IAsyncDisposable
{
    public const string Verb = "job-node";
    public const string Job = "endless";
    public const string Node = "process";

    private const string Variable = "JOB_NODE_DATABASE";

    private readonly Process _process;

    private NodeProcess(Process process) => _process = process;

    public static JobSchedule Schedule => new JobSchedule.Every(Duration.FromHours(1));

    public static NodeProcess Start(string connectionString)
    {
        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var start = new ProcessStartInfo(dotnet, ["exec", typeof(NodeProcess).Assembly.Location, Verb])
        {
            // The end of this stream tells the process that the test is gone.
            RedirectStandardInput = true,
            Environment = { [Variable] = connectionString },
        };
        return new NodeProcess(Process.Start(start)!);
    }

    /// <summary>The process's work.</summary>
    public static async Task<int> RunAsync()
    {
        await using var node = new JobNode(
            Environment.GetEnvironmentVariable(Variable)!, JobNodes.Quick,
            trace => [new TracedJob(Job, Schedule, trace, Node, ct => Task.Delay(Timeout.Infinite, ct))]);
        await node.StartAsync();
        await Console.In.ReadToEndAsync();
        return 0;
    }

    /// <summary>Kills the process, like kill -9: nothing in it runs any more.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }
}
