using AlertBot.Domain.Deadlines;
using AlertBot.Domain.Jobs;
using NodaTime;

namespace AlertBot.Workflows.Deadlines;

/// <summary>
/// The watch over dates, a job for each subject, so that whoever looks at the jobs reads what is watched, and trouble with one subject
/// does not hold up another. All of them are ticks of the one <see cref="DeadlineMonitor"/>.
/// </summary>
public abstract class DeadlineJob(DeadlineMonitor monitor, string name, IReadOnlyCollection<DeadlineKind> kinds) : IRecurringJob
{
    public string Name => name;

    /// <summary>The deadlines that make it look at a case.</summary>
    public IReadOnlyCollection<DeadlineKind> Kinds => kinds;

    public bool WatchesPeople => true;

    // People act on a date within hours; four jobs of ten seconds would be half of what an idle program does.
    public JobSchedule Schedule { get; } = new JobSchedule.Every(Duration.FromSeconds(30));

    public Task RunAsync(CancellationToken ct) => monitor.RunAsync(ct, kinds);
}

/// <summary>The day on which somebody must be let go, or be handed over at the latest.</summary>
public sealed class ReleaseDeadlines(DeadlineMonitor monitor) : DeadlineJob(monitor, "release-deadlines", Watched)
{
    internal static readonly DeadlineKind[] Watched = [DeadlineKind.ReleaseDue, DeadlineKind.HandOverLimit];
}

/// <summary>Court days: a hearing, a review of detention, and the last moment for a motion before it.</summary>
public sealed class Hearings(DeadlineMonitor monitor) : DeadlineJob(monitor, "hearings", Watched)
{
    internal static readonly DeadlineKind[] Watched =
        [DeadlineKind.HearingExpected, DeadlineKind.DetentionReviewDue, DeadlineKind.ProsecutorMotionCutoff];
}

/// <summary>Somebody is held, and no date at all is on file.</summary>
public sealed class NoNextDate(DeadlineMonitor monitor) : DeadlineJob(monitor, "no-next-date", Watched)
{
    internal static readonly DeadlineKind[] Watched = [DeadlineKind.NoNextDate];
}

/// <summary>Every other date: what no job of its own watches is watched here, also a kind that is new.</summary>
public sealed class OtherDeadlines(DeadlineMonitor monitor) : DeadlineJob(
    monitor, "other-deadlines", [.. Enum.GetValues<DeadlineKind>().Except(ReleaseDeadlines.Watched)
        .Except(Hearings.Watched).Except(NoNextDate.Watched)]);
