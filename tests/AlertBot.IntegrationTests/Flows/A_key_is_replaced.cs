using System.Diagnostics;
using System.Security.Cryptography;
using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Postgres;
using AlertBot.Postgres.Vaults;
using AlertBot.Tests.Support;
using Dapper;
using NodaTime;
using Xunit.Abstractions;

namespace AlertBot.IntegrationTests.Flows;

public sealed class A_key_is_replaced(ITestOutputHelper output)
{
    private const int People = 1000;

    [PostgresFact]
    public async Task While_a_thousand_are_told_and_nobody_is_lost_sight_of()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var directory = new TemporaryDirectory();
        var file = directory["master.key"];
        VaultKeyFile.CreateNew(file);
        using var vault = Vault.FromKeyFile(file);
        Assert.Null(await VaultCanary.CheckAsync(database.Source, vault, CancellationToken.None));
        var node = new Database(database.Source, vault, new TestClock(Instant.FromUtc(2026, 3, 2, 9, 0)));
        var addresses = await PeopleAsync(node);
        var before = vault.SealingKeyId;

        using var over = new CancellationTokenSource();
        var holders = new KeyHolders(database.Source, vault);
        await holders.SayAsync(CancellationToken.None);
        var lookups = LookAsync(node, holders, vault, addresses, over.Token);
        var telling = TellAsync(node, addresses.Values.ToList(), over.Token);
        var began = Stopwatch.GetTimestamp();
        var done = await new KeyRotation(database.Source, file, TimeProvider.System).RunAsync(output.WriteLine, CancellationToken.None);
        var took = Stopwatch.GetElapsedTime(began);
        await over.CancelAsync();
        var (found, missed) = await lookups;
        var (told, lost) = await telling;

