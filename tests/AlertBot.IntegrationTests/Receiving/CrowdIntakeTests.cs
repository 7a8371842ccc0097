using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Domain.Reports;
using AlertBot.IntegrationTests.Support;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Reports;

namespace AlertBot.IntegrationTests.Receiving;

/// <summary>A crowd that comes at once: it is taken in by the hundred, a report in its midst is read first, and nobody waits for ever.</summary>
public sealed class CrowdIntakeTests
{
    private int _key;

    [PostgresFact]
    public async Task What_comes_together_is_stored_as_if_each_had_come_alone()
    {
        await using var fixture = await SendingFixture.StartAsync();
        // CA5394: a test's dice.
#pragma warning disable CA5394
        var dice = new Random(11);
        string[] words = ["/note", "/note", "they took my brother", "hello", "thank you"];
        var said = Enumerable.Range(0, 150).Select(_ => (Sender: dice.Next(9), Text: words[dice.Next(words.Length)])).ToList();
        // One of them has more waiting than counts, another sends too much.
        said.AddRange(Enumerable.Range(0, 60).Select(_ => (Sender: 10, Text: words[dice.Next(words.Length)])));
        said.AddRange(Enumerable.Range(0, 30).Select(_ => (Sender: 11, Text: words[dice.Next(words.Length)])));
        List<ChannelAddress[]> everybody = [];
#pragma warning restore CA5394
        foreach (var together in new[] { 1, 37, 100 })
        {
            var people = await Task.WhenAll(Enumerable.Range(0, 12).Select(async number => number switch
            {
                0 => (await fixture.AddPersonAsync()).Address.At,
                1 or 2 => (await fixture.AddPersonAsync(Role.Reporter)).Address.At,
                _ => Stranger(1000 * together + number),
            }));
            await fixture.InAsync(async session => await session.Reports.BeginAsync(
                (await session.Addresses.FindAsync(people[1]))!.Id, "en", new ReportContent { Words = ["they took him"] }));
            foreach (var page in said.Chunk(together))
            {
                var updates = page.Select(one => Says(people[one.Sender], one.Text)).ToList();
                // The messenger delivers some twice, in the same answer and in the next.
                await fixture.InAsync(session => session.Inbox.AddAsync([.. updates, updates[0]]));
                Assert.Equal(0, await fixture.InAsync(session => session.Inbox.AddAsync(updates)));
            }

            everybody.Add(people);
        }

        var alone = await LanesAsync(everybody[0]);
        Assert.Contains(alone, one => one.Contains('3', StringComparison.Ordinal));
        Assert.Equal(alone, await LanesAsync(everybody[1]));
        Assert.Equal(alone, await LanesAsync(everybody[2]));

        // Lane and place of each of a sender's updates, in order.
        async Task<List<string>> LanesAsync(IEnumerable<ChannelAddress> people)
        {
            var lanes = new List<string>();
            foreach (var one in people)
                lanes.Add(await fixture.ValueAsync<string>(
                    """
                    select string_agg(lane || case when is_head then '!' else '' end, ' ' order by seq)
                    from   incoming_message where sender = @sender
                    """,
                    new { sender = fixture.Vault.Lookup("sender", one.Value) }) ?? "");
            return lanes;
        }
    }

    [PostgresFact]
    public async Task Two_batches_of_the_same_people_in_another_order_do_not_wait_for_each_other()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var people = Enumerable.Range(0, 40).Select(Stranger).ToList();

        for (var round = 0; round < 10; round++)
        {
            var one = people.Select(at => Says(at, "/note")).ToList();
            var other = people.AsEnumerable().Reverse().Select(at => Says(at, "/note")).ToList();
            await Task.WhenAll(
                fixture.InAsync(session => session.Inbox.AddAsync(one)), fixture.InAsync(session => session.Inbox.AddAsync(other)));
        }

