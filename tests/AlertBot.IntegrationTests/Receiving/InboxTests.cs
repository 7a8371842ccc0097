using System.Globalization;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;

namespace AlertBot.IntegrationTests.Receiving;

/// <summary>Updates are handled in order and once. A failing one is set aside without holding up others.</summary>
public sealed class InboxTests
{
    private int _key;

    [PostgresFact]
    public async Task Four_hands_keep_the_order_of_each_sender()
    {
        await using var fixture = await SendingFixture.StartAsync();
        // CA5394: a test's dice.
#pragma warning disable CA5394
        var dice = new Random(7);
        var said = Enumerable.Range(0, 120).Select(number => (Sender: dice.Next(6), Number: number)).ToList();
#pragma warning restore CA5394
        var handled = new NoteCommand(async (_, arguments) =>
        {
            // Some updates take long and some do not: without care the quick ones would overtake.
            for (var turn = int.Parse(arguments, CultureInfo.InvariantCulture) * 7 % 50; turn > 0; turn--)
                await Task.Yield();
        });
        foreach (var (sender, number) in said)
            await fixture.StoreAsync(Says(sender, $"/note {number}"));

        await using var worker = new RunningSender(fixture.NewWorker(handled).RunAsync);
        await fixture.UntilAsync(async () => await fixture.WaitingAsync() == 0);

        Assert.Equal(said.Count, handled.Notes.Count);
        foreach (var notes in handled.Notes.GroupBy(note => note.Chat))
        {
            var numbers = notes.Select(note => int.Parse(note.Text, CultureInfo.InvariantCulture)).ToList();
            Assert.Equal(numbers.Order(), numbers);
        }
    }

    [PostgresFact]
    public async Task What_is_cut_off_after_one_update_leaves_nothing_of_the_next_undone()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var done = 0;
        var command = new NoteCommand((talk, arguments) =>
        {
            // A messenger that does not answer in time cancels, though nobody stops the program.
            talk.Afterward(_ => arguments == "late" ? throw new TaskCanceledException() : Task.FromResult(Interlocked.Increment(ref done)));
            return Task.CompletedTask;
        });
        for (var sender = 0; sender < 20; sender++)
            await fixture.StoreAsync(Says(sender, "/note late"));
        for (var sender = 20; sender < 40; sender++)
            await fixture.StoreAsync(Says(sender, "/note well"));

        await using var worker = new RunningSender(fixture.NewWorker(command).RunAsync);
        await fixture.UntilAsync(async () => await fixture.WaitingAsync() == 0);

