using AlertBot.Postgres;
using NodaTime;

namespace AlertBot.Jobs;

/// <summary>
/// Keeps how the last run of each job went in the database, where every node and <c>doctor</c> sees it. A run that a stopping
/// node interrupts stays started but not finished, until another node starts it again.
/// </summary>
public sealed class JobJournal(Database database)
{
    public Task StartedAsync(string job, Instant at) => WriteAsync(session => session.JobRuns.StartedAsync(job, at));

    /// <param name="failureCode">The fault code of the failure in the log; null when the run went well.</param>
    public Task FinishedAsync(string job, Instant at, Duration took, string? failureCode) =>
        WriteAsync(session => session.JobRuns.FinishedAsync(job, at, took, failureCode));

    private async Task WriteAsync(Func<Session, Task> write)
    {
        await using var session = await database.BeginAsync(CancellationToken.None);
        await write(session);
        await session.CommitAsync(CancellationToken.None);
    }
}
