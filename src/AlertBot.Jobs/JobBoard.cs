using AlertBot.Domain.Jobs;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using NodaTime;
using Npgsql;

namespace AlertBot.Jobs;

/// <summary>The jobs as an operator sees them: what is planned, how each last run went, and a way to run one now.</summary>
public sealed class JobBoard(
    IEnumerable<IRecurringJob> jobs, JobEngine engine, JobRunner runner, Database database, NpgsqlDataSource source)
{
    public IEnumerable<string> Names => JobList.Check(jobs).Select(job => job.Name);

    public async Task<IReadOnlyList<JobLine>> ReadAsync(CancellationToken ct)
    {
        var planned = (await engine.PlannedAsync(ct)).ToDictionary(job => job.Name, StringComparer.Ordinal);
        IReadOnlyDictionary<string, JobRun> runs;
        await using (var session = await database.BeginAsync(ct))
            runs = (await session.JobRuns.AllAsync()).ToDictionary(run => run.Name, StringComparer.Ordinal);
        return [.. JobList.Check(jobs).Select(job => new JobLine(job, planned.GetValueOrDefault(job.Name), runs.GetValueOrDefault(job.Name)))];
    }

    /// <summary>Runs a job in this process now, unless a node is running it. The run is recorded like any other.</summary>
    public async Task<JobOutcome> RunAsync(string name, CancellationToken ct)
    {
        await using var ours = await JobLock.TryTakeAsync(source, name, ct);
        if (ours is null)
            return new JobOutcome.Busy();
        return await runner.RunAsync(name, attempt: 1, ct) is { } code ? new JobOutcome.Failed(code) : new JobOutcome.Done();
    }
}

/// <summary>How a run by hand ended.</summary>
public abstract record JobOutcome
{
    private JobOutcome() { }

    public sealed record Done : JobOutcome;

    /// <summary>Another node is running it, which does the work of this run too.</summary>
    public sealed record Busy : JobOutcome;

    /// <param name="Code">The fault code of the failure in the log.</param>
    public sealed record Failed(string Code) : JobOutcome;
}

/// <summary>One job: as the code names it, as the engine planned it, and how its last run went.</summary>
/// <param name="Planned">Null: no node has put it on the list yet.</param>
/// <param name="Run">Null: it never ran.</param>
public sealed record JobLine(IRecurringJob Job, PlannedJob? Planned, JobRun? Run)
{
    // A node that restarts is no reason to call somebody, nor is a short job behind a slow one.
    private static readonly Duration Patience = Duration.FromMinutes(5);

    public Instant? Next => Planned?.Next;

    public bool IsFailing => Run is { FailuresInARow: > 0 };

    /// <summary>Whether its last success is too long ago.</summary>
    public bool IsLateAt(Instant now) => Run?.LastSucceeded is { } last
        ? now - last > Duration.Max(3 * Interval, Patience)
        // What is done once a day has its first time ahead of it.
        : Job.Schedule is not JobSchedule.Daily;

    private Duration Interval => Job.Schedule switch
    {
        JobSchedule.Every every => every.Interval,
        // By the clock of a place a day has up to 25 hours.
        _ => Duration.FromHours(25),
    };
}
