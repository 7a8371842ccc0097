using AlertBot.Jobs;
using Hangfire.Server;
using Npgsql;

namespace AlertBot.Hangfire;

/// <summary>What the engine calls: the job of ours whose name the run carries.</summary>
public sealed class HangfireJob(JobRunner runner, NpgsqlDataSource database)
{
    /// <param name="name">Of the job. Arguments are stored in the clear and shown on a page: nothing but names may be one.</param>
    /// <param name="plan">Kept with the stored job: whether it still is what the code wants.</param>
    public async Task RunAsync(string name, string plan, PerformContext context, CancellationToken ct)
    {
        // The engine's own lock is a row that nothing renews and that a killed node leaves behind.
        await using var ours = await JobLock.TryTakeAsync(database, name, ct);
        if (ours is null)
            return; // What is still under way does the work of this run too.

        var attempt = context.GetJobParameter<int>("RetryCount") + 1;
        if (await runner.RunAsync(name, attempt, ct) is { } code)
            // Makes the engine try again. It keeps what it is thrown, so that carries a code and not the cause.
            throw new InvalidOperationException($"Job {name} failed, code {code}.");
    }
}
