using AlertBot.Domain.Jobs;
using AlertBot.Postgres;
using Hangfire;
using Hangfire.PostgreSql;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;

namespace AlertBot.Jobs;

/// <summary>Puts the job engine into a program.</summary>
public static class JobServices
{
    internal const string Schema = "hangfire";

    /// <summary>
    /// Runs every registered <see cref="IRecurringJob"/>, once in the cluster of all nodes on the same database. Wants the
    /// <see cref="Database"/> and its <see cref="NpgsqlDataSource"/>; the engine makes and upgrades its tables by itself.
    /// </summary>
    public static IServiceCollection AddJobs(this IServiceCollection services, JobSettings? settings = null)
    {
        services.AddJobList(settings);
        services.AddHostedService(provider => provider.GetRequiredService<JobEngine>());

        // The pages look for a forged request only where this is registered.
        services.AddAntiforgery();
        return services.AddHangfire(Configure);
    }

    /// <summary>Adds only what reads the list of jobs and runs one by hand, for a program that ends.</summary>
    public static IServiceCollection AddJobList(this IServiceCollection services, JobSettings? settings = null)
    {
        JobRunner.AddTo(services, settings);
        services.TryAddSingleton(TimeProvider.System);
        services.AddTransient<ScheduledRun>();
        services.AddSingleton<JobEngine>().AddSingleton<JobBoard>();
        services.AddSingleton<JobStorage>(provider => Storage(
            provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<JobSettings>()));
        return services;
    }

    // Settings of the process: how names and times are stored. The engine's log quotes whole exceptions, so we log failures ourselves.
    private static void Configure(IGlobalConfiguration engine) => engine
        .UseNoOpLogProvider()
        .SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
        .UseSimpleAssemblyNameTypeSerializer()
        .UseRecommendedSerializerSettings();

    private static PostgreSqlStorage Storage(NpgsqlDataSource database, JobSettings settings)
    {
        // Here too, because the engine applies it only when its pages are asked for.
        Configure(GlobalConfiguration.Configuration);
        return new PostgreSqlStorage(new Connections(database), StorageOptions(settings))
        {
            JobExpirationTimeout = settings.KeepRunsFor.ToTimeSpan(),
        };
    }

    private static PostgreSqlStorageOptions StorageOptions(JobSettings settings) => new()
    {
        SchemaName = Schema,
        // The delay until a node sees a run that another node queued. Its own runs wake it at once.
        QueuePollInterval = TimeSpan.FromSeconds(1),
        // Waiting for NOTIFY instead can miss its own cancellation and hold a run for ever (npgsql issue 5975).
        EnableLongPolling = false,
        // A dead node's run begins elsewhere after this and up to one poll. A run that is taken from a node that lives, because it
        // was too busy to say so in time, finds our lock taken and waits for it.
        InvisibilityTimeout = TimeSpan.FromSeconds(5),
        // A running job renews it five times in that time. Without that a longer job would be started a second time.
        UseSlidingInvisibilityTimeout = true,
        // Locks are rows, which a killed node leaves behind, and the schedule of all stands still behind one until it is this old.
        // They are held for milliseconds. When a slow node holds one longer, two nodes may queue the same run, and our lock keeps it single.
        DistributedLockTimeout = TimeSpan.FromSeconds(3),
        JobExpirationCheckInterval = settings.CleanUpEvery.ToTimeSpan(),
        // A database that cannot be reached is an error at once, not after half a minute or at the first job.
        StartupConnectionMaxRetries = 0,
        AllowDegradedModeWithoutStorage = false,
        EnableTransactionScopeEnlistment = false,
    };

    private sealed class Connections(NpgsqlDataSource database) : IConnectionFactory
    {
        public NpgsqlConnection GetOrCreateConnection() => database.CreateConnection();
    }
}
