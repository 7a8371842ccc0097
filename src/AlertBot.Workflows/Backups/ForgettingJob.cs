using AlertBot.Domain.Jobs;
using AlertBot.Postgres;
using AlertBot.Postgres.Backups;
using NodaTime;

namespace AlertBot.Workflows.Backups;

/// <summary>Erases what somebody deleted from the disk, and from its only copy, within a minute.</summary>
public sealed class ForgettingJob(Database database, BackupPlace place, IClock clock) : IRecurringJob
{
    public string Name => "forgetting";

    public JobSchedule Schedule { get; } = new JobSchedule.Every(Duration.FromMinutes(1));

    /// <exception cref="TimeoutException">Somebody holds a table. All else is done, and the next run begins anew.</exception>
    public async Task RunAsync(CancellationToken ct)
    {
        long? wanted;
        await using (var session = await database.BeginAsync(ct))
            wanted = await session.Backups.ForgettingAsync();
        if (wanted is not { } upTo)
            return;

        var isGone = await new ForgetForGood(database.Source).RunAsync(ct);
        if (place.Plan is { } plan)
            await plan.Maker.KeepLatestAsync(clock.GetCurrentInstant(), ct);

        if (!isGone)
            throw new TimeoutException("Somebody holds a table of what is to be forgotten.");
        await using var done = await database.BeginAsync(ct);
        await done.Backups.ForgottenAsync(upTo);
        await done.CommitAsync(ct);
    }
}
