using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Workflows.Sending;
using NodaTime;

namespace AlertBot.Tests.Sending;

public sealed class DeliveryOutcomeTests
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 1, 1, 12, 0);
    private static readonly MessageRef Message = new("77");

    [Fact]
    public void What_was_sent_is_sent() =>
        Assert.Equal(new DeliveryOutcome.Sent(Message), On(Delivery(), new SendResult.Sent(Message)));

    [Fact]
    public void A_long_text_is_sent_with_its_last_part()
    {
        Assert.Equal(new DeliveryOutcome.PartSent(Message), On(Delivery(), new SendResult.Sent(Message), parts: 3));
        Assert.Equal(new DeliveryOutcome.PartSent(Message), On(Delivery() with { PartsSent = 1 }, new SendResult.Sent(Message), parts: 3));
        Assert.Equal(new DeliveryOutcome.Sent(Message), On(Delivery() with { PartsSent = 2 }, new SendResult.Sent(Message), parts: 3));
    }

    [Theory]
    [InlineData(WaitScope.Account, "account_waits")]
    [InlineData(WaitScope.Chat, "chat_waits")]
    public void A_wait_that_the_messenger_names_is_kept(WaitScope scope, string reason)
    {
        // The number of earlier attempts adds no back-off.
        var outcome = On(Delivery() with { Attempts = 9 }, new SendResult.TryLater(Duration.FromSeconds(17), "rate_limited", scope), dice: 1);

        var retry = Assert.IsType<DeliveryOutcome.Retry>(outcome);
        Assert.Equal(reason, retry.Reason);
        Assert.InRange((retry.At - Noon).TotalSeconds, 17, 17.2);
    }

    [Fact]
    public void What_only_a_person_can_answer_waits_as_long_as_the_messenger_says()
    {
        var challenged = Assert.IsType<DeliveryOutcome.Challenged>(
            On(Delivery(), new SendResult.Challenged("secret", Duration.FromHours(24)), dice: 1));

        Assert.Equal("secret", challenged.Challenge);
        Assert.InRange((challenged.At - Noon).TotalHours, 24, 24.01);
        Assert.DoesNotContain("secret", challenged.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_outage_is_met_with_growing_patience()
    {
        var waits = Enumerable.Range(1, 12).Select(attempt => Wait(DeliveryPriority.Reminder, attempt, dice: 0.5)).ToList();

        Assert.Equal([2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300, 300], waits);
    }

    [Theory]
    [InlineData(DeliveryPriority.Now, 10)]
    [InlineData(DeliveryPriority.Urgent, 30)]
    [InlineData(DeliveryPriority.Reminder, 300)]
    [InlineData(DeliveryPriority.Digest, 300)]
    public void The_more_urgent_the_shorter_the_longest_wait(DeliveryPriority priority, double seconds) =>
        Assert.Equal(seconds, Wait(priority, attempt: 100, dice: 0.5));

    [Fact]
    public void Retries_are_spread_so_that_not_all_come_back_at_once()
    {
        Assert.Equal(0.75 * 8, Wait(DeliveryPriority.Reminder, 3, dice: 0));
        Assert.Equal(1.25 * 8, Wait(DeliveryPriority.Reminder, 3, dice: 1));
    }

    [Fact]
    public void A_chat_that_moved_is_followed_at_once_but_not_in_circles()
    {
        var to = new ChannelAddress(ChannelKind.Telegram, "-100123");

        Assert.Equal(new DeliveryOutcome.Follow(to, Noon), On(Delivery(), new SendResult.Moved(to)));
        Assert.True(Assert.IsType<DeliveryOutcome.Follow>(On(Delivery() with { Attempts = 10 }, new SendResult.Moved(to))).At > Noon);
    }

    [Fact]
    public void A_critical_message_that_may_have_arrived_is_repeated_at_once_and_a_low_one_later()
    {
        var maybe = new SendResult.Maybe("connection");

        Assert.Equal(new DeliveryOutcome.Repeat(Noon, "connection"), On(Delivery() with { Priority = DeliveryPriority.Now }, maybe));
        Assert.Equal(
            new DeliveryOutcome.Repeat(Noon + Duration.FromSeconds(15), "connection"), On(
                Delivery() with { Priority = DeliveryPriority.Digest }, maybe));
    }

    [Fact]
    public void A_message_that_may_have_arrived_twice_is_not_sent_a_third_time() =>
        Assert.Equal(new DeliveryOutcome.Fail("unclear"), On(Delivery() with { Unclear = 1 }, new SendResult.Maybe("timeout")));

    [Fact]
    public void A_change_that_may_have_been_made_is_made_again_as_often_as_it_takes() =>
        Assert.IsType<DeliveryOutcome.Retry>(On(Delivery() with { IsEdit = true, Edits = Message, Unclear = 7 }, new SendResult.Maybe("timeout")));

    [Fact]
    public void The_rest_of_a_change_that_was_too_long_is_a_message_like_any_other() =>
        Assert.IsType<DeliveryOutcome.Repeat>(
            On(Delivery() with { IsEdit = true, Edits = Message, PartsSent = 1 }, new SendResult.Maybe("timeout"), parts: 2));

    [Theory]
    [InlineData(Refusal.Blocked)]
    [InlineData(Refusal.Kicked)]
    [InlineData(Refusal.Deactivated)]
    [InlineData(Refusal.ChatNotFound)]
    [InlineData(Refusal.NoRights)]
    [InlineData(Refusal.TopicClosed)]
    public void An_address_that_takes_nothing_more_goes_dark(Refusal why) =>
        Assert.Equal(new DeliveryOutcome.Darken(why), On(Delivery(), new SendResult.Refused(why)));

    [Fact]
    public void A_message_that_is_not_taken_says_nothing_about_the_address() =>
        Assert.Equal(new DeliveryOutcome.Fail("bad_message"), On(Delivery(), new SendResult.Refused(Refusal.BadMessage)));

    [Fact]
    public void What_cannot_be_changed_any_more_is_said_anew() =>
        Assert.IsType<DeliveryOutcome.SendAnew>(On(Delivery() with { IsEdit = true, Edits = Message }, new SendResult.Refused(Refusal.NotEditable)));

    [Fact]
    public void A_refused_token_is_not_the_message_s_fault() =>
        Assert.Equal(
            new DeliveryOutcome.Retry(Noon + Duration.FromSeconds(30), "unauthorized"), On(
                Delivery() with { Attempts = 50 }, new SendResult.Refused(Refusal.Unauthorized)));

    [Fact]
    public void Every_refusal_has_a_verdict() =>
        Assert.All(Enum.GetValues<Refusal>(), why => Assert.NotNull(On(Delivery(), new SendResult.Refused(why))));

    private static double Wait(DeliveryPriority priority, int attempt, double dice) =>
        (Assert.IsType<DeliveryOutcome.Retry>(On(
            Delivery() with { Priority = priority, Attempts = attempt },
            new SendResult.TryLater(Duration.FromSeconds(2), "server_error", WaitScope.Message), dice: dice)).At
            - Noon).TotalSeconds;

    private static DeliveryOutcome On(DueDelivery delivery, SendResult result, int parts = 1, double dice = 0.5) =>
        DeliveryOutcome.On(delivery, parts, result, Noon, dice);

    private static DueDelivery Delivery() => new(
        DeliveryId.New(), AlertId.New(), AddressId.New(), "chat", new ChannelAddress(ChannelKind.Telegram, "5"), DeliveryPriority.Urgent,
        new OutgoingMessage(RichText.Of("Come")), RichText.Of("A repeat"), Attempts: 1, Unclear: 0, PartsSent: 0, IsEdit: false, Edits: null,
        Noon + Duration.FromDays(1));
}
