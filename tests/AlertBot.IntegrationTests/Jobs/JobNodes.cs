using AlertBot.Domain.Jobs;
using AlertBot.IntegrationTests.Support;
using AlertBot.Jobs;
using Dapper;
using NodaTime;

namespace AlertBot.IntegrationTests.Jobs;

/// <summary>A cluster of nodes on one database, for tests of the engine. Time is real, since the engine has its own clock.</summary>
public abstract class JobNodes : IAsyncLifetime
{
    private protected const string Name = "watch";

    private protected static readonly JobSchedule EverySecond = new JobSchedule.Every(Duration.FromSeconds(1));
    private protected static readonly JobSchedule EveryHour = new JobSchedule.Every(Duration.FromHours(1));

    /// <summary>One object for all nodes: with different ones the job would count as changed, and be set anew.</summary>
    internal static readonly JobSettings Quick = new()
    {
        RetryAfter = [Duration.FromSeconds(1), Duration.FromSeconds(1)],
        StopWithin = Duration.FromSeconds(2),
        LookEvery = Duration.FromSeconds(1),
    };

    private readonly List<JobNode> _nodes = [];

    private protected JobTrace Trace { get; private set; } = null!;

    private protected TestDatabase Database { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        // Facts are skipped without PostgreSQL, but this method still runs.
        if (PostgresPresence.WhySkip is not null)
            return;

        Database = await TestDatabase.CreateAsync();
        Trace = await JobTrace.CreateAsync(Database);
    }

    public async Task DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync();
        if (Database is not null)
            await Database.DisposeAsync();
    }

    private protected JobNode Node(string node, params PlainJob[] jobs) => Node(node, Quick, jobs);

    private protected JobNode Node(string node, JobSettings settings, params PlainJob[] jobs) => Node(node, settings, null, jobs);

    /// <param name="clock">The clock of the node, beside that of the engine; null: the same.</param>
    private protected JobNode Node(string node, JobSettings settings, IClock? clock, params PlainJob[] jobs)
    {
        var made = new JobNode(
            Database.ConnectionString, settings, trace => jobs.Select(
                job => new TracedJob(job.Name, job.Schedule, trace, node, job.Work) { WatchesPeople = job.WatchesPeople }),
            clock);
        _nodes.Add(made);
        return made;
    }

    /// <summary>Makes the engine's tables look as if it had not run for that long.</summary>
    private protected async Task SetBackAsync(string job, Duration by)
    {
        await using var connection = await Database.Source.OpenConnectionAsync();
        await connection.ExecuteAsync(
            """
            update hangfire.hash
            set    value = (value::bigint - @milliseconds)::text
            where  key = 'recurring-job:' || @job and field in ('CreatedAt', 'LastExecution', 'NextExecution') and value <> '';

            update hangfire.set
            set    score = score - @milliseconds / 1000
            where  key = 'recurring-jobs' and value = @job
            """,
            new { job, milliseconds = (long)by.TotalMilliseconds });
    }

    private protected static IEnumerable<double> Starts(IEnumerable<JobTrace.Entry> entries) =>
        entries.Where(entry => entry.What == JobTrace.Started).Select(entry => entry.Seconds);

    /// <summary>A job that the test describes; without work it does nothing and succeeds.</summary>
    private protected sealed record PlainJob(string Name, JobSchedule Schedule, Func<CancellationToken, Task>? Work = null)
    {
        public bool WatchesPeople { get; init; }
    }
}
