using Hangfire;
using Hangfire.AspNetCore;
using Hangfire.Common;
using Hangfire.Server;
using Hangfire.States;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace AlertBot.Jobs;

/// <summary>What a node that works is like: who takes runs, how often it looks, what becomes of a run that fails.</summary>
internal static class JobWorkers
{
    /// <summary>How often a node says that it is alive, for the pages and for whoever asks whether any is at work.</summary>
    public static readonly TimeSpan CheckIn = TimeSpan.FromSeconds(3);

    // Jobs take milliseconds. Each idle worker asks for work once a second.
    private const int ForBoth = 1;

    public static BackgroundJobServer Start(IServiceProvider services, JobStorage storage, JobSettings settings, IClock clock)
    {
        var activator = new AspNetCoreJobActivator(services.GetRequiredService<IServiceScopeFactory>());
        // Not the global filters: a program has one set of those, and ten repetitions among them.
        var filters = new JobFilterCollection { Retry(settings), new FailedRuns(settings, clock) };
        // A long clean-up may take the worker that serves both; this one it can never have.
        var reserved = new Worker([JobQueues.Critical], new BackgroundJobPerformer(filters, activator, TaskScheduler.Default), new BackgroundJobStateChanger(filters));
        return new BackgroundJobServer(Options(activator, filters, settings), storage, [reserved]);
    }

    private static BackgroundJobServerOptions Options(JobActivator activator, JobFilterCollection filters, JobSettings settings) => new()
    {
        ServerName = Environment.MachineName,
        Queues = [JobQueues.Critical, JobQueues.Default],
        WorkerCount = ForBoth,
        Activator = activator,
        FilterProvider = filters,
        // How late a run is noticed to be due. Missed ones are made up for by one.
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
        // Then it is seen among the failed ones; the schedule goes on either way.
        OnAttemptsExceeded = AttemptsExceededAction.Fail,
    };
}
