using AlertBot.Tests.Support;
using AlertBot.Workflows.Chat;
using NodaTime;

namespace AlertBot.Tests.Receiving;

/// <summary>How long commands and small talk wait because more is waiting at the messenger.</summary>
public sealed class CrowdTests
{
    private readonly ManualTimeProvider _time = new(Instant.FromUtc(2026, 3, 2, 12, 0));

    [Fact]
    public void Nobody_waits_where_there_is_no_crowd() => Assert.Equal(TimeSpan.Zero, new Crowd(_time).Left);

    [Fact]
    public void A_crowd_makes_others_wait_until_a_moment_after_its_last_hundred()
    {
        var crowd = new Crowd(_time);
        crowd.Comes();
        _time.Advance(TimeSpan.FromMilliseconds(200));
        crowd.Comes();

        _time.Advance(TimeSpan.FromMilliseconds(299));
        Assert.True(crowd.Left > TimeSpan.Zero);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(TimeSpan.Zero, crowd.Left);
    }

    [Theory]
    [InlineData(50)]
    [InlineData(400)]
    [InlineData(5000)]
    public void However_it_comes_it_makes_others_wait_for_three_seconds_in_all(int every)
    {
        var crowd = new Crowd(_time);
        var held = 0;
        for (var passed = 0; passed < 60_000; passed += 10)
        {
            if (passed % every == 0)
                crowd.Comes();
            held += crowd.Left > TimeSpan.Zero ? 10 : 0;
            _time.Advance(TimeSpan.FromMilliseconds(10));
        }

        Assert.InRange(held, 300, 3000);
    }

    [Fact]
    public void After_a_quiet_while_the_next_crowd_counts_anew()
    {
        var crowd = new Crowd(_time);
        crowd.Comes();
        _time.Advance(TimeSpan.FromSeconds(11));

        crowd.Comes();

        Assert.True(crowd.Left > TimeSpan.Zero);
    }
}
