using AlertBot.Postgres;
using AlertBot.Postgres.Vaults;
using Npgsql;

namespace AlertBot.Hosting;

/// <summary>
/// Follows the key file while the program runs, and records which keys this node holds. An operator who replaces a key waits until all nodes have the
/// new one.
/// </summary>
internal sealed partial class KeyWatch(Database database, TimeProvider time, ILogger<KeyWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SayAnyway = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var holders = new KeyHolders(database.Source, database.Vault);
        var said = 0L;
        var file = 0L;
        string? problem = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var now = database.Vault.KeyFile is { } path ? File.GetLastWriteTimeUtc(path).Ticks : 0;
                if (now != file || said == 0 || time.GetElapsedTime(said) > SayAnyway)
                {
                    if (database.Vault.Refresh() is var found && found != problem && (problem = found) is not null)
                        LogProblem(problem);
                    await holders.SayAsync(stoppingToken);
                    (file, said) = (now, time.GetTimestamp());
                }
            }
            catch (Exception outage) when (outage is NpgsqlException or IOException or TimeoutException or InvalidOperationException)
            {
                // The next look records it.
            }

            await Task.Delay(Look, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        try
        {
            await holders.LeaveAsync(CancellationToken.None);
        }
        catch (Exception outage) when (outage is NpgsqlException or IOException or TimeoutException or InvalidOperationException)
        {
            // The other nodes drop this one from the list after a while.
        }
    }

    [LoggerMessage(LogLevel.Error, "{Problem} The keys in memory go on being used until the program ends.")]
    private partial void LogProblem(string problem);
}
