using Hangfire.Common;
using Hangfire.States;
using Hangfire.Storage;
using NodaTime;

namespace AlertBot.Jobs;

/// <summary>
/// How long a failed run stays visible. The engine would keep it for ever, and a job that fails every few seconds would leave
/// tens of thousands in a week. So one run in ten minutes stays for the week; the others go as soon as successful runs do.
/// </summary>
internal sealed class FailedRuns : JobFilterAttribute, IElectStateFilter, IApplyStateFilter
{
    private readonly JobSettings _settings;
    private readonly IClock _clock;
    private readonly Dictionary<string, Instant> _kept = new(StringComparer.Ordinal);

    public FailedRuns(JobSettings settings, IClock clock)
    {
        (_settings, _clock) = (settings, clock);
        // After the filter that decides whether the run is tried again.
        Order = int.MaxValue;
    }

    public void OnStateElection(ElectStateContext context)
    {
        if (context.CandidateState is FailedState failed)
            context.CandidateState = new LastFailure(failed);
    }

    public void OnStateApplied(ApplyStateContext context, IWriteOnlyTransaction transaction)
    {
        if (context.NewState is LastFailure)
            context.JobExpirationTimeout = KeepFor(EngineSchedule.NameOf(context.BackgroundJob.Job) ?? "").ToTimeSpan();
    }

    public void OnStateUnapplied(ApplyStateContext context, IWriteOnlyTransaction transaction)
    {
    }

    private Duration KeepFor(string job)
    {
        var now = _clock.GetCurrentInstant();
        lock (_kept)
        {
            if (_kept.TryGetValue(job, out var last) && now - last < _settings.OneFailureEach)
                return _settings.KeepRunsFor;
            _kept[job] = now;
            return _settings.KeepFailuresFor;
        }
    }

    /// <summary>The engine's failed state, but final: the engine keeps a state that is not final for ever, whatever a filter says.</summary>
    private sealed class LastFailure(FailedState failed) : IState
    {
        public string Name => failed.Name;

        public string? Reason => failed.Reason;

        public bool IsFinal => true;

        public bool IgnoreJobLoadException => failed.IgnoreJobLoadException;

        public Dictionary<string, string> SerializeData() => failed.SerializeData();
    }
}
