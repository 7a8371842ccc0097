using AlertBot.Domain.Channels;
using AlertBot.IntegrationTests.Support;
using AlertBot.Postgres;
using AlertBot.Postgres.Vaults;
using AlertBot.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace AlertBot.IntegrationTests.Stores;

/// <summary>Whoever waits for work is woken by the act that makes it: in the same process at once, on other nodes by the server.</summary>
public sealed class WakeupTests : IAsyncLifetime
{
    private TestDatabase _test = null!;

    public async Task InitializeAsync() => _test = await TestDatabase.CreateAsync();

    [PostgresFact]
    public async Task An_act_wakes_its_own_node_without_the_server()
    {
        // Nobody listens to the server.
        var (node, here) = NewNode();
        var news = here.Next(Wakeups.Inbox);

        await WakeAsync(node);

        Assert.True(news.IsCompleted);
    }

    [PostgresFact]
    public async Task An_act_that_is_not_committed_wakes_nobody()
    {
        var (node, here) = NewNode();
        var news = here.Next(Wakeups.Inbox);

        await using (var session = await node.BeginAsync(CancellationToken.None))
            await session.Inbox.AddAsync(Come());
        await using (var session = await node.BeginAsync(CancellationToken.None))
            await session.CommitAsync(CancellationToken.None);

        Assert.False(news.IsCompleted);
    }

    [PostgresFact]
    public async Task Another_node_is_woken_and_nobody_twice()
    {
        var ((node, here), (_, there)) = (NewNode(), NewNode());
        // All are woken once when they begin to listen, these last.
        var begun = Task.WhenAll(here.Next(Wakeups.Webhooks), there.Next(Wakeups.Webhooks));
        await using var listening = new RunningSender(stop => Task.WhenAll(here.RunAsync(stop), there.RunAsync(stop)));
        await begun;
        var (own, others) = (here.Next(Wakeups.Inbox), there.Next(Wakeups.Inbox));

        await WakeAsync(node);

        await others.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.True(own.IsCompleted);
        // The server brings notices to all in one order: what comes after this one comes after its own.
        var again = here.Next(Wakeups.Inbox);
        var after = here.Next(Wakeups.Cases);
        await SayAsync("notify " + Wakeups.Cases);
        await after.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.False(again.IsCompleted);
    }

    [PostgresFact]
    public async Task What_the_tables_themselves_say_wakes_every_node()
    {
        var (_, here) = NewNode();
        var begun = here.Next(Wakeups.Desk);
        await using var listening = new RunningSender(here.RunAsync);
        await begun;
        var news = here.Next(Wakeups.Desk);

        await SayAsync("notify " + Wakeups.Desk);

        await news.WaitAsync(TimeSpan.FromSeconds(60));
    }

    public async Task DisposeAsync() => await _test.DisposeAsync();

    private static IncomingUpdate Come()
    {
        var from = new ChannelAddress(ChannelKind.Telegram, "71000001");
        return new IncomingUpdate("1", from, ChatKind.Private, from) { Text = "Come" };
    }

    private (Database Node, Wakeups Here) NewNode()
    {
        using var key = VaultKey.New();
        var here = new Wakeups(_test.Source, TimeProvider.System, NullLogger<Wakeups>.Instance);
        return (new Database(_test.Source, new Vault(key), TestClock.AtUtc(2026, 3, 2, 12)) { Here = here }, here);
    }

    private static async Task WakeAsync(Database node)
    {
        await using var session = await node.BeginAsync(CancellationToken.None);
        await session.Inbox.AddAsync(Come());
        await session.CommitAsync(CancellationToken.None);
    }

    private async Task SayAsync(string sql)
    {
        await using var command = _test.Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
