using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Messengers;
using NodaTime;

namespace AlertBot.IntegrationTests.Receiving;

/// <summary>Updates are stored before they are confirmed, once, by one node.</summary>
public sealed class ReceiverTests
{
    [PostgresFact]
    public async Task What_arrives_is_stored_sealed_and_then_confirmed()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var (phone, _) = await fixture.AddPersonAsync();
        await using var receiver = Running(fixture);

        phone.SendText("They took Dilnoza");

        await fixture.UntilAsync(async () => await fixture.WaitingAsync() == 1);
        await fixture.UntilAsync(() => fixture.Sandbox.Bot.PendingUpdates == 0);
        Assert.Equal(0, await fixture.ValueAsync<int>("select count(*)::int from incoming_message where position('Dilnoza'::bytea in body) > 0"));
    }

    [PostgresFact]
    public async Task What_could_not_be_stored_is_not_confirmed_and_comes_again()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var (phone, _) = await fixture.AddPersonAsync();
        await fixture.ExecuteAsync("alter table incoming_message rename to not_there");
        await using var receiver = Running(fixture);
        phone.SendText("They took somebody");
        await fixture.UntilAsync(() => fixture.Logs.Text.Contains("Receiving from Telegram stopped", StringComparison.Ordinal));
        Assert.Equal(1, fixture.Sandbox.Bot.PendingUpdates);

        await fixture.ExecuteAsync("alter table not_there rename to incoming_message");

        await fixture.UntilAsync(async () => await fixture.WaitingAsync() == 1);
    }

    [PostgresFact]
    public async Task Words_that_come_alone_and_may_be_a_report_are_read_while_they_are_stored()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var (phone, _) = await fixture.AddPersonAsync();
        IncomingUpdate Update(string key, string? text) => new(key, phone.Address, ChatKind.Private, phone.Address) { Text = text };
        IncomingUpdate[] brings =
        [
            Update("1", "They took Dilnoza"), Update("2", "/help"), Update("3", null),
            Update("4", "Thank you") with { IsSmallTalk = true }, Update("5", "They took her brother") with { IsEdit = true },
            Update("6", "Send it") with { Pressed = "send" }, Update("7", "In the group") with { ChatKind = ChatKind.Group },
            Update("8", "One of a crowd") with { IsFollowed = true }, Update("9", "Another of it"),
        ];
        var read = new List<string>();
        await using var receiver = new RunningSender(new Receiver(
            fixture.Database, new ScriptedChannel(fixture.Telegram) { Brings = brings }, fixture.Time, fixture.Logs.For<Receiver>(),
            readAhead: read.Add).RunAsync);

        await fixture.UntilAsync(async () => await fixture.WaitingAsync() == brings.Length);

        Assert.Equal(["They took Dilnoza"], read);
    }

    // PostgreSQL accepts no NUL in a text.
    [PostgresFact]
    public async Task What_no_database_takes_is_set_aside_and_the_next_one_is_stored()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var (phone, _) = await fixture.AddPersonAsync();
        var poison = new IncomingUpdate("7\0", phone.Address, ChatKind.Private, phone.Address) { Text = "They took Dilnoza" };
        await using var receiver = new RunningSender(
            fixture.NewReceiver(new ScriptedChannel(fixture.Telegram) { Brings = [poison, poison] }).RunAsync);
        phone.SendText("The next one");

        await fixture.UntilAsync(async () => await fixture.WaitingAsync() == 1);

        Assert.Equal(1, await fixture.InAsync(session => session.Inbox.CountSetAsideAsync()));
        Assert.Equal(1, await fixture.ValueAsync<int>("select count(*)::int from incoming_message where state = 'failed' and body is not null"));
        Assert.Contains("could not be stored and is set aside", fixture.Logs.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Dilnoza", fixture.Logs.Text, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_crowd_that_comes_together_is_stored_in_one_write()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var (phone, _) = await fixture.AddPersonAsync();
        foreach (var number in Enumerable.Range(0, 60))
            phone.SendText($"Word {number}");
        await using var receiver = Running(fixture);

        await fixture.UntilAsync(async () => await fixture.WaitingAsync() == 60);

        Assert.Equal(1, await fixture.ValueAsync<int>("select count(distinct xmin::text)::int from incoming_message"));
        await fixture.UntilAsync(() => fixture.Sandbox.Bot.PendingUpdates == 0);
    }

    [PostgresFact]
    public async Task What_no_database_takes_in_the_midst_of_a_crowd_costs_the_others_nothing()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var (phone, _) = await fixture.AddPersonAsync();
        IncomingUpdate[] crowd =
        [
            .. new[] { "6", "7\0", "8", "9" }.Select(key =>
                new IncomingUpdate(key, phone.Address, ChatKind.Private, phone.Address) { Text = "They took Dilnoza", IsFollowed = key != "9" }),
        ];
        await using var receiver = new RunningSender(
            fixture.NewReceiver(new ScriptedChannel(fixture.Telegram) { Brings = crowd }).RunAsync);

        await fixture.UntilAsync(async () => await fixture.WaitingAsync() == 3);

        Assert.Equal(1, await fixture.InAsync(session => session.Inbox.CountSetAsideAsync()));
    }

    [PostgresFact]
    public async Task Coordinators_hear_of_what_is_set_aside_once_an_hour_at_most()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var (phone, _) = await fixture.AddPersonAsync(Role.Coordinator);
        await AsideAsync("one");
        await LookAsync();
        await AsideAsync("another");
        await AsideAsync("a third");
        await LookAsync();
        Assert.Equal(1, await fixture.ValueAsync<int>(Told));

        fixture.Clock.Advance(Duration.FromMinutes(61));
        await LookAsync();
        await LookAsync();
        await fixture.SendAsync();

        Assert.Equal(2, await fixture.ValueAsync<int>(Told));
        Assert.Equal(
            ["1 message could", "2 messages could"], phone.Messages.Select(message => string.Join(' ', message.Text.Split(' ').Skip(1).Take(3))));

        Task LookAsync() => fixture.Get<SetAsideUpdates>().RunAsync(CancellationToken.None);
        Task AsideAsync(string key) => fixture.InAsync(async session =>
        {
            await session.Inbox.SetAsideAsync(new IncomingUpdate(key, phone.Address, ChatKind.Private, phone.Address), "C0DE");
            return true;
        });
    }

    [PostgresFact]
    public async Task What_is_brought_twice_is_stored_once()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var update = new IncomingUpdate(
            "77", new ChannelAddress(ChannelKind.Telegram, "5"), ChatKind.Private, new ChannelAddress(ChannelKind.Telegram, "5"));

        var stored = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => fixture.StoreAsync(update)));

        Assert.Single(stored, isNew => isNew);
        Assert.Equal(1, await fixture.WaitingAsync());
    }

    [PostgresFact]
    public async Task A_node_that_dies_before_it_confirms_leaves_no_second_copy()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var (phone, _) = await fixture.AddPersonAsync();
        phone.SendText("Once");
        // The node stores the update and dies: the next request, which would have confirmed it, is never made.
        await foreach (var update in fixture.NewChannel().ReceiveAsync(CancellationToken.None))
        {
            await fixture.StoreAsync(update);
            break;
        }

        await using var receiver = Running(fixture);
        await fixture.UntilAsync(() => fixture.Sandbox.Bot.PendingUpdates == 0);

        Assert.Equal(1, await fixture.WaitingAsync());
    }

    [PostgresFact]
    public async Task One_node_asks_at_a_time_and_another_takes_over_when_it_stops()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var (phone, _) = await fixture.AddPersonAsync();
        await using var one = Running(fixture);
        await fixture.UntilAsync(() => Polls(fixture) > 0);
        await using var other = Running(fixture);
        phone.SendText("First");
        await fixture.UntilAsync(async () => await fixture.WaitingAsync() == 1);

        // Telegram answers 409 to two programs that ask at once.
        Assert.DoesNotContain(fixture.Sandbox.Calls, call => call.Status == 409);

        await one.StopAsync();
        phone.SendText("Second");

        await fixture.UntilAsync(async () => await fixture.WaitingAsync() == 2);
    }

    [PostgresFact]
    public async Task A_node_that_lost_the_lock_stops_asking()
    {
        await using var fixture = await SendingFixture.StartAsync();
        var (phone, _) = await fixture.AddPersonAsync();
        await using var one = Running(fixture);
        await using var other = Running(fixture);
        await fixture.UntilAsync(() => Polls(fixture) > 0);

        await fixture.CutConnectionsAsync();
        phone.SendText("Still here");

        await fixture.UntilAsync(async () => await fixture.WaitingAsync() == 1);
    }

    private const string Told = "select count(*)::int from alert where kind = 'updates_set_aside'";

    private static int Polls(SendingFixture fixture) => fixture.Sandbox.Calls.Count(call => call.Method == "getupdates");

    private static RunningSender Running(SendingFixture fixture)
    {
        var channel = fixture.NewChannel(settings => settings with { PollTimeout = TimeSpan.FromSeconds(10) });
        return new RunningSender(fixture.NewReceiver(channel).RunAsync);
    }
}
