using AlertBot.Jobs;
using AlertBot.Workflows.Overdue;
using Npgsql;

namespace AlertBot.Hosting;

/// <summary>Runs the auditor every minute, outside the job engine, because the auditor watches that engine too.</summary>
internal sealed partial class AuditorDriver(OverdueAuditor auditor, JobEngine engine, TimeProvider time, ILogger<AuditorDriver> logger)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Every, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                if (stoppingToken.IsCancellationRequested)
                    return;
                await auditor.RunAsync(stoppingToken);
                await engine.LookAtClockAsync(stoppingToken);
                if (await engine.MendAsync(stoppingToken))
                    LogMended();
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception outage) when (outage is NpgsqlException or IOException or TimeoutException or InvalidOperationException)
            {
                LogCannotLook(outage.GetType().Name);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "The job engine's tables were damaged: what could not be read is gone, and all jobs are on the list again")]
    private partial void LogMended();

    [LoggerMessage(LogLevel.Error, "Cannot look for what is overdue ({Failure})")]
    private partial void LogCannotLook(string failure);
}
