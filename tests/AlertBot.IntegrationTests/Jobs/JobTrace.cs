using System.Diagnostics;
using AlertBot.IntegrationTests.Support;
using Dapper;
using Npgsql;

namespace AlertBot.IntegrationTests.Jobs;

/// <summary>What jobs did and on which node, in order, by the clock of the shared database.</summary>
internal sealed class JobTrace(NpgsqlDataSource database)
{
    public const string Started = "started";
    public const string Finished = "finished";
    public const string Interrupted = "interrupted";

    /// <summary>Longer than a take-over needs on a busy machine.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task<JobTrace> CreateAsync(TestDatabase database)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await connection.ExecuteAsync(
            """
            create table job_trace (
                id   bigint      generated always as identity primary key,
                job  text        not null,
                node text        not null,
                what text        not null,
                at   timestamptz not null default clock_timestamp()
            )
            """);
        return new JobTrace(database.Source);
    }

    public async Task WriteAsync(string job, string node, string what)
    {
        await using var connection = await database.OpenConnectionAsync();
        await connection.ExecuteAsync(
            "insert into job_trace (job, node, what) values (@job, @node, @what)", new { job, node, what });
    }

    public async Task<IReadOnlyList<Entry>> ReadAsync(string job)
    {
        await using var connection = await database.OpenConnectionAsync();
        return [.. await connection.QueryAsync<Entry>(
            """
            select id, node, what, extract(epoch from at)::float8 as seconds
            from   job_trace
            where  job = @job
            order  by id
            """,
            new { job })];
    }

    /// <summary>Waits until the job has done that at least so many times, on the given node or on any.</summary>
    public async Task<IReadOnlyList<Entry>> WaitForAsync(string job, string what, int times = 1, string? node = null)
    {
        IReadOnlyList<Entry> entries = [];
        await UntilAsync(
            async () =>
            {
                entries = await ReadAsync(job);
                return entries.Count(entry => entry.What == what && (node is null || entry.Node == node)) >= times;
            },
            $"{job} {what} {times} times");
        return entries;
    }

    public static async Task UntilAsync(Func<Task<bool>> happened, string what)
    {
        var start = Stopwatch.GetTimestamp();
        while (!await happened())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < Patience, $"Not within {Patience.TotalSeconds} s: {what}");
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }
    }

    internal sealed record Entry(long Id, string Node, string What, double Seconds);
}
