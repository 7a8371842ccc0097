using Hangfire;
using Hangfire.AspNetCore;
using Hangfire.Common;
using Hangfire.Server;
using Hangfire.States;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace AlertBot.Jobs;

/// <summary>How a node works: which workers take runs, how often it looks, what becomes of a failed run.</summary>
internal static class JobWorkers
{
    /// <summary>How often a node reports that it is alive, for the pages and for whoever asks whether any node works.</summary>
    public static readonly TimeSpan CheckIn = TimeSpan.FromSeconds(3);

    // Jobs take milliseconds. Each idle worker asks for work once a second.
    private const int ForBoth = 1;

    public static BackgroundJobServer Start(IServiceProvider services, JobStorage storage, JobSettings settings, IClock clock)
    {
        var activator = new AspNetCoreJobActivator(services.GetRequiredService<IServiceScopeFactory>());
        // Not the global filters: a program has one set of those, and ten repetitions among them.
        var filters = new JobFilterCollection { Retry(settings), new FailedRuns(settings, clock) };
        // A long clean-up may occupy the worker that serves both queues, but never this one.
        var reserved = new Worker(
            [JobQueues.Critical], new BackgroundJobPerformer(filters, activator, TaskScheduler.Default), new BackgroundJobStateChanger(filters));
        return new BackgroundJobServer(Options(activator, filters, settings), storage, [reserved]);
    }

    private static BackgroundJobServerOptions Options(JobActivator activator, JobFilterCollection filters, JobSettings settings) => new()
    {
        ServerName = Environment.MachineName,
        Queues = [JobQueues.Critical, JobQueues.Default],
        WorkerCount = ForBoth,
        Activator = activator,
        FilterProvider = filters,
        // The delay until a due run is noticed. One run makes up for all that were missed.
        SchedulePollingInterval = settings.LookEvery.ToTimeSpan(),
        HeartbeatInterval = CheckIn,
        // Running jobs are asked to stop at once, and waited for.
        StopTimeout = TimeSpan.Zero,
        ShutdownTimeout = settings.StopWithin.ToTimeSpan(),
    };

    private static AutomaticRetryAttribute Retry(JobSettings settings) => new()
    {
        Attempts = settings.RetryAfter.Count,
        DelaysInSeconds = settings.RetryAfter.Count == 0 ? [0] : [.. settings.RetryAfter.Select(pause => (int)pause.TotalSeconds)],
        // After that the run stays among the failed ones. The schedule goes on either way.
        OnAttemptsExceeded = AttemptsExceededAction.Fail,
    };
}
