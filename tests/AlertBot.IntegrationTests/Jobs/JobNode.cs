using AlertBot.Domain.Jobs;
using AlertBot.Jobs;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Postgres.Vaults;
using AlertBot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;
using Npgsql;

namespace AlertBot.IntegrationTests.Jobs;

/// <summary>One node of a cluster, with its own connections.</summary>
internal sealed class JobNode : IAsyncDisposable
{
    private readonly IHost _host;

    public JobNode(string connectionString, JobSettings settings, Func<JobTrace, IEnumerable<IRecurringJob>> jobs, IClock? clock = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(Logs);

        var source = NpgsqlDataSource.Create(connectionString);
        builder.Services.AddSingleton(_ => source);
        // The job engine writes nothing sealed.
        builder.Services.AddSingleton(_ => new Vault(VaultKey.New()));
        builder.Services.AddSingleton(provider => new Database(source, provider.GetRequiredService<Vault>(), SystemClock.Instance));
        if (clock is not null)
            builder.Services.AddSingleton(clock);
        foreach (var job in jobs(new JobTrace(source)))
            builder.Services.AddSingleton(job);
        builder.Services.AddJobs(settings);
        _host = builder.Build();
    }

    public CollectedLogs Logs { get; } = new();

    public JobEngine Engine => _host.Services.GetRequiredService<JobEngine>();

    public JobBoard Board => _host.Services.GetRequiredService<JobBoard>();

    public Task StartAsync() => _host.StartAsync();

    public Task StopAsync() => _host.StopAsync();

    /// <summary>The job's last run, as <c>doctor</c> reads it.</summary>
    public async Task<JobRun?> LastRunAsync(string job)
    {
        await using var session = await _host.Services.GetRequiredService<Database>().BeginAsync(default);
        return (await session.JobRuns.AllAsync()).SingleOrDefault(run => run.Name == job);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        if (_host is IAsyncDisposable host)
            await host.DisposeAsync();
    }
}
