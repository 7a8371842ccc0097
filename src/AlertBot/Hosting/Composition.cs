using AlertBot.Channels.Signal;
using AlertBot.Channels.Telegram;
using AlertBot.Domain.Channels;
using AlertBot.Jobs;
using AlertBot.Postgres;
using AlertBot.Postgres.Backups;
using AlertBot.Workflows.Names;
using AlertBot.Workflows;
using AlertBot.Workflows.Backups;
using AlertBot.Workflows.Cases;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Importing;
using AlertBot.Workflows.Law;
using AlertBot.Workflows.Overdue;
using AlertBot.Workflows.Reports;
using AlertBot.Workflows.Sending;
using AlertBot.Workflows.SignIn;
using AlertBot.Workflows.Texts;
using AlertBot.Workflows.Webhooks;
using NodaTime;

namespace AlertBot.Hosting;

/// <summary>Puts the parts of the program together.</summary>
public static class Composition
{
    /// <summary>Adds everything that acts: workflows, the chat, jobs by name. <see cref="AddDrivers"/> adds what drives them.</summary>
    /// <param name="backups">How the database is backed up; null for one without backups, such as a replay's.</param>
    public static IServiceCollection AddAlertBot(this IServiceCollection services, Ground ground, Database database, BackupPlan? backups = null)
    {
        services.AddSingleton(new BackupPlace(backups)).AddSingleton(new ProbePlace(ground.Settings.ProbeChat))
            .AddSingleton(ground.Loaded);
        services.AddSingleton(provider => new Checkup(
            ct => new Doctor(ground, database, backups, provider.GetService<JobBoard>(), provider.GetRequiredService<IClock>()).LookAsync(ct)));
        services.AddSingleton<IClock>(SystemClock.Instance);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(ground.Law).AddSingleton(LawFingerprint.Of(Path.Combine(ground.Config, "law"))).AddSingleton(ground.Texts);
        services.AddSingleton(ground.Policies.Reminders).AddSingleton(ground.Policies.Questions).AddSingleton(ground.Policies.Incidents)
            .AddSingleton(ground.Policies.CheckIns).AddSingleton(ground.Policies.Signal).AddSingleton(ground.Policies.Retention);
        services.AddSingleton(database).AddSingleton(database.Source);
        services.AddSingleton(provider => database.Here = ActivatorUtilities.CreateInstance<Wakeups>(provider));
        services.AddSingleton(FreeSpace.Of(ground.Settings.DataDirectory));
        services.AddSingleton<IReadOnlyList<IChannel>>(provider => provider.GetServices<IChannel>().ToList());
        services.AddSingleton(
            new CalendarPlace(ground.Settings.Web.PublicUrl ?? (Uri.TryCreate(ground.Settings.Web.Url, UriKind.Absolute, out var url) ? url : null)));
        services.AddSingleton(ConsolePlace.Of(ground.Settings.Web.PublicUrl, ground.Settings.Web.Url));
        services.AddWorkflows();
        return services;
    }

    /// <summary>Adds one Telegram bot account for receiving and sending.</summary>
    public static IServiceCollection AddTelegram(this IServiceCollection services, TelegramSettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton(provider => new TelegramChannel(
            settings, provider.GetRequiredService<ILogger<TelegramChannel>>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IChannel>(provider => provider.GetRequiredService<TelegramChannel>());
        services.AddSingleton(provider => ReceiverOf(provider, provider.GetRequiredService<TelegramChannel>()));
        services.AddSingleton(provider => DispatcherOf(provider, provider.GetRequiredService<TelegramChannel>()));
        return services;
    }

    /// <summary>Adds one Signal account for receiving and sending.</summary>
    public static IServiceCollection AddSignal(this IServiceCollection services, SignalSettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton(provider => new SignalChannel(
            settings with { Policy = provider.GetRequiredService<SignalPolicy>() }, provider.GetRequiredService<ILogger<SignalChannel>>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IChannel>(provider => provider.GetRequiredService<SignalChannel>());
        services.AddSingleton(provider => ReceiverOf(provider, provider.GetRequiredService<SignalChannel>()));
        services.AddSingleton(provider => DispatcherOf(provider, provider.GetRequiredService<SignalChannel>()));
        return services;
    }

    /// <summary>Adds the loops that run until the program ends: wakeups, receiving, handling, sending.</summary>
    public static IServiceCollection AddDrivers(this IServiceCollection services)
    {
        services.AddSingleton<IHostedService>(provider => new Driver(provider.GetRequiredService<Wakeups>().RunAsync));
        services.AddSingleton<IHostedService>(provider => new Driver(provider.GetRequiredService<NameRegistry>().RunAsync));
        services.AddSingleton<IHostedService>(provider => new Driver(provider.GetRequiredService<InboxWorker>().RunAsync));
        services.AddSingleton<IHostedService>(
            provider => new Driver(ct => Task.WhenAll(provider.GetServices<Receiver>().Select(one => one.RunAsync(ct)))));
        services.AddSingleton<IHostedService>(
            provider => new Driver(ct => Task.WhenAll(provider.GetServices<Dispatcher>().Select(one => one.RunAsync(ct)))));
        services.AddSingleton<IHostedService>(provider => new Driver(provider.GetRequiredService<ImportWorker>().RunAsync));
        services.AddSingleton<IHostedService>(provider => new Driver(provider.GetRequiredService<SendWebhooks>().RunAsync));
        services.AddHostedService<CommandMenuSetup>();
        return services;
    }

    private static Receiver ReceiverOf(IServiceProvider provider, IChannel channel) => new(
        provider.GetRequiredService<Database>(), channel, provider.GetRequiredService<TimeProvider>(),
        provider.GetRequiredService<ILogger<Receiver>>(), SmallTalk.Is, provider.GetRequiredService<SendReport>().ReadAhead);

    private static Dispatcher DispatcherOf(IServiceProvider provider, IChannel channel) => new(
        provider.GetRequiredService<Database>(), channel, provider.GetRequiredService<RecordOutcome>(), provider.GetRequiredService<TextCatalog>(),
        provider.GetRequiredService<Wakeups>(), provider.GetRequiredService<IClock>(), provider.GetRequiredService<TimeProvider>(),
        provider.GetRequiredService<ILogger<Dispatcher>>());

    /// <summary>Runs one loop. Each loop recovers from its own failures.</summary>
    private sealed class Driver(Func<CancellationToken, Task> run) : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Run(() => run(stoppingToken), stoppingToken);
    }
}
