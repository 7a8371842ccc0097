using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Sandbox;
using NodaTime;

namespace AlertBot.IntegrationTests.Sending;

/// <summary>If nobody knows whether a message arrived, we repeat it rather than miss it, and the repeat says that it may be one.</summary>
public sealed class RepeatTests
{
    private const string Note = "This may be a repeat";

    [PostgresFact]
    public async Task A_critical_alert_whose_answer_was_lost_is_repeated_at_once_and_says_so()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (phone, address) = await sending.AddPersonAsync();
        sending.Sandbox.Faults.Plan(new Fault.DropAfter(), "sendMessage");
        var alert = await sending.RaiseAsync(Severity.Critical, "Come", address);

        await sending.SendAsync();

        Assert.Equal([false, true], phone.Messages.Select(message => message.Text.StartsWith(Note, StringComparison.Ordinal)));
        Assert.Equal(
            ("sent", 1, 2), ((await sending.RowAsync(alert)).State, (await sending.RowAsync(alert)).Unclear,
                (await sending.RowAsync(alert)).Attempts));
    }

    [PostgresFact]
    public async Task After_a_page_of_a_proxy_which_gave_up_waiting_it_says_that_it_may_be_a_repeat_however_often()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (phone, address) = await sending.AddPersonAsync();
        sending.Sandbox.Faults.Plan(new Fault.ErrorPageAfter(504), "sendMessage");
        sending.Sandbox.Faults.Plan(new Fault.ErrorPage(504), "sendMessage", times: 2);
        sending.Sandbox.Faults.Plan(new Fault.ErrorPage(502), "sendMessage");
        sending.Sandbox.Faults.Plan(new Fault.Error(500, "Internal Server Error"), "sendMessage");
        var alert = await sending.RaiseAsync(Severity.Critical, "Come", address);

        await sending.SendAsync();
        for (var tries = 0; tries < 5; tries++)
            await sending.SendAfterAsync(Duration.FromSeconds(15));

        Assert.Equal([false, true], phone.Messages.Select(message => message.Text.StartsWith(Note, StringComparison.Ordinal)));
        Assert.Equal("sent", (await sending.RowAsync(alert)).State);
    }

    [PostgresFact]
    public async Task A_reminder_whose_answer_was_lost_is_repeated_a_little_later()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (phone, address) = await sending.AddPersonAsync();
        sending.Sandbox.Faults.Plan(new Fault.DropAfter(), "sendMessage");
        var alert = await sending.RaiseAsync(Severity.Notice, "Come", address);

        await sending.SendAsync();
        Assert.Equal(("maybe", true), ((await sending.RowAsync(alert)).State, (await sending.RowAsync(alert)).HasBody));
        await sending.SendAfterAsync(Duration.FromSeconds(14));
        Assert.Single(phone.Messages);

        await sending.SendAfterAsync(Duration.FromSeconds(1));
        Assert.Equal(2, phone.Messages.Count);
        Assert.StartsWith(Note, phone.Messages[1].Text, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Whose_answer_was_lost_twice_fails_and_a_coordinator_is_told()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (coordinator, _) = await sending.AddPersonAsync(Role.Coordinator);
        var (phone, address) = await sending.AddPersonAsync();
        sending.Sandbox.Faults.Plan(new Fault.DropBefore(), "sendMessage", phone.Id, times: 5);
        var alert = await sending.RaiseAsync(Severity.Critical, "Come", address);

        await sending.SendAsync();

        Assert.Equal(("failed", "unclear"), ((await sending.RowAsync(alert)).State, (await sending.RowAsync(alert)).Outcome));
        Assert.Single(coordinator.Messages);
    }

    [PostgresFact]
    public async Task What_a_dead_sender_had_in_hand_is_repeated_critical_at_once_the_rest_a_little_later()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (phone, address) = await sending.AddPersonAsync();
        var (other, otherAddress) = await sending.AddPersonAsync();
        var critical = await sending.RaiseAsync(Severity.Critical, "Come", address);
        var notice = await sending.RaiseAsync(Severity.Notice, "Come", otherAddress);
        Assert.Equal(2, (await TakeAndDieAsync(sending)).Count);

        await using var running = sending.Running();
        await sending.UntilAsync(async () => (await sending.RowAsync(critical)).State == "sent");
        Assert.StartsWith(Note, Assert.Single(phone.Messages).Text, StringComparison.Ordinal);
        Assert.Equal(("maybe", 1), ((await sending.RowAsync(notice)).State, (await sending.RowAsync(notice)).Unclear));

        await sending.UntilAsync(async () => (await sending.RowAsync(notice)).State == "sent");
        Assert.StartsWith(Note, Assert.Single(other.Messages).Text, StringComparison.Ordinal);
        Assert.InRange(
            (await sending.RowAsync(notice)).NotBefore - (await sending.RowAsync(critical)).NotBefore,
            Duration.FromSeconds(14), Duration.FromSeconds(16));
    }

    [PostgresFact]
    public async Task A_database_that_goes_away_while_a_message_is_under_way_makes_no_repeat()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (phone, address) = await sending.AddPersonAsync();
        var channel = new ScriptedChannel(sending.Telegram);
        channel.Next = async (to, message) =>
        {
            var result = await sending.Telegram.SendAsync(to, message, CancellationToken.None);
            await sending.CutConnectionsAsync();
            return result;
        };
        var alert = await sending.RaiseAsync(Severity.Critical, "Come", address);

        var all = sending.SendAsync(channel);
        await sending.UntilAsync(() => all.IsCompleted);

        await all;
        Assert.Equal("sent", (await sending.RowAsync(alert)).State);
        Assert.Single(phone.Messages);
    }

    [PostgresFact]
    public async Task A_sender_that_was_thought_dead_does_not_undo_what_its_successor_did()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (phone, address) = await sending.AddPersonAsync();
        var alert = await sending.RaiseAsync(Severity.Critical, "Come", address);
        var (channel, answer, taken) = (new ScriptedChannel(sending.Telegram), new TaskCompletionSource<SendResult>(), new TaskCompletionSource());
        channel.Next = (_, _) =>
        {
            taken.SetResult();
            return answer.Task;
        };
        var slow = sending.SendAsync(channel);
        await taken.Task;
        await using (sending.Running())
            await sending.UntilAsync(async () => (await sending.RowAsync(alert)).State == "sent");

        answer.SetResult(new SendResult.Refused(Refusal.Blocked));
        await slow;

        Assert.Equal("sent", (await sending.RowAsync(alert)).State);
        Assert.Single(phone.Messages);
    }

    private static Task<IReadOnlyList<DueDelivery>> TakeAndDieAsync(SendingFixture sending) => sending.InAsync(session => session.Outbox.TakeDueAsync(
        ChannelKind.Telegram, 10, Guid.NewGuid(), Duration.FromMinutes(2), []));
}
