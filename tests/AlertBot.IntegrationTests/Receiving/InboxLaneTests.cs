using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Domain.Reports;
using AlertBot.IntegrationTests.Support;
using AlertBot.Postgres.Stores;
using NodaTime;

namespace AlertBot.IntegrationTests.Receiving;

/// <summary>Who is heard first when more comes in than is handled at once. Nobody is refused, and nobody's noise costs another anything.</summary>
public sealed class InboxLaneTests
{
    private int _key;

    [PostgresFact]
    public async Task Whoever_has_a_role_or_a_report_is_heard_before_strangers_and_words_before_bare_commands()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var (_, advocate) = await fixture.AddPersonAsync();
        var (_, witness) = await fixture.AddPersonAsync(Role.Reporter);
        await fixture.InAsync(session => session.Reports.BeginAsync(witness.Id, "en", new ReportContent { Words = ["they took him"] }));
        var (bare, words) = (Stranger(1), Stranger(2));
        var command = new NoteCommand();

        foreach (var (sender, text) in new[]
            { (bare, "/note"), (words, "/note they took my brother"), (witness.At, "/note"), (advocate.At, "/note") })
            await fixture.StoreAsync(Says(sender, text));
        await fixture.NewWorker(command).DrainAsync(CancellationToken.None);

        Assert.Equal([witness.At, advocate.At, words, bare], command.Notes.Select(note => new ChannelAddress(ChannelKind.Telegram, note.Chat)));
    }

    [PostgresFact]
    public async Task A_report_does_not_wait_behind_the_command_that_its_sender_gave_before_it()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var (first, other) = (Stranger(1), Stranger(2));
        var command = new NoteCommand();
        await fixture.StoreAsync(Says(first, "/note"));
        await fixture.StoreAsync(Says(other, "/note something"));

        await fixture.StoreAsync(Says(first, "/note they took my brother"));
        await fixture.NewWorker(command).DrainAsync(CancellationToken.None);

        Assert.Equal(["", "something", "they took my brother"], command.Notes.Select(note => note.Text));
    }

    [PostgresTheory]
    [InlineData(Role.Reporter)]
    [InlineData(Role.Advocate)]
    public async Task More_than_twenty_a_minute_of_one_sender_are_taken_after_those_of_others_and_none_is_refused(Role role)
    {
        await using var fixture = await SendingFixture.StartAsync();
        var (_, loud) = await fixture.AddPersonAsync(role);
        var (_, other) = await fixture.AddPersonAsync(role);
        var command = new NoteCommand();
        for (var number = 0; number < InboxStore.MostAMinute + 5; number++)
            await fixture.StoreAsync(Says(loud.At, $"/note {number}"));
        await fixture.StoreAsync(Says(other.At, "/note other"));

        await fixture.NewWorker(command).DrainAsync(CancellationToken.None);

        var order = command.Notes.Select(note => note.Text).ToList();
        Assert.Equal(InboxStore.MostAMinute, order.IndexOf("other"));
        Assert.Equal(InboxStore.MostAMinute + 6, order.Count);
    }

    [PostgresFact]
    public async Task What_one_sender_has_heaped_up_stays_behind_when_they_go_on()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var (loud, other) = (Stranger(1), Stranger(2));
        var command = new NoteCommand();
        for (var number = 0; number < 60; number++)
            await fixture.StoreAsync(Says(loud, $"/note {number}"));
        fixture.Clock.Advance(Duration.FromMinutes(2));
        await fixture.StoreAsync(Says(loud, "/note again"));

        await fixture.StoreAsync(Says(other, "/note they took my brother"));
        await fixture.NewWorker(command).DrainAsync(CancellationToken.None);

        var order = command.Notes.Select(note => note.Text).ToList();
        Assert.Equal(InboxStore.MostAMinute, order.IndexOf("they took my brother"));
        Assert.Equal(62, order.Count);
        Assert.Equal("again", order[^1]);
    }

    [PostgresFact]
    public async Task One_answer_waits_for_a_stranger_and_each_for_whoever_has_a_role()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var (advocate, known) = await fixture.AddPersonAsync();
        var stranger = fixture.Sandbox.AddPerson("Stranger", "en");
        for (var number = 0; number < 6; number++)
        {
            await fixture.StoreAsync(Says(stranger.Address, $"/note {number}"));
            await fixture.StoreAsync(Says(known.At, $"/note {number}"));
        }

        await fixture.NewWorker(new NoteCommand()).DrainAsync(CancellationToken.None);
        Assert.Equal(7, await fixture.ValueAsync<int>("select count(*)::int from delivery where state = 'queued'"));
        await fixture.SendAfterAsync(Duration.FromSeconds(30));

        Assert.Equal(["Noted 5"], stranger.Messages.Where(message => message.IsFromBot).Select(message => message.Text));
        // Their chat takes one a second: the rest comes with time, and nothing of it is left out.
        Assert.Equal(
            6, await fixture.ValueAsync<int>(
                "select count(*)::int from delivery where address_id = @Value and state <> 'superseded'", new { known.Id.Value }));
        Assert.NotEmpty(advocate.Messages);
    }

    [PostgresFact]
    public async Task While_some_add_and_others_handle_nothing_is_left_over_and_each_sender_is_heard_in_order()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var command = new NoteCommand();
        using var stop = new CancellationTokenSource();
        var working = fixture.NewWorker(command).RunAsync(stop.Token);

        await Task.WhenAll(Enumerable.Range(0, 6).Select(async sender =>
        {
            for (var number = 0; number < 25; number++)
            {
                var from = Stranger(sender);
                await fixture.StoreAsync(
                    new IncomingUpdate($"{sender}-{number}", from, ChatKind.Private, from) { Text = $"/note {number}" });
                if (number % 5 == 0)
                    fixture.Wakeups.Raise(Postgres.Wakeups.Inbox);
            }
        }));
        // No clock moves, so nothing but the updates' own ends brings the next ones to the head.
        await SendingFixture.UntilStillAsync(async () =>
        {
            fixture.Wakeups.Raise(Postgres.Wakeups.Inbox);
            return await fixture.WaitingAsync() == 0;
        });

        await stop.CancelAsync();
        await working.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var heard in command.Notes.GroupBy(note => note.Chat))
            Assert.Equal(Enumerable.Range(0, 25).Select(number => $"{number}"), heard.Select(note => note.Text));
        Assert.Equal(150, command.Notes.Count);
    }

    [PostgresFact]
    public async Task Of_a_backlog_only_the_head_is_looked_at()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var (loud, other) = (Stranger(1), Stranger(2));
        for (var number = 0; number < 30; number++)
            await fixture.StoreAsync(Says(loud, $"/note {number}"));
        await fixture.StoreAsync(Says(other, "/note other"));
        await using var busy = await fixture.Database.BeginAsync(CancellationToken.None);
        var first = await busy.Inbox.TakeNextAsync();

        Assert.Equal(2, await fixture.ValueAsync<int>("select count(*)::int from incoming_message where is_head"));
        var next = await fixture.InAsync(session => session.Inbox.TakeNextAsync());

        Assert.Equal(("/note 0", "/note other"), (first!.Read().Text, next!.Read().Text));
    }

    [PostgresFact]
    public async Task What_an_older_version_left_behind_nobody_is_found()
    {
        await using var fixture = await SendingFixture.StartAsync();
        await fixture.StoreAsync(Says(Stranger(1), "/note one"));
        await fixture.ExecuteAsync("update incoming_message set is_head = false");

        Assert.Equal(1, await fixture.InAsync(session => session.Inbox.FindHeadsAsync()));

        Assert.NotNull(await fixture.InAsync(session => session.Inbox.TakeNextAsync()));
    }

    private static ChannelAddress Stranger(int number) => new(ChannelKind.Telegram, $"{7000 + number}");

    private IncomingUpdate Says(ChannelAddress sender, string text) =>
        new($"{++_key}", sender, ChatKind.Private, sender) { Text = text, Message = new MessageRef($"{_key}") };
}
