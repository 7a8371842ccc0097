using AlertBot.Channels.Telegram;
using AlertBot.Desk;
using AlertBot.Jobs;

namespace AlertBot.Hosting;

/// <summary>The running program: storage, bot, jobs, web endpoints.</summary>
public sealed class Server : IAsyncDisposable
{
    /// <summary>An update of Telegram has a few kilobytes, a form of the desk less. Files are downloaded separately.</summary>
    private const long LargestBody = 1 << 20;

    private readonly WebApplication _app;
    private readonly Storage _storage;
    private readonly Ended _ended;

    private Server(WebApplication app, Storage storage, Ended ended) => (_app, _storage, _ended) = (app, storage, ended);

    public IServiceProvider Services => _app.Services;

    /// <summary>The directory of keys, attachments and the private cluster.</summary>
    public string Directory => _storage.Directory;

    /// <summary>Whether two owners wanted everything destroyed: whoever disposes of this does what is left of it.</summary>
    public bool IsToBeWiped => _ended.ByWipe;

    /// <exception cref="OperatorProblem">It cannot be started; the message says why and what to do.</exception>
    public static async Task<Server> StartAsync(
        Ground ground, CancellationToken ct, string? directory = null, Action<IServiceCollection>? also = null)
    {
        // Settings are read once, and not by the framework: it would watch every file below the working directory, the database's too.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = ["--hostBuilder:reloadConfigOnChange=false"] });
        builder.Logging.ClearProviders();
        ConfigureLog(builder.Logging, ground.Settings.LogLevel);
        builder.WebHost.UseUrls(ground.Settings.Web.Url);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
        });
        // Sending a message may take as long as the messenger's timeout.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(25));

        using var log = LoggerFactory.Create(logging => ConfigureLog(logging, ground.Settings.LogLevel));
        var storage = await Storage.OpenAsync(ground, log, ct, directory, mayMigrate: true);
        try
        {
            builder.Services.AddAlertBot(ground, storage.Database, storage.Backups);
            if (ground.Settings.Telegram is { } telegram)
                builder.Services.AddTelegram(telegram);
            if (ground.Settings.Signal is { } signal)
                builder.Services.AddSignal(signal);
            builder.Services.AddDrivers();
            builder.Services.AddHostedService<KeyWatch>();
            builder.Services.AddHostedService<AuditorDriver>();
            var ended = new Ended();
            if (directory is null)
                builder.Services.AddSingleton(new Wipe(ground, storage.Directory)).AddSingleton(ended).AddHostedService<WipeDriver>();
            builder.Services.AddMetrics(storage);
            if (ground.Settings.HeartbeatUrl is { } watchdog)
                builder.Services.AddHostedService(provider => ActivatorUtilities.CreateInstance<Heartbeat>(provider, storage, watchdog));
            builder.Services.AddJobs();
            builder.Services.AddConsole();
            also?.Invoke(builder.Services);

            var app = builder.Build();
            app.UseMetrics(ground.Settings.MetricsToken);
            Map(app, storage);
            app.MapJobPages(app.Services.GetRequiredService<ConsoleSessions>().MayReadJobsAsync);
            try
            {
                await app.StartAsync(ct);
            }
            catch (Exception failure)
            {
                // Services that have started must stop too, or they would keep the process alive on a closed database.
                await app.StopAsync(CancellationToken.None);
                await app.DisposeAsync();
                throw failure is IOException
                    ? new OperatorProblem($"Cannot listen on {ground.Settings.Web.Url}. Is another AlertBot running? Web__Url names another address.")
                    : failure;
            }

            return new Server(app, storage, ended);
        }
        catch
        {
            await storage.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until the program is told to stop.</summary>
    public async Task WaitAsync(CancellationToken ct)
    {
        await using var stop = ct.Register(() => _app.Lifetime.StopApplication());
        await _app.WaitForShutdownAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _storage.DisposeAsync();
    }

    private static void Map(WebApplication app, Storage storage)
    {
        app.MapGet("/health/live", () => Results.Ok(new { status = "live" }));
        app.MapGet(
            "/health/ready", async (CancellationToken ct) => (await Health.ReadyAsync(app.Services, storage, ct)) is { IsReady: var ready } answer
            ? Results.Json(answer, statusCode: ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable)
            : Results.StatusCode(StatusCodes.Status503ServiceUnavailable));
        app.MapConsole();
        app.MapCalendar();
        if (app.Services.GetService<TelegramChannel>() is { } telegram)
            app.MapTelegramWebhook(telegram);
    }

    // Framework and engine log nothing: paths and addresses are private, and their errors quote whole exceptions. Our code logs failed jobs, and
    // doctor shows late ones.
    private static void ConfigureLog(ILoggingBuilder logging, LogLevel level) => logging
        .SetMinimumLevel(level)
        .AddFilter("Microsoft", LogLevel.None)
        .AddFilter("Hangfire", LogLevel.None)
        .AddFilter("System.Net.Http", LogLevel.None)
        .AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss'Z' ";
        });
}
