using System.Globalization;
using AlertBot.Domain.Jobs;
using Hangfire;
using Hangfire.Common;
using Hangfire.Storage;
using NodaTime;

namespace AlertBot.Jobs;

/// <summary>A job and its schedule in the words of the engine.</summary>
internal static class EngineSchedule
{
    /// <summary>More than a plan may be ahead by itself, and than two nodes' clocks differ.</summary>
    public static readonly Duration Slack = Duration.FromMinutes(1);

    /// <summary>No run of any job is planned for later. On a day when the clocks change it has an hour more.</summary>
    public static readonly Duration LongestOfAll = Duration.FromDays(1) + Duration.FromHours(1);

    public static Job Detail(IRecurringJob job, JobSettings settings) => Job.FromExpression<ScheduledRun>(
        run => run.RunAsync(job.Name, JobPlan.Of(job, settings), null!, CancellationToken.None), JobQueues.Of(job));

    /// <summary>The name that a run carries; null where it cannot be read.</summary>
    public static string? NameOf(Job? run) => run?.Args is [string name, ..] ? name : null;

    public static RecurringJobOptions Options(IRecurringJob job) => new()
    {
        TimeZone = job.Schedule is JobSchedule.Daily daily ? JobTimeZone.Of(daily.Zone) : TimeZoneInfo.Utc,
        // One run now makes up for all that were missed.
        MisfireHandling = MisfireHandlingMode.Relaxed,
    };

    /// <summary>Whether the stored job is as the code wants it.</summary>
    public static bool IsAsStored(IRecurringJob job, JobSettings settings, RecurringJobDto? stored) =>
        stored is { Error: null, Job.Args: [string name, string plan, ..] } && name == job.Name && plan == JobPlan.Of(job, settings);

    /// <summary>Whether its next run is further ahead than any can be: a clock planned it that has gone back since.</summary>
    public static bool IsTooFarAhead(IRecurringJob job, RecurringJobDto stored, Instant now) =>
        stored.NextExecution > (now + Longest(job)).ToDateTimeUtc();

    // An hour more of a day, for one on which the clocks change. An interval knows of no such day: with that hour a clock that goes back by one would
    // leave the job standing for it.
    private static Duration Longest(IRecurringJob job) =>
        job.Schedule is JobSchedule.Every every ? every.Interval + Slack : LongestOfAll;

    /// <summary>
    /// The engine plans by the calendar, to the second. An interval starts when its job is put on the list, so that
    /// the first run is due at once and each further one a whole interval later.
    /// </summary>
    public static string Cron(IRecurringJob job, Instant now) => job.Schedule switch
    {
        JobSchedule.Every every => Every(job.Name, every.Interval, now.InUtc().TimeOfDay),
        JobSchedule.Daily { At: var at } => string.Create(CultureInfo.InvariantCulture, $"{at.Second} {at.Minute} {at.Hour} * * *"),
        _ => throw new InvalidOperationException($"A schedule of a new kind: {job.Schedule.GetType().Name}."),
    };

    private static string Every(string name, Duration interval, LocalTime now) => (long)interval.TotalSeconds switch
    {
        var seconds when interval != Duration.FromSeconds(seconds) => throw NotOnTheCalendar(name, interval),
        < 60 and var seconds when 60 % seconds == 0 => $"{now.Second % seconds}/{seconds} * * * * *",
        < 3600 and var seconds when 3600 % seconds == 0 && seconds % 60 == 0 => $"{now.Second} {now.Minute % (seconds / 60)}/{seconds / 60} * * * *",
        <= 86400 and var seconds when 86400 % seconds == 0 && seconds % 3600 == 0 =>
            $"{now.Second} {now.Minute} {now.Hour % (seconds / 3600)}/{seconds / 3600} * * *",
        _ => throw NotOnTheCalendar(name, interval),
    };

    private static InvalidOperationException NotOnTheCalendar(string name, Duration interval) =>
        new($"The job {name} cannot run every {interval.TotalSeconds} s: the interval must divide a minute, an hour or a day.");
}
