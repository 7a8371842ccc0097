using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Postgres;
using AlertBot.Sandbox;
using NodaTime;
using Npgsql;

namespace AlertBot.IntegrationTests.Sending;

/// <summary>One node sends at a time, without delay, the most urgent first, and stops without loss.</summary>
public sealed class DispatcherTests
{
    [PostgresFact]
    public async Task The_commit_itself_wakes_the_sender()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (phone, address) = await sending.AddPersonAsync();
        await using var running = sending.Running(withWakeups: true);
        await sending.UntilIdleAsync();

        // No time passes here, so only a wakeup can find the message.
        await sending.RaiseAsync(Severity.Critical, "Come", address);

        await phone.WaitForTextAsync("Come");
    }

    [PostgresFact]
    public async Task A_chat_that_becomes_free_while_the_sender_looks_does_not_wait_for_the_next_look()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (phone, address) = await sending.AddPersonAsync();
        await using var running = sending.Running(withWakeups: true);
        await sending.UntilIdleAsync();
        await sending.RaiseAsync(Severity.Critical, "Come", address);
        await phone.WaitForTextAsync("Come");
        await sending.RaiseAsync(Severity.Critical, "Bring the papers", address);
        await sending.UntilIdleAsync();
        sending.Time.Advance(TimeSpan.FromMilliseconds(1035));
        await sending.UntilIdleAsync();

        // It has read which chats must wait, and looks for the others until after this one is free.
        await using (var slow = await sending.Database.Source.OpenConnectionAsync())
        {
            await using var held = await slow.BeginTransactionAsync();
            await using (var hold = new NpgsqlCommand("lock table delivery in exclusive mode", slow))
                await hold.ExecuteNonQueryAsync();
            sending.Wakeups.Raise(Wakeups.Outbox);
            await SendingFixture.UntilStillAsync(() => sending.ValueAsync<bool>(
                "select exists (select from pg_locks where relation = 'delivery'::regclass and not granted)"));
            sending.Time.Advance(TimeSpan.FromMilliseconds(50));
        }

        await sending.UntilWaitingAsync(1);
        sending.Time.Advance(TimeSpan.FromMilliseconds(50));
        await phone.WaitForTextAsync("Bring the papers");
    }

    [PostgresFact]
    public async Task Nothing_is_sent_of_an_act_that_is_not_committed()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (phone, address) = await sending.AddPersonAsync();
        await using (var session = await sending.Database.BeginAsync(CancellationToken.None))
        {
            await session.Outbox.AddAsync(new NewDelivery(
                "test", address.Id, ChannelKind.Telegram, DeliveryPriority.Now, new OutgoingMessage(RichText.Of("Come")), RichText.Empty,
                sending.Now, sending.Now + Duration.FromDays(1)));
        }

        await sending.SendAsync();

        Assert.Empty(phone.Messages);
    }

    [PostgresFact]
    public async Task The_most_urgent_goes_first_and_equals_in_the_order_they_were_written()
    {
        await using var sending = await SendingFixture.StartAsync();
        var order = new List<long>();
        foreach (var priority in new[] { DeliveryPriority.Digest, DeliveryPriority.Reminder,
            DeliveryPriority.Now, DeliveryPriority.Urgent, DeliveryPriority.Now })
        {
            var (phone, address) = await sending.AddPersonAsync();
            order.Add(phone.Id);
            await sending.AddAsync(address, "Come", priority);
        }

        await sending.SendAsync();

        Assert.Equal([order[2], order[4], order[3], order[1], order[0]], sending.Sandbox.Calls.Select(call => call.ChatId));
    }

    [PostgresFact]
    public async Task A_critical_alert_overtakes_a_long_run()
    {
        await using var sending = await SendingFixture.StartAsync();
        var run = new List<Address>();
        for (var number = 0; number < 30; number++)
            run.Add((await sending.AddPersonAsync()).Address);
        var (urgent, urgentAddress) = await sending.AddPersonAsync();
        await sending.RaiseAsync(Severity.Notice, "A digest", [.. run]);
        await using var running = sending.Running();
        await sending.UntilAsync(() => sending.Sandbox.Calls.Count >= 10);

        await sending.RaiseAsync(Severity.Critical, "Come", urgentAddress);
        var before = sending.Sandbox.Calls.Count;
        await sending.UntilAsync(() => urgent.Messages.Count > 0);

        var place = sending.Sandbox.Calls.ToList().FindIndex(call => call.ChatId == urgent.Id);
        Assert.InRange(place - before, 0, 1);
    }

    [PostgresFact]
    public async Task Two_nodes_send_nothing_twice_and_one_of_them_sends()
    {
        await using var sending = await SendingFixture.StartAsync();
        var people = new List<(SandboxPhone Phone, Address Address)>();
        for (var number = 0; number < 30; number++)
            people.Add(await sending.AddPersonAsync());
        await using var one = sending.Running();
        await using var other = sending.Running();
        await sending.RaiseAsync(Severity.Notice, "Come", [.. people.Select(person => person.Address)]);

        await sending.UntilAsync(() => people.All(person => person.Phone.Messages.Count > 0));

        Assert.All(people, person => Assert.Single(person.Phone.Messages));
        Assert.Single(sending.Logs.Lines, line => line.Contains("This node sends", StringComparison.Ordinal));
    }

    [PostgresFact]
    public async Task When_the_sending_node_stops_another_takes_over()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (phone, address) = await sending.AddPersonAsync();
        await using var one = sending.Running();
        await sending.UntilAsync(() => sending.Logs.Text.Contains("This node sends", StringComparison.Ordinal));
        await using var other = sending.Running();

        await one.StopAsync();
        await sending.RaiseAsync(Severity.Notice, "Come", address);

        await sending.UntilAsync(() => phone.Messages.Count > 0);
        Assert.Single(phone.Messages);
    }

    [PostgresFact]
    public async Task When_the_connection_that_holds_the_lock_breaks_sending_goes_on_without_loss_or_repeat()
    {
        await using var sending = await SendingFixture.StartAsync();
        var people = new List<(SandboxPhone Phone, Address Address)>();
        for (var number = 0; number < 40; number++)
            people.Add(await sending.AddPersonAsync());
        await using var one = sending.Running();
        await using var other = sending.Running();
        await sending.RaiseAsync(Severity.Notice, "Come", [.. people.Select(person => person.Address)]);
        await sending.UntilAsync(() => sending.Sandbox.Calls.Count >= 10);

        await sending.CutConnectionsAsync();

        await sending.UntilAsync(() => people.All(person => person.Phone.Messages.Count > 0));
        Assert.All(people, person => Assert.Single(person.Phone.Messages));
    }

    [PostgresFact]
    public async Task Stopping_waits_for_what_is_under_way_and_takes_nothing_new()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (_, address) = await sending.AddPersonAsync();
        var (later, laterAddress) = await sending.AddPersonAsync();
        var alert = await sending.RaiseAsync(Severity.Critical, "Come", address);
        var (channel, left, answer) = (new ScriptedChannel(sending.Telegram), new TaskCompletionSource(), new TaskCompletionSource<SendResult>());
        channel.Next = (_, _) =>
        {
            left.SetResult();
            return answer.Task;
        };
        await using var running = sending.Running(channel: channel);
        await left.Task;

        var stopping = running.StopAsync();
        await sending.RaiseAsync(Severity.Critical, "Too late", laterAddress);
        Assert.False(stopping.IsCompleted);
        answer.SetResult(new SendResult.Sent(new MessageRef("1")));
        await stopping;

        Assert.Equal("sent", (await sending.RowAsync(alert)).State);
        Assert.Empty(later.Messages);
    }

    [PostgresFact]
    public async Task Whoever_begins_to_send_keeps_the_wait_that_was_named_to_the_one_before()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (_, address) = await sending.AddPersonAsync();
        var (other, otherAddress) = await sending.AddPersonAsync();
        sending.Sandbox.Faults.Plan(new Fault.Error(429, "Too Many Requests: retry after 60", RetryAfter: 60), "sendMessage");
        await sending.RaiseAsync(Severity.Urgent, "Come", address);
        await sending.SendAsync();
        var named = sending.Now;
        await sending.RaiseAsync(Severity.Critical, "Come", otherAddress);

        await using var running = sending.Running();
        await sending.UntilAsync(() => sending.Now - named > Duration.FromSeconds(59.5), step: TimeSpan.FromMilliseconds(100));
        Assert.Empty(other.Messages);

        // From here the test's clock runs as slowly as a real one. Faster, it would run ahead of the sender.
        await sending.UntilAsync(() => other.Messages.Count > 0, step: TimeSpan.FromMilliseconds(1));
        // If the wait began anew with the new sender, it would take two minutes.
        Assert.InRange(sending.Now - named, Duration.FromSeconds(60), Duration.FromSeconds(90));
    }

    [PostgresFact]
    public async Task A_wait_that_a_group_named_keeps_only_that_group_waiting()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (group, groupAddress) = await sending.AddGroupAsync();
        var (phone, address) = await sending.AddPersonAsync();
        sending.Sandbox.Faults.Plan(new Fault.Error(429, "Too Many Requests: retry after 40", RetryAfter: 40), "sendMessage", group.Id);
        var began = sending.Now;
        await sending.RaiseAsync(Severity.Critical, "First", groupAddress);
        await using var running = sending.Running();
        await sending.UntilAsync(() => sending.Sandbox.Calls.Count == 1);

        await sending.RaiseAsync(Severity.Critical, "Second", groupAddress, address);
        await sending.UntilAsync(() => phone.Messages.Count > 0);
        Assert.True(sending.Now - began < Duration.FromSeconds(30));

        await sending.UntilAsync(() => group.Messages.Count == 2, step: TimeSpan.FromMilliseconds(250));
        Assert.True(sending.Now - began >= Duration.FromSeconds(40));
        Assert.Contains("First", group.Messages[0].Text, StringComparison.Ordinal);
        Assert.Equal(4, sending.Sandbox.Calls.Count);
    }

    [PostgresFact]
    public async Task At_the_pace_of_paid_broadcasts_one_chat_still_gets_one_message_after_the_other()
    {
        await using var sending = await SendingFixture.StartAsync();
        var (phone, address) = await sending.AddPersonAsync();
        var channel = new ScriptedChannel(sending.Telegram)
        {
            Capabilities = sending.Telegram.Capabilities with { MessagesPerSecond = 1000, PerChat = 0 },
        };
        for (var number = 1; number <= 20; number++)
            await sending.AddAsync(address, $"{number}");

        await using var running = sending.Running(channel: channel);
        // Outcomes are written together at this pace, for which time must pass: who stops before that waits for ever.
        await sending.UntilAsync(
            async () => await sending.ValueAsync<int>("select count(*)::int from delivery where state = 'sent'") == 20);

        Assert.Equal(Enumerable.Range(1, 20).Select(number => $"{number}"), phone.Messages.Select(message => message.Text));
    }
}
