using AlertBot.Channels.Signal;
using AlertBot.Tests.Support;
using NodaTime;

namespace AlertBot.Tests.Channels;

public sealed class SignalEditsTests
{
    private const long Sent = 1_700_000_000_000;

    private readonly ManualTimeProvider _time = new(Instant.FromUnixTimeMilliseconds(Sent));

    [Fact]
    public void A_message_can_be_changed_for_a_day()
    {
        var edits = new SignalEdits(_time);

        _time.Advance(Duration.FromHours(24) - Duration.FromMilliseconds(1));
        Assert.True(edits.IsOpen(Sent));
        _time.Advance(Duration.FromMilliseconds(1));
        Assert.False(edits.IsOpen(Sent));
    }

    [Fact]
    public void A_message_can_be_changed_ten_times()
    {
        var edits = new SignalEdits(_time);
        for (var times = 1; times <= 10; times++)
        {
            Assert.True(edits.IsOpen(Sent));
            edits.Add(Sent, Sent + times);
        }

        Assert.False(edits.IsOpen(Sent));
        Assert.True(edits.IsOpen(Sent + 100));
    }

    [Fact]
    public void An_answer_to_a_change_is_one_to_the_message_for_a_week_and_longer_is_not_kept()
    {
        var edits = new SignalEdits(_time);
        edits.Add(Sent, Sent + 5);

        Assert.Equal(Sent, edits.OriginalOf(Sent + 5));
        Assert.Equal(Sent, edits.OriginalOf(Sent));
        _time.Advance(Duration.FromDays(7));
        edits.Add(Sent + 1000, Sent + 2000);
        Assert.Equal(Sent, edits.OriginalOf(Sent + 5));
        _time.Advance(Duration.FromDays(2));
        edits.Add(Sent + 3000, Sent + 4000);
        Assert.Equal(Sent + 5, edits.OriginalOf(Sent + 5));
    }

    [Fact]
    public void A_time_that_is_none_is_not_open() => Assert.False(new SignalEdits(_time).IsOpen(long.MaxValue));
}
