using System.Diagnostics;
using AlertBot.Domain.Jobs;
using AlertBot.Jobs;
using AlertBot.Postgres;
using AlertBot.Postgres.Vaults;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;
using Npgsql;

namespace AlertBot.Benchmarks.Jobs;

/// <summary>A node with the program's settings and one job that never ends by itself, in a process that can be killed.</summary>
internal sealed class NodeToKill(Process process) : IDisposable
{
    public const string Verb = "node-to-kill";
    public const string Name = "to-kill";

    private const string Variable = "ALERTBOT_BENCH_DB";

    public static NodeToKill Start(string connectionString)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [typeof(NodeToKill).Assembly.Location, Verb]) { RedirectStandardInput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!) != "dotnet")
            start.ArgumentList.RemoveAt(0);
        start.Environment[Variable] = connectionString;
        return new NodeToKill(Process.Start(start)!);
    }

    /// <summary>The process's work.</summary>
    public static async Task<int> RunAsync()
    {
        using var node = HostOf(Environment.GetEnvironmentVariable(Variable)!, Name, ct => Task.Delay(Timeout.Infinite, ct));
        await node.StartAsync();
        await Console.In.ReadToEndAsync();
        return 0;
    }

    /// <summary>A node on that database, whose one job leaves a line for what it does.</summary>
    public static IHost HostOf(string connectionString, string node, Func<CancellationToken, Task> work)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.Services.AddSingleton(_ => DatabaseSource.Of(connectionString));
        builder.Services.AddSingleton(_ => new Vault(VaultKey.New()));
        builder.Services.AddSingleton(provider => new Database(
            provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<Vault>(), SystemClock.Instance));
        builder.Services.AddSingleton<IRecurringJob>(provider => new Traced(provider.GetRequiredService<NpgsqlDataSource>(), node, work));
        builder.Services.AddJobs();
        return builder.Build();
    }

    /// <summary>SIGKILL.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    /// <summary>SIGSTOP: the node does nothing more and keeps all its connections.</summary>
    public void Freeze() => Signals.Send(process, "STOP");

    public void Dispose()
    {
        if (!process.HasExited)
            Kill();
        process.Dispose();
    }

    private sealed class Traced(NpgsqlDataSource source, string node, Func<CancellationToken, Task> work) : IRecurringJob
    {
        public string Name => "endless";

        public bool WatchesPeople => true;

        public JobSchedule Schedule { get; } = new JobSchedule.Every(Duration.FromHours(1));

        public async Task RunAsync(CancellationToken ct)
        {
            await using (var connection = await source.OpenConnectionAsync(ct))
                await connection.ExecuteAsync("insert into trace (node) values (@node)", new { node });
            await work(ct);
        }
    }
}
