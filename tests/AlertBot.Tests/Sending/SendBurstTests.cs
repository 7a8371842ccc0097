using AlertBot.Workflows.Sending;
using NodaTime;

namespace AlertBot.Tests.Sending;

/// <summary>The first few messages of a second leave at once, and the second is no fuller for that.</summary>
public sealed class SendBurstTests
{
    private static readonly Duration Second = Duration.FromSeconds(1);
    private static readonly Instant Noon = Instant.FromUtc(2026, 1, 1, 12, 0);

    [Fact]
    public void After_a_quiet_second_ten_leave_at_once_and_an_urgent_one_behind_them_does_not_wait_for_long()
    {
        var sender = SimulatedSender.Of(1, Pace(), batch: 1, calm: true);
        for (var number = 0; number < 100; number++)
            sender.Add($"chat {number}");

        sender.Run();

        var times = sender.Left.Select(one => (one.At - sender.Left[0].At).TotalMilliseconds).ToList();
        Assert.True(times[9] < 50, $"the tenth after {times[9]} ms");
        Assert.All(times.Skip(9).Zip(times.Skip(10)), pair => Assert.InRange(pair.Second - pair.First, 20, 65));
        Assert.InRange(SimulatedSender.MostWithin(sender.Left, Second), 28, 30);
        Assert.InRange(times[^1], 3_300, 3_450);
    }

    [Fact]
    public void All_of_a_burst_that_arrive_late_together_are_within_the_limit_still()
    {
        var pace = Pace();
        var arrivals = new List<(Instant At, string Chat)>();
        for (var now = Noon; now < Noon + 3 * Second; now += Duration.FromMilliseconds(1))
        {
            while (pace.NextSlot(now) <= now)
            {
                var departure = pace.Depart($"chat {arrivals.Count}", false, false, now);
                pace.Left(departure, now);
                pace.Return(departure, now);
                arrivals.Add((arrivals.Count < 10 ? now + Duration.FromMilliseconds(70) : now, departure.Chat));
            }
        }

        Assert.True(SimulatedSender.MostWithin(arrivals, Second) <= 30);
    }

    [Fact]
    public void Whoever_was_refused_and_whoever_sends_all_the_time_keeps_to_the_slots()
    {
        var refused = Pace();
        refused.TooFast(Noon);
        Assert.True(SimulatedSender.GapAfterOne(refused, Noon + Second) > Duration.FromMilliseconds(33));

        var busy = Pace();
        for (var number = 0; number < 9; number++)
            Assert.Equal(Duration.Zero, Duration.Max(Duration.Zero, SimulatedSender.GapAfterOne(busy, Noon)));
        Assert.True(SimulatedSender.GapAfterOne(busy, Noon) > Duration.FromMilliseconds(33));
        Assert.Equal((1, 10), (busy.AtOnce(Noon + 0.9 * Second), busy.AtOnce(Noon + 3 * Second)));
    }

    private static SendPace Pace() => new(30, Second, 20) { Burst = 10 };
}
