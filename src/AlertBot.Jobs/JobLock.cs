using AlertBot.Postgres;
using NodaTime;
using Npgsql;

namespace AlertBot.Jobs;

/// <summary>
/// Keeps a job from running twice at the same time. A node that is gone, frozen or cut off loses it within seconds. Should that
/// node wake, its run goes on beside another's, which does no harm: a job may run twice.
/// </summary>
internal static class JobLock
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <returns>Null when somebody has it.</returns>
    public static Task<ClusterLock?> TryTakeAsync(NpgsqlDataSource database, string job, CancellationToken ct) =>
        ClusterLock.TryTakeAsync(database, $"job/{job}", ct);

    /// <summary>Waits for it.</summary>
    /// <returns>Null when somebody else holds it all the while.</returns>
    public static async Task<ClusterLock?> TakeWithinAsync(
        NpgsqlDataSource database, string job, Duration patience, TimeProvider time, CancellationToken ct)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            if (await TryTakeAsync(database, job, ct) is { } taken)
                return taken;
            if (time.GetElapsedTime(start) > patience.ToTimeSpan())
                return null;
            await Task.Delay(Pause, time, ct);
        }
    }
}
