using AlertBot.Domain.Jobs;
using AlertBot.Postgres;
using AlertBot.Postgres.Backups;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Backups;

/// <summary>The daily backup.</summary>
public sealed class DailyBackup(BackUp backUp, BackupPlace place) : IRecurringJob
{
    public string Name => "backup";

    public JobSchedule Schedule { get; } = new JobSchedule.Daily(
        place.Plan?.At ?? new LocalTime(3, 0), DateTimeZoneProviders.Tzdb.GetSystemDefault());

    // The reason for a failure is recorded in words beside the backups. The engine's log has the type alone.
    public Task RunAsync(CancellationToken ct) => place.Plan is { } plan ? backUp.RunAsync(plan, ct) : Task.CompletedTask;
}

/// <summary>Tells owners that the newest backup is too old, for whatever reason.</summary>
public sealed class BackupWatch(Database database, BackUp backUp, BackupPlace place) : IRecurringJob
{
    /// <summary>A day, and half a day more for a machine that was switched off.</summary>
    public static readonly Duration OverdueAfter = Duration.FromHours(36);

    public string Name => "backup-watch";

    public JobSchedule Schedule { get; } = new JobSchedule.Every(Duration.FromHours(1));

    public async Task RunAsync(CancellationToken ct)
    {
        if (place.Plan is null)
            return;

        await using var session = await database.BeginAsync(ct);
        var newest = await session.Backups.NewestAsync();
        if (newest is null && await session.Audit.SinceAsync() is { } since && session.Now - since > OverdueAfter)
            await backUp.TellAsync(session, "overdue", new Line("backup.never"));
        if (newest is not null && session.Now - newest.MadeAt > OverdueAfter)
            await backUp.TellAsync(session, "overdue", new Line("backup.overdue", ("at", newest.MadeAt.InUtc())));
        await session.CommitAsync(ct);
    }
}

/// <summary>Where backups go.</summary>
/// <param name="Plan">Null for a database without backups, such as a replay's.</param>
public sealed record BackupPlace(BackupPlan? Plan);
