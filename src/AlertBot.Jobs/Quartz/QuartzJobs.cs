using AlertBot.Domain.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Quartz;

namespace AlertBot.Jobs.Quartz;

/// <summary>Puts the engine into a program.</summary>
public static class QuartzJobs
{
    /// <summary>How often a node says that it is alive. A dead one's jobs run elsewhere 5 to 6 s later (measured).</summary>
    internal static readonly TimeSpan CheckIn = TimeSpan.FromSeconds(1);

    /// <summary>Must outlast the worst pause of a living node: its job would otherwise run twice.</summary>
    internal static readonly TimeSpan CheckInThreshold = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Runs every registered <see cref="IRecurringJob"/>, once in the cluster of all nodes on the same database. Wants
    /// the <see cref="NpgsqlDataSource"/> and an <see cref="IJobJournal"/>, and the tables of <see cref="QuartzSchema"/>.
    /// </summary>
    public static IServiceCollection AddQuartzJobs(this IServiceCollection services, JobSettings? settings = null)
    {
        JobRunner.AddTo(services, settings);
        services.AddSingleton<QuartzEngine>();
        services.AddSingleton<IJobEngine>(provider => provider.GetRequiredService<QuartzEngine>());
        services.AddHostedService(provider => provider.GetRequiredService<QuartzEngine>());
        return services.AddQuartz(Configure);
    }

    private static void Configure(IQuartzBuilder engine)
    {
        engine.ConfigureScheduler(scheduler =>
        {
            scheduler.InstanceName = "alertbot";
            // Two nodes of one id would take each other's jobs for their own. Never "AUTO": that is an id like any other.
            scheduler.InstanceId = $"{Environment.MachineName}-{Guid.NewGuid():N}";
            // How late a node sees a job that another one has planned; the least the engine allows.
            scheduler.IdleWaitTime = TimeSpan.FromSeconds(1);
            scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always;
        });
        engine.UseDefaultThreadPool(pool => pool.MaxConcurrency = 10);
        engine.UsePersistentStore(store =>
        {
            store.UsePostgres(data => data.DataSourceFactory = provider => provider.GetRequiredService<NpgsqlDataSource>());
            store.ConfigureStore(options =>
            {
                options.TablePrefix = QuartzSchema.TablePrefix;
                options.StoreJobDataAsStrings = true;
                // What is later than the threshold waits for this, a dead node's long job too.
                options.MisfireHandlerFrequency = TimeSpan.FromSeconds(1);
                options.DbRetryInterval = TimeSpan.FromSeconds(2);
                // The default gives a job up for ever after five rounds that the database spoiled.
                options.MaxConsecutiveFireFailures = 0;
                options.RecoverFiringsCancelledByShutdown = true;
            });
            store.UseClustering(cluster =>
            {
                cluster.CheckinInterval = CheckIn;
                cluster.CheckinMisfireThreshold = CheckInThreshold;
            });
        });
    }
}
