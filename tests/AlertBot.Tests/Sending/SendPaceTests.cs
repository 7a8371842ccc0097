using AlertBot.Workflows.Sending;
using NodaTime;

namespace AlertBot.Tests.Sending;

public sealed class SendPaceTests
{
    private static readonly Duration Second = Duration.FromSeconds(1);
    private static readonly Instant Noon = Instant.FromUtc(2026, 1, 1, 12, 0);

    [Fact]
    public void Never_more_leave_in_any_second_than_allowed_however_late_and_mixed_up_they_leave() =>
        Property.ForAll(
            random => (Seed: random.Next(), PerSecond: random.Next(1, 60), Batch: random.Next(1, 6), Burst: random.Next(1, 20)),
            input =>
            {
                var sender = SimulatedSender.Of(input.Seed, new SendPace(input.PerSecond, Second, 20) { Burst = input.Burst }, input.Batch);
                for (var number = 0; number < 5 * input.PerSecond; number++)
                    sender.Add($"chat {number}");

                sender.Run();

                Assert.Equal(5 * input.PerSecond, sender.Left.Count);
                Assert.True(SimulatedSender.MostWithin(sender.Left, Second) <= input.PerSecond);
            },
            runs: 300);

    [Fact]
    public void One_chat_gets_one_message_at_a_time_and_never_more_than_three_in_three_seconds() =>
        Property.ForAll(
            random => random.Next(),
            seed =>
            {
                var sender = SimulatedSender.Of(seed, new SendPace(30, Second, 20), batch: 3);
                for (var number = 0; number < 60; number++)
                    sender.Add($"chat {number % 4}");

                sender.Run();

                Assert.Equal(60, sender.Left.Count);
                Assert.Null(sender.Overlapped);
                foreach (var chat in sender.Left.GroupBy(one => one.Chat))
                    Assert.True(SimulatedSender.MostWithin(chat, 3 * Second) <= 3);
            },
            runs: 300);

    [Fact]
    public void One_group_never_gets_more_than_twenty_in_a_minute() =>
        Property.ForAll(
            random => random.Next(),
            seed =>
            {
                var sender = SimulatedSender.Of(seed, new SendPace(30, Second, 20), batch: 1);
                for (var number = 0; number < 100; number++)
                    sender.Add($"group {number % 2}", isGroup: true);

                sender.Run();

                Assert.Equal(100, sender.Left.Count);
                foreach (var group in sender.Left.GroupBy(one => one.Chat))
                    Assert.True(SimulatedSender.MostWithin(group, Duration.FromMinutes(1)) <= 20);
            },
            runs: 100);

    [Fact]
    public void A_thousand_chats_take_hardly_longer_than_the_limit_makes_them()
    {
        var sender = SimulatedSender.Of(1, new SendPace(30, Second, 20), batch: 1, calm: true);
        for (var number = 0; number < 1000; number++)
            sender.Add($"chat {number}");

        sender.Run();

        Assert.InRange((sender.Left[^1].At - sender.Left[0].At).TotalSeconds, 999 / 30.0, 999 / 30.0 * 1.02);
    }

    [Fact]
    public void Messages_leave_evenly_so_that_an_urgent_one_waits_for_one_slot_at_most()
    {
        var sender = SimulatedSender.Of(1, new SendPace(30, Second, 20), batch: 1, calm: true);
        for (var number = 0; number < 1000; number++)
            sender.Add($"chat {number}");

        sender.Run();

        Assert.All(sender.Left.Zip(sender.Left.Skip(1)), pair => Assert.InRange((pair.Second.At - pair.First.At).TotalMilliseconds, 20, 50));
    }

    [Fact]
    public void Nothing_leaves_while_the_account_is_to_wait()
    {
        var pace = new SendPace(30, Second, 20);
        pace.HoldAccount(Noon + Duration.FromSeconds(7));

        Assert.Equal(Noon + Duration.FromSeconds(7), pace.NextSlot(Noon));
        Assert.Equal(0, pace.Room(Noon));
        Assert.Equal(30, pace.Room(Noon + Duration.FromSeconds(7)));
    }

    [Fact]
    public void A_shorter_wait_does_not_end_a_longer_one()
    {
        var pace = new SendPace(30, Second, 20);
        pace.TooFast(Noon + Duration.FromSeconds(60));
        pace.TooFast(Noon + Duration.FromSeconds(3));

        Assert.Equal(Noon + Duration.FromSeconds(60), pace.NextSlot(Noon));
    }

    [Fact]
    public void A_chat_that_is_to_wait_is_busy_and_the_others_are_not()
    {
        var pace = new SendPace(30, Second, 20);
        pace.HoldChat("one", Noon + Duration.FromSeconds(5));

        Assert.Equal(["one"], pace.BusyChats(Noon));
        Assert.Equal(Noon + Duration.FromSeconds(5), pace.FirstFree(Noon));
        Assert.Equal(Noon, Instant.Max(Noon, pace.NextSlot(Noon)));
        Assert.Empty(pace.BusyChats(Noon + Duration.FromSeconds(5)));
    }

    [Fact]
    public void After_a_complaint_the_pace_is_slower_for_ten_minutes()
    {
        var pace = new SendPace(10, Second, 20);
        pace.TooFast(Noon);

        Assert.InRange(SimulatedSender.GapAfterOne(pace, Noon).TotalMilliseconds, 103, 106);
        Assert.InRange(SimulatedSender.GapAfterOne(pace, Noon + Duration.FromMinutes(11)).TotalMilliseconds, 100, 104);
    }

