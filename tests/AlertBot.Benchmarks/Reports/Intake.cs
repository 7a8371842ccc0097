using System.Diagnostics;
using System.Globalization;
using AlertBot.Channels.Telegram;
using AlertBot.Domain.Channels;
using AlertBot.Postgres;
using AlertBot.Postgres.Vaults;
using AlertBot.Sandbox;
using AlertBot.Workflows.Chat;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using Npgsql;

namespace AlertBot.Benchmarks.Reports;

/// <summary>
/// What comes in: a thousand updates a second until they are stored, by polling and by webhook, what one sender's backlog costs everybody else, and
/// what stays in memory of many updates.
/// </summary>
internal static class Intake
{
    private const int PerSecond = 1000;

    /// <param name="arguments"><c>--updates N</c>: so many go through for the look at memory; a million takes a quarter of an hour or more.</param>
    public static async Task<int> RunAsync(bool tiny, string[] arguments)
    {
        if (arguments is not ([] or ["--updates", _]))
            return Usage.Print();
        var (updates, backlog, through) = tiny ? (300, 500, 1000) : (30_000, 50_000, 100_000);
        if (arguments is [_, var wanted])
            through = int.Parse(wanted, CultureInfo.InvariantCulture);
        Console.WriteLine($"{updates} updates, {PerSecond} a second, ten of each sender; {Machine.Load()}");
        var directory = Path.Combine(Path.GetTempPath(), $"alertbot-bench-{Guid.NewGuid():N}"[..24]);
        Directory.CreateDirectory(directory);
        try
        {
            await using var place = await BenchDatabase.CreateAsync(directory);
            await using var source = DatabaseSource.Of(place.ConnectionString);
            await using var quick = DatabaseSource.Quick(place.ConnectionString);
            using var key = VaultKey.New();
            using var vault = new Vault(key);
            var database = new Database(source, vault, SystemClock.Instance, quick: quick);
            var table = new Table("milliseconds until stored", "p50", "p99", "slowest", "stored a second", "memory after");
            var stored = await ReceiveAsync(database, updates, table);
            await EmptyAsync(database);
            var (waits, perSecond) = await IntakeByWebhook.RunAsync(database, updates, PerSecond);
            table.Add(
                "by webhook, until confirmed", At(waits, 0.5), At(waits, 0.99), At(waits, 1),
                perSecond.ToString("0", CultureInfo.InvariantCulture), "");
            table.Print();
            Console.WriteLine(Performance.Ratio("intake by webhook, p99", waits[Math.Min(waits.Count - 1, (int)(0.99 * waits.Count))], 100, "ms"));
            await EmptyAsync(database);
            var takes = await TakeBesideAsync(database, backlog);
            new Table($"milliseconds to take one, beside {backlog} of one sender", "p50", "p99", "slowest", "before")
                .Add("while the loud one's head is in hand", At(takes, 0.5), At(takes, 0.99), At(takes, 1), "940")
                .Print();
            Console.WriteLine($"afterwards: {Machine.Load()}");
            await EmptyAsync(database);
            Console.WriteLine($"{through} updates, received, stored, taken and ended:");
            var isFlat = await IntakeForLong.RunAsync(database, through);
            Console.WriteLine($"afterwards: {Machine.Load()}");
            var kept = stored && (tiny || (isFlat && At(takes, 0.99, 5)));
            Console.WriteLine(kept ? "kept" : "NOT KEPT");
            return kept ? 0 : 1;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    // By polling: the messages lie at Telegram, or come while they are fetched.
    private static async Task<bool> ReceiveAsync(Database database, int updates, Table table)
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions());
        var phones = Enumerable.Range(0, updates / 10).Select(number => sandbox.AddPerson($"Person {number}")).ToList();
        using var channel = new TelegramChannel(
            new TelegramSettings(sandbox.Token) { ApiUrl = sandbox.Url }, NullLogger<TelegramChannel>.Instance);
        using var stop = new CancellationTokenSource();
        var receiving = new Receiver(database, channel, TimeProvider.System, NullLogger<Receiver>.Instance).RunAsync(stop.Token);
        phones[0].SendText("Hello");
        await UntilStoredAsync(database, 1);

        var sent = new List<Instant>();
        var began = Stopwatch.GetTimestamp();
        while (sent.Count < updates)
        {
            var due = Math.Min(updates, (int)(Stopwatch.GetElapsedTime(began).TotalSeconds * PerSecond));
            while (sent.Count < due)
            {
                sent.Add(SystemClock.Instance.GetCurrentInstant());
                phones[sent.Count % phones.Count].SendText("they took my brother");
            }

            await Task.Delay(1);
        }

        await UntilStoredAsync(database, updates + 1);
        var took = Stopwatch.GetElapsedTime(began).TotalSeconds;
        await stop.CancelAsync();
        await receiving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        // The order of storing is that of sending. The time of storing is that of its transaction's beginning.
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand("select received_at from incoming_message order by seq offset 1", connection);
        await using var reader = await command.ExecuteReaderAsync();
        var waits = new List<double>();
        while (await reader.ReadAsync())
            waits.Add((Instant.FromDateTimeOffset(reader.GetFieldValue<DateTimeOffset>(0)) - sent[waits.Count]).TotalMilliseconds);
        waits.Sort();
        table.Add(
            "by polling", At(waits, 0.5), At(waits, 0.99), At(waits, 1), (updates / took).ToString("0", CultureInfo.InvariantCulture),
            $"{GC.GetTotalMemory(forceFullCollection: true) >> 20} MB, sandbox included");
        return waits.Count == updates;
    }