        Assert.Equal(40, await fixture.ValueAsync<int>("select count(*)::int from incoming_message where is_head"));
        Assert.Equal(800, await fixture.WaitingAsync());
    }

    [PostgresFact]
    public async Task While_more_waits_at_the_messenger_a_report_is_read_and_commands_wait_for_a_moment()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var command = new NoteCommand();
        await using var worker = new RunningSender(stop => Task.WhenAll(fixture.NewWorker(command).RunAsync(stop), fixture.Wakeups.RunAsync(stop)));
        await fixture.UntilWaitingAsync(4);

        // No time passes, so what waits for the crowd to end goes on waiting.
        await fixture.InAsync(session => session.Inbox.AddAsync(
            Enumerable.Range(0, 30).Select(number => Says(Stranger(number), "/note") with { IsOfCrowd = true }).ToList()));
        await fixture.InAsync(session => session.Inbox.AddAsync(
            [.. Enumerable.Range(30, 20).Select(number => Says(Stranger(number), "/note") with { IsOfCrowd = true }),
                Says(Stranger(99), "/note they took my brother")]));
        await SendingFixture.UntilStillAsync(() => command.Notes.Any(note => note.Text.Length > 0));
        var before = await fixture.WaitingAsync();
        await fixture.UntilAsync(async () => await fixture.WaitingAsync() == 0);

        // A few were in hand when the crowd was heard of, and the report may be still.
        Assert.InRange(before, 40, 51);
        Assert.Equal(51, command.Notes.Count);
    }

    [PostgresFact]
    public async Task A_crowd_without_end_keeps_a_command_waiting_for_three_seconds()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var command = new NoteCommand();
        await using var worker = new RunningSender(stop => Task.WhenAll(fixture.NewWorker(command).RunAsync(stop), fixture.Wakeups.RunAsync(stop)));
        await fixture.UntilWaitingAsync(4);
        await fixture.InAsync(session => session.Inbox.AddAsync([Says(Stranger(0), "/note one two") with { IsOfCrowd = true }]));
        await SendingFixture.UntilStillAsync(() => command.Notes.Count == 1);
        var since = fixture.Now;

        await fixture.UntilAsync(
            async () =>
            {
                var more = Enumerable.Range(0, 2).Select(number => Says(Stranger(100 + _key + number), "/note") with { IsOfCrowd = true }).ToList();
                await fixture.InAsync(session => session.Inbox.AddAsync(more));
                return command.Notes.Count > 10;
            },
            TimeSpan.FromMilliseconds(100));

        Assert.InRange((fixture.Now - since).TotalSeconds, 2.5, 8);
    }

    [PostgresFact]
    public async Task Whoever_sends_too_much_is_heard_however_much_comes_in_that_goes_first()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var command = new NoteCommand();
        await fixture.InAsync(session => session.Inbox.AddAsync(
            Enumerable.Range(0, InboxStore.MostAMinute + 1).Select(number => Says(Stranger(1), $"/note too much {number}")).ToList()));
        await fixture.ExecuteAsync("update incoming_message set lane = 3");
        await fixture.InAsync(session => session.Inbox.AddAsync(
            Enumerable.Range(100, 200).Select(number => Says(Stranger(number), "/note words")).ToList()));

        await using var worker = new RunningSender(fixture.NewWorker(command).RunAsync);
        await SendingFixture.UntilStillAsync(() => command.Notes.Count > 200);

        var order = command.Notes.Select(note => note.Text).ToList();
        Assert.InRange(order.FindIndex(text => text.StartsWith("too much", StringComparison.Ordinal)), 7, 40);
    }

    [PostgresFact]
    public async Task A_greeting_waits_behind_words_unless_it_may_be_the_answer_to_a_question()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var (_, asked) = await fixture.AddPersonAsync(Role.Reporter);
        await fixture.InAsync(async session =>
        {
            await session.Conversations.SaveAsync(asked.Id, "test", 1, "state");
            return true;
        });
        var updates = new[] { Says(Stranger(1), "Hello!"), Says(asked.At, "OK"), Says(Stranger(2), "they took my brother") };
        await using var receiver = new RunningSender(new Receiver(
            fixture.Database, new ScriptedChannel(fixture.Telegram) { Brings = updates }, fixture.Time, fixture.Logs.For<Receiver>(),
            SmallTalk.Is).RunAsync);
        await fixture.UntilAsync(async () => await fixture.WaitingAsync() == 3);

        var lanes = await fixture.ValueAsync<string>("select string_agg(lane::text, ' ' order by seq) from incoming_message");

        Assert.Equal("2 1 1", lanes);
    }

    [PostgresFact]
    public async Task Telegrams_full_answer_says_that_more_is_waiting()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var phones = Enumerable.Range(0, 130).Select(number => fixture.Sandbox.AddPerson($"Person {number}")).ToList();
        foreach (var phone in phones)
            phone.SendText("/start");

        var received = new List<IncomingUpdate>();
        await foreach (var update in fixture.NewChannel().ReceiveAsync(CancellationToken.None))
        {
            received.Add(update);
            if (received.Count == phones.Count)
                break;
        }

        Assert.Equal((true, 100), (received[..100].TrueForAll(update => update.IsOfCrowd), received.FindLastIndex(update => update.IsOfCrowd) + 1));
    }

    private static ChannelAddress Stranger(int number) => new(ChannelKind.Telegram, $"{70000 + number}");

    private IncomingUpdate Says(ChannelAddress sender, string text) =>
        new($"{++_key}", sender, ChatKind.Private, sender) { Text = text, Message = new MessageRef($"{_key}"), IsSmallTalk = SmallTalk.Is(text) };
}