    [Fact]
    public void Several_refusals_of_messages_sent_together_are_one_complaint_and_insisting_is_another()
    {
        var pace = new SendPace(10, Second, 20);
        for (var number = 0; number < 5; number++)
            pace.TooFast(Noon + Duration.FromMilliseconds(number));
        Assert.InRange(SimulatedSender.GapAfterOne(pace, Noon + Second).TotalMilliseconds, 103, 106);

        pace.TooFast(Noon + 10 * Second);
        Assert.InRange(SimulatedSender.GapAfterOne(pace, Noon + 20 * Second).TotalMilliseconds, 113, 117);
    }

    [Fact]
    public void What_never_set_out_costs_no_slot()
    {
        var pace = new SendPace(30, Second, 20);
        for (var number = 0; number < 100; number++)
            pace.Cancel(pace.Depart("one", false, false, Noon));

        Assert.True(pace.NextSlot(Noon) <= Noon);
        Assert.Equal(30, pace.Room(Noon));
        Assert.Empty(pace.BusyChats(Noon));
    }

    [Fact]
    public void Edits_count_for_the_account_and_not_for_the_chat()
    {
        var pace = new SendPace(30, Second, 20);
        var now = Noon;
        for (var number = 0; number < 10; number++)
        {
            var edit = pace.Depart("one", isGroup: false, isEdit: true, now);
            pace.Left(edit, now);
            pace.Return(edit, now);
        }

        Assert.Empty(pace.BusyChats(now));
        Assert.Equal(20, pace.Room(now + Duration.FromMilliseconds(500)));
    }

    [Theory]
    [InlineData(0, 1000)]
    [InlineData(0.5, 1250)]
    [InlineData(1, 1500)]
    public void A_pause_is_longer_by_as_much_as_the_dice_say(double dice, double milliseconds)
    {
        var pace = new SendPace(1, Second, 20, jitter: 0.5, () => dice);

        Assert.InRange(SimulatedSender.GapAfterOne(pace, Noon).TotalMilliseconds, milliseconds, milliseconds * 1.016);
    }

    [Fact]
    public void With_jitter_the_limit_holds_and_nothing_waits_for_more_than_one_long_slot()
    {
        var throws = new Queue<double>(Enumerable.Range(0, 200).Select(number => number * 37 % 101 / 100.0));
        var sender = SimulatedSender.Of(1, new SendPace(5, Second, 20, jitter: 0.5, throws.Dequeue), batch: 1, calm: true);
        for (var number = 0; number < 200; number++)
            sender.Add($"chat {number}");

        sender.Run();

        var gaps = sender.Left.Zip(sender.Left.Skip(1)).Select(pair => (pair.Second.At - pair.First.At).TotalMilliseconds).ToList();
        Assert.All(gaps, gap => Assert.InRange(gap, 190, 320));
        Assert.True(gaps.Max() - gaps.Min() > 80);
        Assert.True(SimulatedSender.MostWithin(sender.Left, Second) <= 5);
    }

    [Fact]
    public void What_never_set_out_gives_its_long_slot_back()
    {
        var pace = new SendPace(1, Second, 20, jitter: 1, new Queue<double>([1, 0.2, 0.7]).Dequeue);
        for (var number = 0; number < 3; number++)
            pace.Cancel(pace.Depart("one", false, false, Noon));

        Assert.True(pace.NextSlot(Noon) <= Noon);
    }

    [Fact]
    public void Nothing_leaves_until_a_person_has_answered()
    {
        var pace = new SendPace(30, Second, 20);
        pace.HoldForAnswer(Noon + Duration.FromHours(24), Noon);
        pace.HoldForAnswer(Noon + Duration.FromHours(23), Noon + Second);

        Assert.Equal((0, Noon), (pace.Room(Noon + Duration.FromHours(1)), pace.WaitsForAnswerSince(Noon + Duration.FromHours(1))));
        Assert.Equal(Noon + Duration.FromHours(24), pace.NextSlot(Noon));
        pace.TooFast(Noon + Duration.FromMinutes(2));
        pace.Answered();

        // Another wait that the messenger named still counts.
        Assert.Null(pace.WaitsForAnswerSince(Noon));
        Assert.Equal(Noon + Duration.FromMinutes(2), pace.NextSlot(Noon));
    }

    [Fact]
    public void What_was_not_seen_to_leave_counts_from_its_return()
    {
        var pace = new SendPace(1, Second, 20);
        var silent = pace.Depart("one", false, false, Noon);
        Assert.Equal(0, pace.Room(Noon + 10 * Second));

        pace.Return(silent, Noon + 10 * Second);

        Assert.Equal(0, pace.Room(Noon + 10.9 * Second));
        Assert.Equal(1, pace.Room(Noon + 11.1 * Second));
    }

    [Fact]
    public void Ten_thousand_chats_at_the_pace_of_paid_broadcasts_do_not_wait_for_the_database_too()
    {
        var sender = SimulatedSender.Of(1, new SendPace(1000, Second, 20), batch: 40, calm: true, takes: Duration.FromMilliseconds(15));
        for (var number = 0; number < 10_000; number++)
            sender.Add($"chat {number}");

        sender.Run();

        Assert.InRange((sender.Left[^1].At - sender.Left[0].At).TotalSeconds, 10.3, 10.6);
    }

    [Fact]
    public void Chats_long_quiet_are_forgotten()
    {
        var pace = new SendPace(1000, Second, 20);
        for (var number = 0; number < 1000; number++)
        {
            var departure = pace.Depart($"chat {number}", false, false, Noon);
            pace.Return(departure, Noon);
        }

        pace.BusyChats(Noon + 4 * Second);

        Assert.Equal(0, pace.RememberedChats);
    }
}