    private static async Task<List<double>> TakeBesideAsync(Database database, int backlog)
    {
        var (loud, number) = (new ChannelAddress(ChannelKind.Telegram, "1"), 0);
        while (number < backlog)
        {
            await using var session = await database.BeginAsync(CancellationToken.None);
            await session.Inbox.AddAsync(Enumerable.Range(number, Math.Min(100, backlog - number)).Select(one => Says(loud, one)).ToList());
            number += 100;
            await session.CommitAsync(CancellationToken.None);
        }

        await using var busy = await database.BeginAsync(CancellationToken.None);
        await busy.Inbox.TakeNextAsync();
        var takes = new List<double>();
        for (var other = 0; other < Math.Min(500, backlog); other++)
        {
            await using var session = await database.BeginAsync(CancellationToken.None);
            await session.Inbox.AddAsync(Says(new ChannelAddress(ChannelKind.Telegram, $"{1000 + other}"), number++));
            await session.CommitAsync(CancellationToken.None);

            var began = Stopwatch.GetTimestamp();
            await using var next = await database.BeginAsync(CancellationToken.None);
            var taken = await next.Inbox.TakeNextAsync();
            next.Inbox.MarkHandled(taken!.Id);
            await next.CommitAsync(CancellationToken.None);
            takes.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        takes.Sort();
        return takes;
    }

    private static async Task EmptyAsync(Database database)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand("truncate incoming_message", connection);
        await command.ExecuteNonQueryAsync();
    }

    private static IncomingUpdate Says(ChannelAddress from, int number) =>
        new($"bench-{number}", from, ChatKind.Private, from) { Text = "they took my brother", Message = new MessageRef($"{number}") };

    private static async Task UntilStoredAsync(Database database, int count)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand("select count(*)::int from incoming_message", connection);
        while ((int)(await command.ExecuteScalarAsync())! < count)
            await Task.Delay(20);
    }

    private static string At(List<double> sorted, double share) =>
        sorted[Math.Min(sorted.Count - 1, (int)(share * sorted.Count))].ToString("0.0", CultureInfo.InvariantCulture);

    private static bool At(List<double> sorted, double share, double most) => sorted[Math.Min(sorted.Count - 1, (int)(share * sorted.Count))] <= most;
}
