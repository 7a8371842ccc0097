using AlertBot.Benchmarks.Sending;
using AlertBot.Channels.Telegram;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Workflows;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Entrance;
using AlertBot.Workflows.People;
using AlertBot.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Dapper;
using NodaTime;

namespace AlertBot.Faults.Kinds;

/// <summary>
/// A messenger delivers updates twice and three times, at the same moment and long after, and not in their order; the database breaks connections
/// meanwhile. Each update has its effect once, and its answer is shown.
/// </summary>
internal static class OddUpdates
{
    private const int Chats = 60;
    private const int Together = 40;

    public static async Task<Outcome> RunAsync(int faults, Random random)
    {
        await using var ground = await Ground.StartAsync(Chats, perSecond: 200);
        using var channel = new TelegramChannel(
            new TelegramSettings(ground.Bench.Sandbox.Token) { ApiUrl = ground.Bench.Sandbox.Url, MessagesPerSecond = 200 },
            NullLogger<TelegramChannel>.Instance);
        using var stop = new CancellationTokenSource();
        var database = ground.Bench.Database;
        await using var acts = new ServiceCollection().AddWorkflows().AddSingleton(database).AddSingleton(ground.Bench.Texts).BuildServiceProvider();
        var wakeups = new Wakeups(database.Source, TimeProvider.System, NullLogger<Wakeups>.Instance);
        var worker = new InboxWorker(
            database, new Router([new Note()], [], [], acts.GetRequiredService<GroupLife>()), ground.Bench.Texts, [channel], wakeups,
            acts.GetRequiredService<Handshake>(), TimeProvider.System, NullLogger<InboxWorker>.Instance);
        var working = Task.WhenAll(
            wakeups.RunAsync(stop.Token), worker.RunAsync(stop.Token),
            SendingProcess.SendAsync(database, channel, SystemClock.Instance, NullLoggerFactory.Instance, stop.Token));

        var (count, known) = (0, new List<IncomingUpdate>());
        while (count < faults)
        {
            var fresh = Enumerable.Range(0, Together).Select(_ => Says(ground, random)).ToList();
            // Some of these again, some of long ago, all in any order and from several hands at once.
            var again = fresh.Concat(known).Where(_ => random.Next(known.Count + Together) < Together * 2)
                .Take(Math.Min(Together * 2, faults - count)).ToList();
            count += again.Count;
            var all = fresh.Concat(again).OrderBy(_ => random.Next()).ToList();
            var storing = all.Chunk(20).Select(some => Task.Run(async () =>
            {
                foreach (var update in some)
                    await Ground.PersistAsync(() => StoreAsync(database, update));
            })).ToList();
            if (random.Next(3) == 0)
            {
                ground.Disturb();
                await CutAsync(ground);
            }

            await Task.WhenAll(storing);
            known.AddRange(fresh);
            if (known.Count > 400)
                known.RemoveRange(0, 100);
        }

        var began = ground.Now;
        await HandledAsync(ground);
        await ground.SettleAsync();
        var findings = await ground.CheckAsync();
        await stop.CancelAsync();
        await working.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return new Outcome(count, findings, ground.Now - began);
    }

    private static IncomingUpdate Says(Ground ground, Random random)
    {
        var chat = ground.Chats[random.Next(ground.Chats.Count)];
        var fact = ground.Expect(chat);
        var at = new ChannelAddress(ChannelKind.Telegram, $"{chat}");
        return new IncomingUpdate($"odd:{fact.Mark}", at, ChatKind.Private, at) { Text = $"/note {fact.Mark}", Message = new MessageRef("1") };
    }

    private static async Task StoreAsync(Database database, IncomingUpdate update)
    {
        await using var session = await database.BeginAsync(CancellationToken.None);
        if (await session.Inbox.AddAsync(update))
            await session.CommitAsync(CancellationToken.None);
    }

    private static async Task CutAsync(Ground ground)
    {
        await Ground.PersistAsync(async () =>
        {
            await using var connection = await ground.Bench.Source.OpenConnectionAsync();
            await connection.ExecuteAsync(
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() "
                + "and backend_type = 'client backend'");
        });
    }

    private static async Task HandledAsync(Ground ground)
    {
        for (var clock = System.Diagnostics.Stopwatch.StartNew(); clock.Elapsed < Ground.Promised; await Task.Delay(50))
        {
            var waiting = 1;
            await Ground.PersistAsync(async () =>
            {
                await using var connection = await ground.Bench.Source.OpenConnectionAsync();
                waiting = await connection.ExecuteScalarAsync<int>("select count(*)::int from incoming_message where state = 'waiting'");
            });
            if (waiting == 0)
                return;
        }
    }

    /// <summary>Repeats what it was told.</summary>
    private sealed class Note : IChatCommand
    {
        public string Name => "note";

        public Role Needs => Role.Reporter;

        public CommandPlace Place => CommandPlace.Anywhere;

        public Task RunAsync(Talk talk, string arguments)
        {
            talk.Reply(RichText.Of("Noted " + arguments));
            return Task.CompletedTask;
        }
    }
}
