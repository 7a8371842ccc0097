using Hangfire.Common;
using Hangfire.States;
using Hangfire.Storage;
using NodaTime;

namespace AlertBot.Jobs;

/// <summary>
/// How long a failed run stays to be seen. The engine would keep it for ever; of a job that fails every few seconds a week of
/// runs would be tens of thousands, so one of them in ten minutes stays for the week, and the others go as runs that went well do.
/// </summary>
internal sealed class FailedRuns(JobSettings settings, IClock clock) : JobFilterAttribute, IApplyStateFilter
{
    private readonly Dictionary<string, Instant> _kept = new(StringComparer.Ordinal);

    public void OnStateApplied(ApplyStateContext context, IWriteOnlyTransaction transaction)
    {
        if (context.NewState is FailedState)
            transaction.ExpireJob(context.BackgroundJob.Id, KeepFor(EngineSchedule.NameOf(context.BackgroundJob.Job) ?? "").ToTimeSpan());
    }

    public void OnStateUnapplied(ApplyStateContext context, IWriteOnlyTransaction transaction)
    {
    }

    private Duration KeepFor(string job)
    {
        var now = clock.GetCurrentInstant();
        lock (_kept)
        {
            if (_kept.TryGetValue(job, out var last) && now - last < settings.OneFailureEach)
                return settings.KeepRunsFor;
            _kept[job] = now;
            return settings.KeepFailuresFor;
        }
    }
}
