using AlertBot.Domain.Jobs;
using AlertBot.Jobs;
using Hangfire;
using Hangfire.AspNetCore;
using Hangfire.Common;
using Hangfire.PostgreSql;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace AlertBot.Hangfire;

/// <summary>Puts the engine into a program.</summary>
public static class HangfireJobs
{
    /// <summary>How often a node says that it is alive.</summary>
    internal static readonly TimeSpan CheckIn = TimeSpan.FromSeconds(1);

    /// <summary>A job of ten seconds leaves 360 rows an hour; how its runs went is in the journal and the log.</summary>
    private static readonly TimeSpan KeepRunsFor = TimeSpan.FromHours(1);

    /// <summary>
    /// Runs every registered <see cref="IRecurringJob"/>, once in the cluster of all nodes on the same database. Wants
    /// the <see cref="NpgsqlDataSource"/> and an <see cref="IJobJournal"/>; makes and upgrades its tables by itself.
    /// </summary>
    public static IServiceCollection AddHangfireJobs(this IServiceCollection services, JobSettings? settings = null)
    {
        JobRunner.AddTo(services, settings);
        services.AddTransient<HangfireJob>();
        services.AddSingleton<HangfireEngine>();
        services.AddSingleton<IJobEngine>(provider => provider.GetRequiredService<HangfireEngine>());
        services.AddHostedService(provider => provider.GetRequiredService<HangfireEngine>());

        // The dashboard looks for a forged request only where this is registered.
        services.AddAntiforgery();
        services.AddSingleton<JobStorage>(provider => Storage(provider.GetRequiredService<NpgsqlDataSource>()));
        return services.AddHangfire(Configure);
    }

    // Of the process, not of the node: how names and times are stored. Its log quotes exceptions whole; failures are in ours.
    private static void Configure(IGlobalConfiguration engine) => engine
        .UseNoOpLogProvider()
        .SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
        .UseSimpleAssemblyNameTypeSerializer()
        .UseRecommendedSerializerSettings();

    private static PostgreSqlStorage Storage(NpgsqlDataSource database)
    {
        // Here too, because the engine applies it only when its pages are asked for.
        Configure(GlobalConfiguration.Configuration);
        return new PostgreSqlStorage(new Connections(database), StorageOptions()) { JobExpirationTimeout = KeepRunsFor };
    }

    private static PostgreSqlStorageOptions StorageOptions() => new()
    {
        SchemaName = "hangfire",
        // How late a node sees a run that another one has queued.
        QueuePollInterval = TimeSpan.FromSeconds(1),
        // Waiting for NOTIFY instead can miss its own cancellation and hold a run for ever (npgsql issue 5975).
        EnableLongPolling = false,
        // A dead node's job runs elsewhere after this and up to one poll. Longer than a stop takes, because a stopping node
        // no longer says that its jobs go on.
        InvisibilityTimeout = TimeSpan.FromSeconds(15),
        // Renewed while the job runs: otherwise a job longer than that would be started a second time beside itself.
        UseSlidingInvisibilityTimeout = true,
        // Locks are rows, which a killed node leaves behind, and the schedule of all stands still behind one. They are held
        // for milliseconds; putting a job on the list waits 15 s for one.
        DistributedLockTimeout = TimeSpan.FromSeconds(10),
        // Storage that cannot be had is an error at once, not after half a minute, nor at the first job.
        StartupConnectionMaxRetries = 0,
        AllowDegradedModeWithoutStorage = false,
        EnableTransactionScopeEnlistment = false,
    };

    /// <summary>What a node that works is like.</summary>
    internal static BackgroundJobServerOptions Server(IServiceProvider services, JobSettings settings) => new()
    {
        ServerName = Environment.MachineName,
        WorkerCount = 10,
        Activator = new AspNetCoreJobActivator(services.GetRequiredService<IServiceScopeFactory>()),
        // Not the global filters: a program has one set of those, and ten repetitions among them.
        FilterProvider = new JobFilterCollection { Retry(settings) },
        // How late a run is noticed to be due. Missed ones are made up for by one.
        SchedulePollingInterval = TimeSpan.FromSeconds(1),
        HeartbeatInterval = CheckIn,
        // Running jobs are asked to stop at once, and waited for.
        StopTimeout = TimeSpan.Zero,
        ShutdownTimeout = settings.StopWithin.ToTimeSpan(),
    };

    private static AutomaticRetryAttribute Retry(JobSettings settings) => new()
    {
        Attempts = settings.RetryAfter.Count,
        DelaysInSeconds = [.. settings.RetryAfter.Select(pause => (int)pause.TotalSeconds)],
        // A failed run stays for ever, and a job that fails each minute would fill the disk. The schedule goes on either way.
        OnAttemptsExceeded = AttemptsExceededAction.Delete,
    };

    private sealed class Connections(NpgsqlDataSource database) : IConnectionFactory
    {
        public NpgsqlConnection GetOrCreateConnection() => database.CreateConnection();
    }
}
