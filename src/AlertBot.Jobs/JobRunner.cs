using System.Data.Common;
using System.Diagnostics;
using System.Security.Cryptography;
using AlertBot.Domain.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace AlertBot.Jobs;

/// <summary>One run of one job, by the engine or by hand: looked up by name, recorded, and logged if it fails.</summary>
public sealed partial class JobRunner(IServiceScopeFactory scopes, JobJournal journal, IClock clock, ILogger<JobRunner> logger)
{
    /// <summary>Puts what a run needs into a program.</summary>
    public static void AddTo(IServiceCollection services, JobSettings? settings)
    {
        services.TryAddSingleton<IClock>(SystemClock.Instance);
        services.AddSingleton(settings ?? new JobSettings());
        services.AddSingleton<JobJournal>().AddSingleton<JobRunner>();
    }

    /// <param name="attempt">1 for the run by schedule, 2 for the first repetition of a failed one.</param>
    /// <returns>Null when it went well, otherwise the code under which the failure was logged.</returns>
    /// <exception cref="OperationCanceledException">The node stops and the run is not done: do it again elsewhere.</exception>
    public async Task<string?> RunAsync(string name, int attempt, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var job = scope.ServiceProvider.GetServices<IRecurringJob>().FirstOrDefault(job => job.Name == name);
        if (job is null)
        {
            // While an update rolls over the cluster, a node of the old program may draw a job of the new one.
            var unknown = NewCode();
            LogUnknown(name, unknown);
            return unknown;
        }

        var start = Stopwatch.GetTimestamp();
        await RecordAsync(name, () => journal.StartedAsync(name, clock.GetCurrentInstant()));

        var code = await TryAsync(job, attempt, ct);

        var took = Duration.FromTimeSpan(Stopwatch.GetElapsedTime(start));
        await RecordAsync(name, () => journal.FinishedAsync(name, clock.GetCurrentInstant(), took, code));
        LogFinished(name, took.TotalMilliseconds);
        return code;
    }

    private async Task<string?> TryAsync(IRecurringJob job, int attempt, CancellationToken ct)
    {
        try
        {
            await job.RunAsync(ct);
            return null;
        }
        catch (Exception) when (ct.IsCancellationRequested)
        {
            // Whatever a job throws after it was told to stop counts as stopping.
            LogInterrupted(job.Name);
            throw new OperationCanceledException(ct);
        }
        catch (Exception failure)
        {
            var code = NewCode();
            LogFailed(job.Name, code, attempt, Kind(failure), Place(failure));
            LogFrames(code, failure.StackTrace);
            return code;
        }
    }

    // A journal that cannot be written must not keep the clocks of cases from being watched.
    private async Task RecordAsync(string name, Func<Task> record)
    {
        try
        {
            await record();
        }
        catch (Exception failure)
        {
            LogNotRecorded(name, Kind(failure));
        }
    }

    private static string NewCode() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));

    // Types and SQL states, never messages: those may quote what a person wrote.
    private static string Kind(Exception exception)
    {
        var name = exception is DbException { SqlState: { } state }
            ? $"{exception.GetType().Name} {state}"
            : exception.GetType().Name;
        return exception.InnerException is { } inner ? $"{name} < {Kind(inner)}" : name;
    }

    /// <summary>The method of ours nearest to the failure.</summary>
    private static string Place(Exception failure)
    {
        var methods = new StackTrace(failure).GetFrames()
            .Select(frame => frame.GetMethod())
            .Select(method => $"{method?.DeclaringType?.FullName}.{method?.Name}")
            .ToList();
        return methods.Find(method => method.StartsWith("AlertBot.", StringComparison.Ordinal))
            ?? methods.FirstOrDefault("nowhere");
    }

    [LoggerMessage(LogLevel.Debug, "Job {Job} took {Milliseconds} ms")]
    private partial void LogFinished(string job, double milliseconds);

    [LoggerMessage(LogLevel.Error, "Job {Job} failed, code {Code}, attempt {Attempt}: {Kind} in {Place}")]
    private partial void LogFailed(string job, string code, int attempt, string kind, string place);

    [LoggerMessage(LogLevel.Debug, "Code {Code} came from {Frames}")]
    private partial void LogFrames(string code, string? frames);

    [LoggerMessage(LogLevel.Information, "Job {Job} was interrupted by the stop of this node")]
    private partial void LogInterrupted(string job);

    [LoggerMessage(LogLevel.Warning, "Job {Job} is not known to this program, code {Code}")]
    private partial void LogUnknown(string job, string code);

    [LoggerMessage(LogLevel.Error, "The run of job {Job} could not be recorded: {Kind}")]
    private partial void LogNotRecorded(string job, string kind);
}
