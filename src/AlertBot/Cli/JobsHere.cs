using AlertBot.Hosting;
using AlertBot.Jobs;

namespace AlertBot.Cli;

/// <summary>The jobs in a process that ends. It lists them or runs one; no schedule runs here.</summary>
internal sealed class JobsHere(ServiceProvider services) : IAsyncDisposable
{
    public JobBoard Board => services.GetRequiredService<JobBoard>();

    public static JobsHere Of(Ground ground, Storage storage)
    {
        var services = new ServiceCollection();
        services.AddLogging(log => log.SetMinimumLevel(LogLevel.Warning)
            .AddFilter("Microsoft", LogLevel.None).AddFilter("System.Net.Http", LogLevel.None)
            .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace));
        services.AddAlertBot(ground, storage.Database, storage.Backups);
        // A job may ask a messenger something, so the channels exist, but nothing is received or sent.
        if (ground.Settings.Telegram is { } telegram)
            services.AddTelegram(telegram);
        if (ground.Settings.Signal is { } signal)
            services.AddSignal(signal);
        services.AddJobList();
        return new JobsHere(services.BuildServiceProvider());
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();
}
