using Hangfire.Common;
using Hangfire.States;
using Hangfire.Storage;
using NodaTime;

namespace AlertBot.Jobs;

/// <summary>
/// How long a failed run stays visible. The engine would keep it for ever, and a job that fails every few seconds would leave
/// tens of thousands in a week. So one run in ten minutes stays for the week; the others go as soon as successful runs do.
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
