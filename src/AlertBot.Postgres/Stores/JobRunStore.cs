using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <summary>The last run of each job, on any node.</summary>
public sealed class JobRunStore
{
    private readonly Access _access;

    internal JobRunStore(Access access) => _access = access;

    public Task StartedAsync(string name, Instant at) => _access.ExecuteAsync(
        """
        insert into job_run (name, last_started) values (@name, @at)
        on conflict (name) do update set last_started = excluded.last_started
        """,
        new { name, at });

    /// <param name="failureCode">The fault code in the log; null on success.</param>
    public Task FinishedAsync(string name, Instant at, Duration took, string? failureCode) => _access.ExecuteAsync(
        """
        insert into job_run (name, last_finished, last_succeeded, last_took_ms, failures_in_a_row, last_failure)
        values (@name, @at, case when @failureCode::text is null then @at end, @ms, case when @failureCode is null then 0 else 1 end, @failureCode)
        on conflict (name) do update set
            last_finished     = excluded.last_finished,
            last_succeeded    = coalesce(excluded.last_succeeded, job_run.last_succeeded),
            last_took_ms      = excluded.last_took_ms,
            failures_in_a_row = case when @failureCode is null then 0 else job_run.failures_in_a_row + 1 end,
            last_failure      = coalesce(@failureCode, job_run.last_failure)
        """,
        new { name, at, ms = (long)took.TotalMilliseconds, failureCode });

    public Task<IReadOnlyList<JobRun>> AllAsync() => _access.QueryAsync<JobRun>(
        "select name, last_started, last_finished, last_succeeded, last_took_ms, failures_in_a_row, last_failure from job_run order by name");
}

public sealed record JobRun(
    string Name, Instant? LastStarted, Instant? LastFinished, Instant? LastSucceeded, long? LastTookMs, int FailuresInARow, string? LastFailure);