        await SendingFixture.UntilStillAsync(() => Volatile.Read(ref done) == 20);
    }

    [PostgresFact]
    public async Task People_do_not_wait_for_each_other()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var (inside, both) = (0, new TaskCompletionSource());
        var command = new NoteCommand(async (_, _) =>
        {
            if (Interlocked.Increment(ref inside) == 2)
                both.SetResult();
            // Each waits until the other has begun as well.
            await both.Task.WaitAsync(TimeSpan.FromSeconds(30));
        });
        await fixture.StoreAsync(Says(1, "/note one"));
        await fixture.StoreAsync(Says(2, "/note two"));

        await using var worker = new RunningSender(fixture.NewWorker(command).RunAsync);
        await fixture.UntilAsync(async () => await fixture.WaitingAsync() == 0);

        Assert.Equal(2, command.Notes.Count);
    }

    [PostgresFact]
    public async Task What_is_said_its_effect_and_its_answer_are_committed_together()
    {
        await using var fixture = await SendingFixture.StartAsync();
        await fixture.StoreAsync(Says(1, "/note one"));

        await fixture.NewWorker(new NoteCommand()).DrainAsync(CancellationToken.None);

        Assert.Equal(
            ("handled", true, 1),
            (await fixture.ValueAsync<string>("select state from incoming_message"),
                await fixture.ValueAsync<bool>("select body is null from incoming_message"),
                await fixture.ValueAsync<int>("select count(*)::int from delivery where reason like 'answer:%'")));
    }

    [PostgresFact]
    public async Task The_commit_of_an_update_wakes_the_hands()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var command = new NoteCommand();
        await using var worker = new RunningSender(stop => Task.WhenAll(fixture.NewWorker(command).RunAsync(stop), fixture.Wakeups.RunAsync(stop)));
        // All four have found nothing and wait. No time passes here, so only a wakeup can find the update.
        await fixture.UntilWaitingAsync(4);

        await fixture.StoreAsync(Says(1, "/note one"));

        await SendingFixture.UntilStillAsync(() => command.Notes.Count == 1);
    }

    [PostgresFact]
    public async Task What_its_sender_says_meanwhile_is_handled_next()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var (inside, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        var command = new NoteCommand(async (_, arguments) =>
        {
            if (arguments != "one")
                return;
            inside.SetResult();
            await goOn.Task.WaitAsync(TimeSpan.FromSeconds(30));
        });
        await using var worker = new RunningSender(stop => Task.WhenAll(fixture.NewWorker(command).RunAsync(stop), fixture.Wakeups.RunAsync(stop)));
        await fixture.UntilWaitingAsync(4);
        await fixture.StoreAsync(Says(1, "/note one"));
        await inside.Task.WaitAsync(TimeSpan.FromSeconds(30));

        // No time passes here: the hand that is busy with the sender must look once more.
        await fixture.StoreAsync(Says(1, "/note two"));
        goOn.SetResult();

        await SendingFixture.UntilStillAsync(() => command.Notes.Count == 2);
    }

    [PostgresFact]
    public async Task What_cannot_be_handled_is_set_aside_with_a_code_and_the_next_is_handled()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var (phone, _) = await fixture.AddPersonAsync();
        var command = new NoteCommand(async (talk, arguments) =>
        {
            if (!arguments.StartsWith("poison", StringComparison.Ordinal))
                return;
            await talk.Session.Audit.AddAsync(null, new AuditAct("half"), null);
            throw new FormatException("They took Dilnoza");
        });
        await fixture.StoreAsync(Says(phone.Address, "/note poison: they took Dilnoza"));
        await fixture.StoreAsync(Says(phone.Address, "/note two"));

        await fixture.NewWorker(command).DrainAsync(CancellationToken.None);
        await fixture.SendAsync();

        Assert.Equal("two", Assert.Single(command.Notes).Text);
        var code = await fixture.ValueAsync<string>("select fault_code from incoming_message where state = 'failed'");
        Assert.Matches("^[0-9A-F]{8}$", code);
        Assert.Contains(code!, phone.Messages[0].Text, StringComparison.Ordinal);
        Assert.Equal("Noted two", phone.Messages[1].Text);
        // Its changes are undone, its content stays sealed for an investigation, and the log has the code and no words.
        Assert.Equal(0, await fixture.ValueAsync<int>("select count(*)::int from audit"));
        Assert.True(await fixture.ValueAsync<bool>("select body is not null from incoming_message where state = 'failed'"));
        Assert.Contains(code!, fixture.Logs.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Dilnoza", fixture.Logs.Text, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task An_update_that_was_tampered_with_is_set_aside_and_the_next_is_handled()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var command = new NoteCommand();
        await fixture.StoreAsync(Says(1, "/note one"));
        await fixture.ExecuteAsync("update incoming_message set body = set_byte(body, 30, get_byte(body, 30) # 1)");
        await fixture.StoreAsync(Says(1, "/note two"));

        await fixture.NewWorker(command).DrainAsync(CancellationToken.None);

        Assert.Equal("two", Assert.Single(command.Notes).Text);
    }

    [PostgresFact]
    public async Task A_failure_of_the_moment_sets_nothing_aside()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var times = 0;
        var command = new NoteCommand((talk, _) => Interlocked.Increment(ref times) == 1
            ? throw new Npgsql.PostgresException("deadlock detected", "ERROR", "ERROR", Npgsql.PostgresErrorCodes.DeadlockDetected)
            : Task.CompletedTask);
        await fixture.StoreAsync(Says(1, "/note one"));

        await using var worker = new RunningSender(fixture.NewWorker(command).RunAsync);
        await fixture.UntilAsync(async () => await fixture.WaitingAsync() == 0);

        Assert.Equal(("handled", 2), (await fixture.ValueAsync<string>("select state from incoming_message"), times));
    }

    [PostgresFact]
    public async Task A_database_that_goes_away_in_the_middle_loses_and_doubles_nothing()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var times = 0;
        var command = new NoteCommand(async (_, _) =>
        {
            if (Interlocked.Increment(ref times) == 3)
                await fixture.CutConnectionsAsync();
        });
        for (var number = 0; number < 10; number++)
            await fixture.StoreAsync(Says(number % 3, $"/note {number}"));

        await using var worker = new RunningSender(fixture.NewWorker(command).RunAsync);
        await fixture.UntilAsync(async () => await fixture.WaitingAsync() == 0);

        Assert.Equal(10, await fixture.ValueAsync<int>("select count(*)::int from delivery"));
        Assert.Equal(10, await fixture.ValueAsync<int>("select count(*)::int from incoming_message where state = 'handled'"));
    }

    [PostgresFact]
    public async Task Whoever_writes_can_be_written_to_again()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var (_, address) = await fixture.AddPersonAsync();
        await fixture.InAsync(session => session.Addresses.DarkenAsync(address.Id, Refusal.Blocked));
        await fixture.StoreAsync(Says(address.At, "/note I am back"));

        await fixture.NewWorker(new NoteCommand()).DrainAsync(CancellationToken.None);

        Assert.False((await fixture.InAsync(session => session.Addresses.FindAsync(address.Id)))!.IsDark);
    }

    [PostgresFact]
    public async Task Whoever_asked_for_peace_is_answered_and_left_in_peace()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var (phone, address) = await fixture.AddPersonAsync();
        await fixture.InAsync(session => session.Addresses.DarkenAsync(address.Id, Refusal.Stopped));
        await fixture.StoreAsync(Says(address.At, "/note one"));

        await fixture.NewWorker(new NoteCommand()).DrainAsync(CancellationToken.None);
        await fixture.SendAsync();

        Assert.Single(phone.Messages);
        Assert.Equal(Refusal.Stopped, (await fixture.InAsync(session => session.Addresses.FindAsync(address.Id)))!.DarkWhy);
    }

    [PostgresFact]
    public async Task The_bot_blocked_and_unblocked_closes_and_opens_an_address()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var (coordinator, _) = await fixture.AddPersonAsync(Role.Coordinator);
        var (_, address) = await fixture.AddPersonAsync();
        var worker = fixture.NewWorker();

        await fixture.StoreAsync(Says(address.At, null) with { Change = new ChatChange.BotRemoved() });
        await worker.DrainAsync(CancellationToken.None);
        await fixture.SendAsync();
        Assert.Equal(Refusal.Blocked, (await fixture.InAsync(session => session.Addresses.FindAsync(address.Id)))!.DarkWhy);
        Assert.Single(coordinator.Messages);

        await fixture.StoreAsync(Says(address.At, null) with { Change = new ChatChange.BotAdded() });
        await worker.DrainAsync(CancellationToken.None);
        Assert.False((await fixture.InAsync(session => session.Addresses.FindAsync(address.Id)))!.IsDark);
    }

    [PostgresFact]
    public async Task A_messenger_that_is_slow_to_take_the_answer_to_a_press_keeps_nobody_waiting()
    {
        await using var fixture = await SendingFixture.StartAsync();
        fixture.Sandbox.Faults.Plan(new Sandbox.Fault.Hang(), "answerCallbackQuery", times: 10);
        var command = new NoteCommand();
        for (var number = 0; number < 4; number++)
            await fixture.StoreAsync(Says(number, null) with { PressHandle = $"{number}", Pressed = "gone:1" });
        await fixture.StoreAsync(Says(9, "/note one"));

        await using (var worker = new RunningSender(fixture.NewWorker(command).RunAsync))
            await SendingFixture.UntilStillAsync(() => command.Notes.Count == 1);
    }

    private IncomingUpdate Says(int sender, string? text) => Says(new ChannelAddress(ChannelKind.Telegram, $"{5000 + sender}"), text);

    private IncomingUpdate Says(ChannelAddress sender, string? text) =>
        new($"{++_key}", sender, ChatKind.Private, sender) { Text = text, Message = new MessageRef($"{_key}") };
}
