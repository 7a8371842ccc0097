using AlertBot.Workflows.Sending;
using NodaTime;

namespace AlertBot.Tests.Sending;

/// <summary>How much one chat takes within a time, by which alerts are put together, and who waits for whom.</summary>
public sealed class CarryingTests
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 3, 2, 12, 0);
    private static readonly Duration Second = Duration.FromSeconds(1);

    [Fact]
    public void A_chat_takes_an_alert_a_second_and_talk_in_short_bursts()
    {
        var pace = new SendPace(30, Second, 20);

        Assert.Equal([0, 1040, 2080, 3120, 4160], Milliseconds(pace.AlertSlots("one", isGroup: false, Noon, 5 * Second)));
        Send(pace, "another", isGroup: false, Noon);
        Send(pace, "another", isGroup: false, Noon);
        Assert.Empty(pace.BusyChats(Noon));
        Send(pace, "one", isGroup: false, Noon, isAlert: true);
        Assert.Equal(["one"], pace.BusyChats(Noon));
        Assert.Equal([1040, 2080, 3120], Milliseconds(pace.AlertSlots("one", isGroup: false, Noon, Duration.FromSeconds(3.5))));
    }

    [Fact]
    public void A_chat_whose_calls_are_slow_takes_as_many_as_they_allow()
    {
        var pace = new SendPace(20, Second, 40) { ChatBurst = 40, AlertBurst = 40 };
        Assert.Equal(40, pace.AlertSlots("one", isGroup: false, Noon, Duration.Zero).Count);

        for (var number = 0; number < 30; number++)
            Send(pace, "another", isGroup: false, Noon, Second);

        Assert.InRange(pace.AlertSlots("one", isGroup: false, Noon + 30 * Second, 5 * Second).Count, 5, 6);
    }

    [Fact]
    public void A_group_that_was_told_much_in_the_last_minute_takes_one_alert_for_now()
    {
        var pace = new SendPace(30, Second, 20);
        for (var number = 0; number < 12; number++)
            Send(pace, "group", isGroup: true, Noon + number * Second);

        var now = pace.FirstFree(Noon + 12 * Second)!.Value;
        Assert.Equal([0], Milliseconds(pace.AlertSlots("group", isGroup: true, now, 5 * Second)));
        Assert.Equal(5, pace.AlertSlots("group", isGroup: true, Noon + Duration.FromMinutes(2), 5 * Second).Count);
    }

    [Fact]
    public void A_group_that_was_told_much_is_told_the_next_within_eight_seconds_and_never_nothing_for_most_of_a_minute()
    {
        var pace = new SendPace(30, Second, 20);
        var (now, left) = (Noon, new List<Instant>());
        while (now < Noon + Duration.FromMinutes(5))
        {
            if (pace.BusyChats(now).Count == 0)
            {
                Send(pace, "group", isGroup: true, now);
                left.Add(now);
            }

            now += Duration.FromMilliseconds(50);
        }

        Assert.All(left.Zip(left.Skip(1)), pair => Assert.InRange((pair.Second - pair.First).TotalSeconds, 0, 7.7));
        Assert.All(left, first => Assert.InRange(left.Count(at => at >= first && at < first + Duration.FromMinutes(1)), 1, 20));
    }

    [Fact]
    public void People_who_never_wrote_are_written_to_one_a_second_and_hold_up_nobody()
    {
        var pace = new SendPace(20, Second, 40) { NewPeoplePause = Second };
        pace.Depart("stranger", isGroup: false, isEdit: false, Noon, isNew: true);

        Assert.Equal(Noon + Second, pace.NewPeopleFrom(Noon));
        Assert.InRange((pace.NextSlot(Noon) - Noon).TotalMilliseconds, 0, 60);
    }

    [Fact]
    public void A_captcha_for_strangers_holds_up_strangers_only_until_it_is_answered()
    {
        var pace = new SendPace(20, Second, 40);
        pace.HoldForAnswer(Noon + Duration.FromHours(24), Noon, onlyNewPeople: true);

        Assert.True(pace.NextSlot(Noon) <= Noon);
        Assert.Equal(Noon + Duration.FromHours(24), pace.NewPeopleFrom(Noon));
        Assert.Equal(Noon, pace.WaitsForAnswerSince(Noon + Second));
        pace.Answered();
        Assert.Equal(Noon + Second, pace.NewPeopleFrom(Noon + Second));
    }

    private static IEnumerable<double> Milliseconds(IEnumerable<Duration> slots) => slots.Select(slot => slot.TotalMilliseconds);

    /// <param name="call">How long it takes; null: no time.</param>
    private static void Send(SendPace pace, string chat, bool isGroup, Instant now, Duration? call = null, bool isAlert = false)
    {
        var departure = pace.Depart(chat, isGroup, isEdit: false, now, isAlert: isAlert);
        pace.Left(departure, now);
        pace.Return(departure, now + (call ?? Duration.Zero));
    }
}
