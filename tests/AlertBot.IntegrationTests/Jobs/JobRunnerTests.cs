using AlertBot.Domain.Jobs;
using AlertBot.IntegrationTests.Support;
using AlertBot.Jobs;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Postgres.Vaults;
using AlertBot.Tests.Support;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace AlertBot.IntegrationTests.Jobs;

public sealed class JobRunnerTests : IAsyncLifetime, IDisposable
{
    private readonly CollectedLogs _logs = new();
    private readonly Vault _vault = new(VaultKey.New());
    private TestDatabase _database = null!;
    private ServiceProvider? _services;

    public async Task InitializeAsync()
    {
        if (PostgresPresence.WhySkip is null)
            _database = await TestDatabase.CreateAsync();
    }

    public async Task DisposeAsync()
    {
        if (_database is not null)
            await _database.DisposeAsync();
    }

    public void Dispose()
    {
        _services?.Dispose();
        _vault.Dispose();
    }

    [PostgresFact]
    public async Task A_run_that_goes_well_is_on_record_with_no_code()
    {
        Assert.Null(await Runner(_ => Task.CompletedTask).RunAsync("watch", 1, default));

        var run = Assert.Single(await RunsAsync());
        Assert.Equal("watch", run.Name);
        Assert.NotNull(run.LastStarted);
        Assert.NotNull(run.LastSucceeded);
        Assert.Null(run.LastFailure);
    }

    [PostgresFact]
    public async Task A_failure_is_logged_under_a_code_with_where_it_was_and_not_what_it_said()
    {
        var runner = Runner(_ => throw new FormatException("Nino", new TimeoutException("Nino")));

        var code = await runner.RunAsync("watch", 2, default);

        Assert.Matches("^[0-9a-f]{8}$", code);
        Assert.Equal((code, 1), Assert.Single((await RunsAsync()).Select(run => (run.LastFailure, run.FailuresInARow))));
        Assert.Contains(
            $"Job watch failed, code {code}, attempt 2: FormatException < TimeoutException in AlertBot.IntegrationTests.Jobs.JobRunnerTests",
            _logs.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Nino", _logs.Text, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_timeout_inside_a_job_is_a_failure_and_no_interruption() =>
        Assert.NotNull(await Runner(_ => throw new TaskCanceledException()).RunAsync("watch", 1, default));

    [PostgresFact]
    public async Task A_run_that_a_stop_interrupts_is_not_finished_whatever_it_throws()
    {
        using var stop = new CancellationTokenSource();
        var runner = Runner(_ =>
        {
            stop.Cancel();
            throw new FormatException("Nino");
        });

        await Assert.ThrowsAsync<OperationCanceledException>(() => runner.RunAsync("watch", 1, stop.Token));

        Assert.Null(Assert.Single(await RunsAsync()).LastFinished);
        Assert.DoesNotContain("Nino", _logs.Text, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_run_that_ends_well_in_spite_of_the_stop_is_finished()
    {
        using var stop = new CancellationTokenSource();

        Assert.Null(await Runner(_ => stop.CancelAsync()).RunAsync("watch", 1, stop.Token));

        Assert.NotNull(Assert.Single(await RunsAsync()).LastSucceeded);
    }

    [PostgresFact]
    public async Task A_record_that_cannot_be_written_does_not_keep_a_job_from_running()
    {
        var ran = false;
        await using (var connection = await _database.Source.OpenConnectionAsync())
            await connection.ExecuteAsync("drop table job_run");

        Assert.Null(await Runner(_ => Task.FromResult(ran = true)).RunAsync("watch", 1, default));

        Assert.True(ran);
        Assert.Contains("could not be recorded: PostgresException 42P01", _logs.Text, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_job_this_program_does_not_know_is_left_to_another_node()
    {
        Assert.NotNull(await Runner(_ => Task.CompletedTask).RunAsync("of-the-new-program", 1, default));

        Assert.Empty(await RunsAsync());
    }

    private JobRunner Runner(Func<CancellationToken, Task> work)
    {
        _services = new ServiceCollection()
            .AddSingleton<IRecurringJob>(new SimpleJob("watch", new JobSchedule.Every(Duration.FromHours(1)), work))
            .BuildServiceProvider();
        var clock = TestClock.AtUtc(2026, 3, 1);
        return new JobRunner(
            _services.GetRequiredService<IServiceScopeFactory>(), new JobJournal(new Database(_database.Source, _vault, clock)),
            clock, _logs.For<JobRunner>());
    }

    private async Task<IReadOnlyList<JobRun>> RunsAsync()
    {
        await using var session = await new Database(_database.Source, _vault, SystemClock.Instance).BeginAsync(default);
        return await session.JobRuns.AllAsync();
    }
}
