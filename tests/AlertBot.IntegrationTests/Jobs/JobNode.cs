using AlertBot.Domain.Jobs;
using AlertBot.Jobs;
using AlertBot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AlertBot.IntegrationTests.Jobs;

/// <summary>One node of a cluster, with connections of its own.</summary>
internal sealed class JobNode : IAsyncDisposable
{
    private readonly IHost _host;

    public JobNode(string engine, string connectionString, JobSettings settings, Func<JobTrace, IEnumerable<IRecurringJob>> jobs)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(Logs);

        var database = NpgsqlDataSource.Create(connectionString);
        builder.Services.AddSingleton(_ => database);
        builder.Services.AddSingleton<IJobJournal>(Journal);
        foreach (var job in jobs(new JobTrace(database)))
            builder.Services.AddSingleton(job);
        JobEngines.Add(engine, builder.Services, settings);
        _host = builder.Build();
    }

    public CollectedLogs Logs { get; } = new();

    public RecordedRuns Journal { get; } = new();

    public IJobEngine Engine => _host.Services.GetRequiredService<IJobEngine>();

    public Task StartAsync() => _host.StartAsync();

    public Task StopAsync() => _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        if (_host is IAsyncDisposable host)
            await host.DisposeAsync();
    }
}
