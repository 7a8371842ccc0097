using AlertBot.Domain.Jobs;

namespace AlertBot.Jobs;

/// <summary>Kept with a stored job, to compare it with what the code wants.</summary>
internal static class JobPlan
{
    public static string Of(IRecurringJob job, JobSettings settings) =>
        $"{job.Schedule}, {JobQueues.Of(job)}, again after {string.Join(", ", settings.RetryAfter.Select(pause => pause.TotalSeconds))} s";
}