        output.WriteLine(
            $"{done.Values} values in {took.TotalSeconds:0.0} s; {found} look-ups, {missed} failed; {told} messages taken, {lost} unreadable");
        Assert.NotEqual(before, done.Key);
        Assert.Equal(0, done.Damaged);
        Assert.Equal((0, 0), (missed, lost));
        Assert.True(found > 0 && told > 0);
        Assert.Equal(0, await new Resealing(database.Source, vault).CountAsync(CancellationToken.None));
        using var ring = VaultKeyFile.Read(file);
        Assert.Equal(done.Key, Assert.Single(ring.Sealing).Id);
        // A program that starts now with the file alone finds and reads everybody.
        using var fresh = Vault.FromKeyFile(file);
        Assert.Null(await VaultCanary.CheckAsync(database.Source, fresh, CancellationToken.None));
        var after = new Database(database.Source, fresh, new TestClock(Instant.FromUtc(2026, 3, 2, 9, 0)));
        await using var session = await after.BeginAsync(CancellationToken.None);
        foreach (var (at, id) in addresses)
        {
            var address = await session.Addresses.FindAsync(at);
            Assert.Equal((id, at), (address!.Id, address.At));
        }
    }

    [PostgresFact]
    public async Task And_goes_on_when_it_was_broken_off()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var directory = new TemporaryDirectory();
        var file = directory["master.key"];
        VaultKeyFile.CreateNew(file);
        using var vault = Vault.FromKeyFile(file);
        await VaultCanary.CheckAsync(database.Source, vault, CancellationToken.None);
        var node = new Database(database.Source, vault, new TestClock(Instant.FromUtc(2026, 3, 2, 9, 0)));
        await PeopleAsync(node, 500);
        using var broken = new CancellationTokenSource();
        var first = new KeyRotation(database.Source, file, TimeProvider.System);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.RunAsync(
            said =>
            {
                if (said.Contains("values are sealed", StringComparison.Ordinal) || said.Contains("is in", StringComparison.Ordinal))
                    broken.Cancel();
            },
            broken.Token));
        uint begun;
        using (var ring = VaultKeyFile.Read(file))
        {
            Assert.Equal(2, ring.Sealing.Count);
            begun = ring.Sealing.Single(key => key.Id != vault.SealingKeyId || ring.Sealing[0].Id != vault.SealingKeyId).Id;
        }

        var done = await new KeyRotation(database.Source, file, TimeProvider.System).RunAsync(output.WriteLine, CancellationToken.None);
        Assert.Equal(begun, done.Key);
        Assert.True(done.Values > 0);
    }

    [PostgresFact]
    public async Task Every_column_of_bytes_is_sealed_again_or_holds_no_sealed_value()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var connection = await database.Source.OpenConnectionAsync();
        var columns = await connection.QueryAsync<string>(
            "select table_name || '.' || column_name from information_schema.columns where table_schema = 'public' and data_type = 'bytea'");

        var known = SealedColumns.All.Select(column => $"{column.Table}.{column.Name}").Concat(SealedColumns.Others).ToList();
        Assert.Empty(columns.Except(known).Select(
            column => $"{column} is missing in SealedColumns.cs: keys rotate must seal it again, or it is a hash"));
        Assert.Empty(known.Except(columns).Select(column => $"{column} is no column any more"));
    }

    private static async Task<IReadOnlyDictionary<ChannelAddress, AddressId>> PeopleAsync(Database node, int count = People)
    {
        await using var session = await node.BeginAsync(CancellationToken.None);
        var all = new Dictionary<ChannelAddress, AddressId>();
        for (var number = 0; number < count; number++)
        {
            var at = new ChannelAddress(ChannelKind.Telegram, $"{81_000_000 + number}");
            all[at] = (await session.Addresses.EnsureAsync(at, null, isGroup: false, "en")).Id;
        }

        await session.CommitAsync(CancellationToken.None);
        return all;
    }

    private static async Task<(int Found, int Missed)> LookAsync(
        Database node, KeyHolders holders, Vault vault, IReadOnlyDictionary<ChannelAddress, AddressId> people, CancellationToken ct)
    {
        var (found, missed) = (0, 0);
        var all = people.ToList();
        while (!ct.IsCancellationRequested)
        {
            // As a running node's key watch does.
            vault.Refresh();
            await holders.SayAsync(CancellationToken.None);
            await using var session = await node.BeginAsync(CancellationToken.None);
            for (var times = 0; times < 20; times++)
            {
                var (at, id) = all[RandomNumberGenerator.GetInt32(all.Count)];
                var isFound = await session.Addresses.FindAsync(at) is { } address && address.Id == id && address.At == at;
                (found, missed) = isFound ? (found + 1, missed) : (found, missed + 1);
            }
        }

        return (found, missed);
    }

    private static async Task<(int Told, int Lost)> TellAsync(Database node, IReadOnlyList<AddressId> people, CancellationToken ct)
    {
        var (told, lost) = (0, 0);
        for (var round = 0; !ct.IsCancellationRequested || round == 0; round++)
        {
            await using (var session = await node.BeginAsync(CancellationToken.None))
            {
                await session.Outbox.AddAsync(people.Select(to => new NewDelivery(
                    $"round:{round}", to, ChannelKind.Telegram, DeliveryPriority.Now, new OutgoingMessage(RichText.Of("They took K-7F3Q")),
                    RichText.Of("again"), session.Now, session.Now + Duration.FromHours(1))).ToList());
                await session.CommitAsync(CancellationToken.None);
            }

            while (true)
            {
                await using var session = await node.BeginAsync(CancellationToken.None);
                var due = await session.Outbox.TakeDueAsync(ChannelKind.Telegram, 100, Guid.NewGuid(), Duration.FromMinutes(5), []);
                lost += session.Outbox.Unreadable.Count;
                told += due.Count;
                await session.CommitAsync(CancellationToken.None);
                if (due.Count == 0)
                    break;
            }
        }

        return (told, lost);
    }
}
