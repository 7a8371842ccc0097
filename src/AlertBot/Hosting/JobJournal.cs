using AlertBot.Domain.Jobs;
using AlertBot.Postgres;
using NodaTime;

namespace AlertBot.Hosting;

/// <summary>Keeps how each job went in the database, where every node and <c>doctor</c> sees it.</summary>
internal sealed class JobJournal(Database database) : IJobJournal
{
    public Task StartedAsync(string job, Instant at) => WriteAsync(session => session.JobRuns.StartedAsync(job, at));

    public Task FinishedAsync(string job, Instant at, Duration took, string? failureCode) =>
        WriteAsync(session => session.JobRuns.FinishedAsync(job, at, took, failureCode));

    private async Task WriteAsync(Func<Session, Task> write)
    {
        await using var session = await database.BeginAsync(CancellationToken.None);
        await write(session);
        await session.CommitAsync(CancellationToken.None);
    }
}
