using AlertBot.Workflows.Sending;
using NodaTime;

namespace AlertBot.Tests.Sending;

/// <summary>How much one chat takes within a time, by which alerts are put together, and who waits for whom.</summary>
public sealed class CarryingTests
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 3, 2, 12, 0);
    private static readonly Duration Second = Duration.FromSeconds(1);

    [Fact]
    public void A_chat_takes_a_few_at_once_and_one_a_second_after_that()
    {
        var pace = new SendPace(30, Second, 20);

        Assert.Equal(8, pace.Carries("one", isGroup: false, Noon, 5 * Second));
        Send(pace, "one", isGroup: false, Noon);
        Assert.Equal(7, pace.Carries("one", isGroup: false, Noon, 5 * Second));
        Assert.Equal(8, pace.Carries("one", isGroup: false, Noon + 4 * Second, 5 * Second));
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

    private static void Send(SendPace pace, string chat, bool isGroup, Instant now)
    {
        var departure = pace.Depart(chat, isGroup, isEdit: false, now);
        pace.Left(departure, now);
        pace.Return(departure, now);
    }
}
