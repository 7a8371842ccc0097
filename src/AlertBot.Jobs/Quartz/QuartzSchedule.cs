using AlertBot.Domain.Jobs;
using Quartz;

namespace AlertBot.Jobs.Quartz;

/// <summary>A job and its schedule in the words of the engine.</summary>
internal static class QuartzSchedule
{
    /// <summary>
    /// Runs later than this are missed, and one run now makes up for all of them. Below it each is made up for by itself.
    /// A setting of the trigger, because the engine's own would also delay the runs that a dead node leaves behind.
    /// </summary>
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(5);

    public static JobKey KeyOf(string name) => new(name);

    public static TriggerKey TriggerKeyOf(string name) => new(name);

    /// <summary>Never beside itself, and taken up by another node when its own dies.</summary>
    public static IJobDetail Detail(IRecurringJob job) => JobBuilder.Create<QuartzJob>()
        .WithIdentity(KeyOf(job.Name))
        .DisallowConcurrentExecution()
        .RequestRecovery()
        .StoreDurably()
        .Build();

    public static ITrigger Trigger(IRecurringJob job, JobSettings settings) => TriggerBuilder.Create()
        .WithIdentity(TriggerKeyOf(job.Name))
        .ForJob(KeyOf(job.Name))
        .WithDescription(JobPlan.Of(job, settings))
        .WithMisfireThreshold(Late)
        .WithRetryPolicy(RetryPolicy.Explicit([.. settings.RetryAfter.Select(pause => pause.ToTimeSpan())]))
        .WithSchedule(Schedule(job.Schedule))
        .StartNow()
        .Build();

    private static IScheduleBuilder Schedule(JobSchedule schedule) => schedule switch
    {
        JobSchedule.Every every => SimpleScheduleBuilder.Create()
            .WithInterval(every.Interval.ToTimeSpan())
            .RepeatForever()
            .WithMisfireInstruction(SimpleTriggerMisfireInstruction.NowWithRemainingCount),
        JobSchedule.Daily daily => CronScheduleBuilder.Create($"{daily.At.Second} {daily.At.Minute} {daily.At.Hour} * * ?")
            .InTimeZone(JobTimeZone.Of(daily.Zone))
            .WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed),
        _ => throw new InvalidOperationException($"A schedule of a new kind: {schedule.GetType().Name}."),
    };
}
