using AlertBot.Domain.Jobs;
using AlertBot.Jobs;
using AlertBot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace AlertBot.Tests.Jobs;

public sealed class JobRunnerTests : IDisposable
{
    private readonly CollectedLogs _logs = new();
    private readonly Journal _journal = new();
    private ServiceProvider? _services;

    public void Dispose() => _services?.Dispose();

    [Fact]
    public async Task A_run_that_goes_well_is_in_the_journal_with_no_code()
    {
        Assert.Null(await Runner(_ => Task.CompletedTask).RunAsync("watch", 1, default));

        Assert.Equal(["started watch", "finished watch "], _journal.Lines);
    }

    [Fact]
    public async Task A_failure_is_logged_under_a_code_with_where_it_was_and_not_what_it_said()
    {
        var runner = Runner(_ => throw new FormatException("Nino", new TimeoutException("Nino")));

        var code = await runner.RunAsync("watch", 2, default);

        Assert.Matches("^[0-9a-f]{8}$", code);
        Assert.Equal($"finished watch {code}", _journal.Lines[^1]);
        Assert.Contains(
            $"Job watch failed, code {code}, attempt 2: FormatException < TimeoutException in AlertBot.Tests.Jobs.JobRunnerTests",
            _logs.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Nino", _logs.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_timeout_inside_a_job_is_a_failure_and_no_interruption() =>
        Assert.NotNull(await Runner(_ => throw new TaskCanceledException()).RunAsync("watch", 1, default));

    [Fact]
    public async Task A_run_that_a_stop_interrupts_is_not_finished_whatever_it_throws()
    {
        using var stop = new CancellationTokenSource();
        var runner = Runner(_ =>
        {
            stop.Cancel();
            throw new FormatException("Nino");
        });

        await Assert.ThrowsAsync<OperationCanceledException>(() => runner.RunAsync("watch", 1, stop.Token));

        Assert.Equal(["started watch"], _journal.Lines);
        Assert.DoesNotContain("Nino", _logs.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_ends_well_in_spite_of_the_stop_is_finished()
    {
        using var stop = new CancellationTokenSource();

        Assert.Null(await Runner(_ => stop.CancelAsync()).RunAsync("watch", 1, stop.Token));

        Assert.Equal("finished watch ", _journal.Lines[^1]);
    }

    [Fact]
    public async Task A_journal_that_cannot_be_written_does_not_keep_a_job_from_running()
    {
        var ran = false;
        _journal.Failure = new TimeoutException("Nino");

        Assert.Null(await Runner(_ => Task.FromResult(ran = true)).RunAsync("watch", 1, default));

        Assert.True(ran);
        Assert.Contains("could not be recorded: TimeoutException", _logs.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_this_program_does_not_know_is_left_to_another_node()
    {
        Assert.NotNull(await Runner(_ => Task.CompletedTask).RunAsync("of-the-new-program", 1, default));

        Assert.Empty(_journal.Lines);
    }

    private JobRunner Runner(Func<CancellationToken, Task> work)
    {
        _services = new ServiceCollection()
            .AddSingleton<IRecurringJob>(new SimpleJob("watch", new JobSchedule.Every(Duration.FromHours(1)), work))
            .BuildServiceProvider();
        return new JobRunner(
            _services.GetRequiredService<IServiceScopeFactory>(), _journal, TestClock.AtUtc(2026, 3, 1), _logs.For<JobRunner>());
    }

    private sealed class Journal : IJobJournal
    {
        private readonly List<string> _lines = [];

        public IReadOnlyList<string> Lines => _lines;

        public Exception? Failure { get; set; }

        public Task StartedAsync(string job, Instant at) => WriteAsync($"started {job}");

        public Task FinishedAsync(string job, Instant at, Duration took, string? failureCode) =>
            WriteAsync($"finished {job} {failureCode}");

        private Task WriteAsync(string line)
        {
            _lines.Add(line);
            return Failure is null ? Task.CompletedTask : Task.FromException(Failure);
        }
    }
}
