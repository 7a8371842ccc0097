using AlertBot.Domain.Jobs;

namespace AlertBot.Jobs;

/// <summary>Kept by an engine with a stored job: whether that still is what the code wants.</summary>
public static class JobPlan
{
    public static string Of(IRecurringJob job, JobSettings settings) =>
        $"{job.Schedule}, again after {string.Join(", ", settings.RetryAfter.Select(pause => pause.TotalSeconds))} s";
}
