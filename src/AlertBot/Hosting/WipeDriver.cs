using AlertBot.Postgres;
using NodaTime;
using Npgsql;

namespace AlertBot.Hosting;

/// <summary>
/// Sees that two owners want everything destroyed. After a few seconds, in which the last messages leave and other nodes see it too, this
/// node's keys are gone, and the program ends; what is left on the disk goes with it.
/// </summary>
internal sealed partial class WipeDriver(
    Database database, Wipe wipe, Ended ended, IHostApplicationLifetime program, IClock clock, TimeProvider time, ILogger<WipeDriver> logger)
    : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(8);

    /// <summary>What was confirmed before that, and is still here, was restored: it is not done to the new machine.</summary>
    private static readonly Duration Stale = Duration.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            if (wipe.IsDone)
            {
                Destroy();
                return;
            }

            if (await IsWantedAsync(stoppingToken))
            {
                LogSeen();
                await Task.Delay(LastWords, time, CancellationToken.None);
                Destroy();
                return;
            }

            await Task.Delay(Look, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> IsWantedAsync(CancellationToken ct)
    {
        try
        {
            await using var session = await database.BeginAsync(ct);
            return await session.Wipes.ConfirmedAtAsync() is { } at && clock.GetCurrentInstant() - at < Stale;
        }
        catch (Exception outage) when (outage is NpgsqlException or IOException or TimeoutException or InvalidOperationException
            or OperationCanceledException)
        {
            // The next look says it.
            return false;
        }
    }

    private void Destroy()
    {
        ended.ByWipe = true;
        try
        {
            wipe.DestroyKeys();
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            LogKeysStay(refusal.GetType().Name);
        }
        finally
        {
            program.StopApplication();
        }
    }

    [LoggerMessage(LogLevel.Warning, "Two owners want everything on this machine destroyed: it begins in a few seconds")]
    private partial void LogSeen();

    [LoggerMessage(LogLevel.Critical, "The key file cannot be destroyed ({Failure})")]
    private partial void LogKeysStay(string failure);
}

/// <summary>Why the program ended.</summary>
internal sealed class Ended
{
    public bool ByWipe { get; set; }
}
