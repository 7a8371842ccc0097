using AlertBot.Channels.Signal;
using AlertBot.Channels.Telegram;
using AlertBot.Workflows.Overdue;
using NodaTime;
using Npgsql;

namespace AlertBot.Hosting;

/// <summary>
/// Calls a watchdog's address every minute while all is well. When the calls stop, the watchdog alerts people over its own channel: this machine is
/// dead or cannot work, and cannot say so itself.
/// </summary>
internal sealed partial class Heartbeat(
    IServiceProvider services, Storage storage, Uri address, TimeProvider time, IClock clock, ILogger<Heartbeat> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    // Short, so that the watchdog soon learns that a problem is over.
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private string? _saidWhy = "the program is starting";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var http = new HttpClient { Timeout = Patience };
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await BeatAsync(http, stoppingToken);
            }
            catch (Exception outage) when (
                outage is NpgsqlException or HttpRequestException or TaskCanceledException or IOException or InvalidOperationException)
            {
                if (!stoppingToken.IsCancellationRequested)
                    LogNotCalled(outage.GetType().Name);
            }

            await Task.Delay(_saidWhy is null ? Every : LookAgain, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task BeatAsync(HttpClient http, CancellationToken ct)
    {
        var why = await WhyNotAsync(ct);
        if (why is null)
        {
            using var answer = await http.GetAsync(address, ct);
            if (!answer.IsSuccessStatusCode)
                why = "the watchdog does not take the call";
        }

        if (why is not null && why != _saidWhy)
            LogNotWell(why);
        _saidWhy = why;
    }

    private async Task<string?> WhyNotAsync(CancellationToken ct)
    {
        var health = await Health.ReadyAsync(services, storage, ct);
        if (!health.IsReady)
            return "the program is not ready";
        if (!CanSend())
            return "no messenger can be reached";

        await using var session = await storage.Database.BeginAsync(ct);
        return (await session.Vitals.OverdueAsync(clock.GetCurrentInstant() - OverdueAuditor.Patience)).IsNothing ? null : "something is overdue";
    }

    private bool CanSend() =>
        services.GetService<TelegramChannel>() is { State: TelegramState.Receiving or TelegramState.Starting }
        || services.GetService<SignalChannel>() is { State: SignalState.Receiving or SignalState.Starting };

    // The address's path is the watchdog's secret.
    [LoggerMessage(LogLevel.Warning, "The watchdog outside could not be called ({Failure})")]
    private partial void LogNotCalled(string failure);

    [LoggerMessage(LogLevel.Warning, "The watchdog outside is not told that all is well: {Why}")]
    private partial void LogNotWell(string why);
}
