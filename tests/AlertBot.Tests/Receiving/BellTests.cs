using AlertBot.Tests.Support;
using AlertBot.Workflows.Chat;
using NodaTime;

namespace AlertBot.Tests.Receiving;

/// <summary>One ring wakes one hand, and none is missed.</summary>
public sealed class BellTests
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);
    private readonly ManualTimeProvider _time = new(Instant.FromUtc(2026, 3, 2, 12, 0));

    [Fact]
    public async Task One_ring_wakes_the_one_who_has_slept_longest_and_nobody_else()
    {
        var bell = new Bell(_time);
        var sleepers = Enumerable.Range(0, 3).Select(_ => bell.SleepAsync(Long, CancellationToken.None)).ToList();

        bell.Ring();

        await sleepers[0].WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal([true, false, false], sleepers.Select(one => one.IsCompleted));
    }

    [Fact]
    public async Task A_ring_that_finds_nobody_asleep_is_heard_by_the_next()
    {
        var bell = new Bell(_time);
        bell.Ring();
        bell.Ring();

        await bell.SleepAsync(Long, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(10));

        Assert.False(bell.SleepAsync(Long, CancellationToken.None).IsCompleted);
    }

    [Fact]
    public async Task Whoever_woke_by_the_clock_takes_no_ring_from_others()
    {
        var bell = new Bell(_time);
        var early = bell.SleepAsync(TimeSpan.FromSeconds(1), CancellationToken.None);
        var late = bell.SleepAsync(Long, CancellationToken.None);
        _time.Advance(TimeSpan.FromSeconds(1));
        await early.WaitAsync(TimeSpan.FromSeconds(10));

        bell.Ring();

        await late.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Cancelling_wakes_without_an_error()
    {
        using var stop = new CancellationTokenSource();
        var sleep = new Bell(_time).SleepAsync(Long, stop.Token);

        await stop.CancelAsync();

        await sleep.WaitAsync(TimeSpan.FromSeconds(10));
    }
}
