using AlertBot.Domain.Alerts;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Sandbox;
using NodaTime;

namespace AlertBot.IntegrationTests.Sending;

/// <summary>Whatever a messenger answers, every delivery ends in the right state, and somebody is told if people miss something.</summary>
public sealed class OutcomeTests
{
    private static readonly Duration Day = Duration.FromDays(1);

    [PostgresFact]
    public async Task What_arrived_is_sent_and_its_text_is_kept_no_longer()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (phone, address) = await sending.AddPersonAsync();
        var alert = await sending.RaiseAsync(Severity.Urgent, "Come to the court", address);

        await sending.SendAsync();

        var message = Assert.Single(phone.Messages);
        Assert.Contains("Come to the court", message.Text, StringComparison.Ordinal);
        Assert.Equal(
            new DeliveryRow("sent", null, 1, 0, 1, sending.Now, message.Id.ToString(), HasBody: false, IsOver: true), await sending.RowAsync(alert));
    }

    [PostgresTheory]
    [InlineData(false, "account_waits")]
    [InlineData(true, "chat_waits")]
    public async Task A_wait_that_Telegram_names_is_kept_to_the_second(bool inGroup, string outcome)
    {
        await using var sending = await SendingFixture.StartAsync();
        var address = inGroup ? (await sending.AddGroupAsync()).Address : (await sending.AddPersonAsync()).Address;
        sending.Sandbox.Faults.Plan(new Fault.Error(429, "Too Many Requests: retry after 17", RetryAfter: 17), "sendMessage");
        var alert = await sending.RaiseAsync(Severity.Urgent, "Come", address);

        await sending.SendAsync();

        var row = await sending.RowAsync(alert);
        Assert.Equal(("retry", outcome), (row.State, row.Outcome));
        Assert.InRange(row.NotBefore - sending.Now, Duration.FromSeconds(17), Duration.FromSeconds(17.2));

        await sending.SendAfterAsync(Duration.FromSeconds(16.9));
        Assert.Single(sending.Sandbox.Calls);
        await sending.SendAfterAsync(Duration.FromSeconds(0.4));
        Assert.Equal("sent", (await sending.RowAsync(alert)).State);
    }

    [PostgresFact]
    public async Task An_outage_of_the_messenger_is_sat_out()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (phone, address) = await sending.AddPersonAsync();
        sending.Sandbox.Faults.Plan(new Fault.ErrorPage(502), "sendMessage", times: 3);
        var alert = await sending.RaiseAsync(Severity.Critical, "Come", address);

        for (var attempt = 1; attempt <= 3; attempt++)
        {
            await sending.SendAfterAsync(Duration.FromSeconds(15));
            var row = await sending.RowAsync(alert);
            Assert.Equal(("retry", "server_error", attempt), (row.State, row.Outcome, row.Attempts));
        }

        await sending.SendAfterAsync(Duration.FromSeconds(15));
        Assert.Equal("sent", (await sending.RowAsync(alert)).State);
        Assert.DoesNotContain("repeat", Assert.Single(phone.Messages).Text, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task What_could_not_even_leave_is_tried_again_and_is_no_repeat()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (phone, address) = await sending.AddPersonAsync();
        var alert = await sending.RaiseAsync(Severity.Critical, "Come", address);

        await sending.SendAsync(sending.NewChannel(settings => settings with { ApiUrl = new Uri("http://127.0.0.1:9") }));
        Assert.Equal(("retry", "refused"), ((await sending.RowAsync(alert)).State, (await sending.RowAsync(alert)).Outcome));

        await sending.SendAfterAsync(Duration.FromSeconds(10));
        Assert.Equal(0, (await sending.RowAsync(alert)).Unclear);
        Assert.DoesNotContain("repeat", Assert.Single(phone.Messages).Text, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_message_that_is_not_taken_fails_alone_and_a_coordinator_is_told()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (coordinator, _) = await sending.AddPersonAsync(Role.Coordinator);
        var (phone, address) = await sending.AddPersonAsync();
        var @case = await sending.AddCaseAsync(address);
        sending.Sandbox.Faults.Plan(new Fault.Error(400, "Bad Request: can't parse entities"), "sendMessage");
        var bad = await sending.RaiseAsync(Severity.Urgent, "Bad", @case, address);
        var good = await sending.RaiseAsync(Severity.Urgent, "Good", @case, address);

        await sending.SendAsync();

        Assert.Equal(("failed", "bad_message"), ((await sending.RowAsync(bad)).State, (await sending.RowAsync(bad)).Outcome));
        Assert.Equal("sent", (await sending.RowAsync(good)).State);
        Assert.Single(phone.Messages);
        Assert.Contains(@case.Code.Text, Assert.Single(coordinator.Messages).Text, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task When_the_news_of_a_failure_fails_too_there_is_no_endless_chain_of_news()
    {
        await using var sending = await SendingFixture.StartAsync();
        await sending.AddPersonAsync(Role.Coordinator);
        await sending.AddPersonAsync(Role.Coordinator);
        var (_, address) = await sending.AddPersonAsync();
        sending.Sandbox.Faults.Plan(new Fault.Error(400, "Bad Request: can't parse entities"), "sendMessage", times: 100);
        await sending.RaiseAsync(Severity.Urgent, "Bad", address);

        await sending.SendAsync();

        Assert.Equal(3, sending.Sandbox.Calls.Count);
    }

    [PostgresFact]
    public async Task A_refused_token_keeps_everything_waiting_for_the_operator()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (coordinator, _) = await sending.AddPersonAsync(Role.Coordinator);
        var (_, address) = await sending.AddPersonAsync();
        sending.Sandbox.Faults.Plan(new Fault.Error(401, "Unauthorized"), "sendMessage", times: 50);
        var alert = await sending.RaiseAsync(Severity.Urgent, "Come", address);

        for (var minute = 0; minute < 50; minute++)
            await sending.SendAfterAsync(Duration.FromMinutes(1));
        Assert.Equal(("retry", "unauthorized"), ((await sending.RowAsync(alert)).State, (await sending.RowAsync(alert)).Outcome));

        await sending.SendAfterAsync(Duration.FromMinutes(1));
        Assert.Equal("sent", (await sending.RowAsync(alert)).State);
        Assert.Empty(coordinator.Messages);
    }

    [PostgresFact]
    public async Task A_group_that_became_a_supergroup_is_followed()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (group, address) = await sending.AddGroupAsync(isBasic: true);
        var @case = await sending.AddCaseAsync(address);
        var old = group.Chat;
        group.Migrate();
        var first = await sending.RaiseAsync(Severity.Urgent, "First", @case, address);

        await sending.SendAsync();
        var second = await sending.RaiseAsync(Severity.Urgent, "Second", @case, address);
        await sending.SendAsync();

        Assert.Equal(("sent", "sent"), ((await sending.RowAsync(first)).State, (await sending.RowAsync(second)).State));
        Assert.Equal(2, group.Messages.Count(message => message.IsFromBot));
        Assert.Single(sending.Sandbox.Calls, call => call.ChatId == old.Id);
        Assert.Equal(address.Id, (await sending.InAsync(session => session.Addresses.FindAsync(group.Address)))?.Id);
    }

    [PostgresFact]
    public async Task What_was_worth_sending_until_now_expires_and_a_coordinator_is_told()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (coordinator, _) = await sending.AddPersonAsync(Role.Coordinator);
        var (phone, address) = await sending.AddPersonAsync();
        sending.Sandbox.Faults.Plan(new Fault.ErrorPage(502), "sendMessage", phone.Id, times: 1000);
        var alert = await sending.RaiseAsync(Severity.Urgent, "Come", address);
        var answer = await sending.AddAsync(address, "An answer");

        for (var day = 0; day < 4; day++)
            await sending.SendAfterAsync(Day);

        Assert.Equal(
            ("expired", true, true), ((await sending.RowAsync(alert)).State, (await sending.RowAsync(alert)).HasBody,
                (await sending.RowAsync(alert)).IsOver));
        Assert.Equal("expired", (await sending.RowAsync(answer)).State);
        Assert.Single(coordinator.Messages);
    }

    [PostgresFact]
    public async Task A_channel_that_fails_over_one_message_does_not_keep_the_others_waiting()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (phone, address) = await sending.AddPersonAsync();
        var (other, otherAddress) = await sending.AddPersonAsync();
        var channel = new ScriptedChannel(sending.Telegram);
        channel.Next = (_, _) => throw new InvalidOperationException("A mistake of ours.");
        var alert = await sending.RaiseAsync(Severity.Urgent, "Come", address, otherAddress);

        await sending.SendAsync(channel);

        Assert.Empty(phone.Messages);
        Assert.Single(other.Messages);
        Assert.Equal(("retry", "unexpected"), ((await sending.RowAsync(alert, address)).State, (await sending.RowAsync(alert, address)).Outcome));
        await sending.SendAfterAsync(Duration.FromMinutes(1));
        Assert.Single(phone.Messages);
    }

    [PostgresFact]
    public async Task Nothing_of_what_was_said_or_to_whom_is_logged()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (phone, address) = await sending.AddPersonAsync();
        var (_, other) = await sending.AddPersonAsync();
        phone.BlockBot();
        sending.Sandbox.Faults.Plan(new Fault.Garbage(), "sendMessage", times: 2);
        await sending.RaiseAsync(Severity.Critical, "Dilnoza is at the police", address, other);

        await sending.SendAsync();
        await sending.SendAfterAsync(Day);

        Assert.DoesNotContain("Dilnoza", sending.Logs.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(phone.Id.ToString(), sending.Logs.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(sending.Sandbox.Token, sending.Logs.Text, StringComparison.Ordinal);
    }
}
