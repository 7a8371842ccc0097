using System.Text;
using AlertBot.Channels.Signal;
using AlertBot.Domain.Channels;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Postgres.Backups;
using AlertBot.Postgres.Cluster;
using AlertBot.Postgres.Vaults;
using AlertBot.Workflows.Backups;
using AlertBot.Workflows.Reports;
using Dapper;
using NodaTime;
using Npgsql;

namespace AlertBot.IntegrationTests.Flows;

public sealed class Nothing_forgotten_comes_back
{
    private static readonly string[] Said = ["Quixotic", "Zanzibar", "Vespucci"];

    [PostgresFact]
    public async Task Out_of_an_older_backup_with_all_the_keys()
    {
        using var directory = new TemporaryDirectory();
        VaultKeyFile.CreateNew(directory["master.key"]);
        using var vault = Vault.FromKeyFile(directory["master.key"]);
        await using var bot = await RunningBot.StartAsync(vault: vault);
        await VaultCanary.CheckAsync(bot.Database.Source, vault, CancellationToken.None);
        var coordinator = await bot.AddAsync(Role.Coordinator, "Marta");
        var witness = bot.Sandbox.AddPerson("Witness", "en");
        await A_witness_reports.SendAsync(witness, "They took Quixotic Invented");
        var card = await coordinator.WaitForTextAsync("Quixotic");
        await RunningBot.SayAsync(witness, "It was near Zanzibar");
        await bot.ActAsync(async session =>
        {
            var report = (await session.Reports.LastSentOfAsync((await session.Addresses.FindAsync(witness.Address))!.Id))!;
            await session.Incidents.NoteAsync(report.Incident!.Value, null, IncidentAct.Answer, "by the Vespucci gate");
            return true;
        });
        await bot.SettleAsync();
        var plan = new BackupPlan(
            bot.ConnectionString, directory["master.key"], directory["backups"], directory["journal"], 14, Duration.FromDays(60),
            new LocalTime(3, 0), "test");
        await plan.Maker.RunAsync(bot.Clock.GetCurrentInstant(), CancellationToken.None);
        await plan.Maker.KeepLatestAsync(bot.Clock.GetCurrentInstant(), CancellationToken.None);
        var backup = Assert.Single(Directory.GetFiles(directory["backups"], "*.backup"));
        var latest = Path.Combine(directory["backups"], LatestCopy.FileName);
        File.Copy(latest, directory["older.erasable"]);
        string[] secrets = [.. Said, witness.Address.Value];

        // With the copy of that time everything is there, which proves that the search works.
        var before = await ReadAsync(backup, directory["older.erasable"], directory["master.key"]);
        Assert.All(secrets, secret => Assert.True(before.Contains(secret, StringComparison.Ordinal), $"{secret} was never there"));

        var asked = await RunningBot.SayAsync(witness, "/forget");
        await RunningBot.PressAsync(witness, asked, "Yes, delete it");
        await coordinator.Chat.WaitForMessageAsync(message => message.Id == card.Id && !message.Text.Contains("Quixotic"));
        await bot.SettleAsync();
        await bot.Get<ForgetReporters>().RunAsync(CancellationToken.None);
        await bot.Get<ForgettingJob>().RunAsync(CancellationToken.None);
        await plan.Maker.KeepLatestAsync(bot.Clock.GetCurrentInstant(), CancellationToken.None);

        foreach (var copy in new[] { null, latest })
        {
            var after = await ReadAsync(backup, copy, directory["master.key"]);
            Assert.All(secrets, secret => Assert.False(after.Contains(secret, StringComparison.Ordinal), $"{secret} comes back"));
            // The rest of the backup is as good as before.
            Assert.Contains(coordinator.Address.Value, after, StringComparison.Ordinal);
        }
    }

    [PostgresFact]
    public async Task Out_of_the_files_of_the_database()
    {
        // On the server of all tests the log holds what other databases do meanwhile, and their snapshots keep dead rows.
        using var directory = new TemporaryDirectory();
        await using var cluster = await PrivateCluster.StartAsync(
            new ClusterOptions { Directory = directory["postgres"], Watch = TimeSpan.Zero }, CancellationToken.None);
        await using var bot = await RunningBot.StartAsync(on: await TestDatabase.OfAsync(cluster));
        var data = cluster.Server.Place.Data;
        var witness = bot.Sandbox.AddPerson("Witness", "en");
        await A_witness_reports.SendAsync(witness, "They took Quixotic Invented");
        await bot.SettleAsync();
        byte[] key, address;
        await using (var connection = new NpgsqlConnection(bot.ConnectionString))
        {
            key = (await connection.QuerySingleAsync<byte[]>("select key from report_key"))!;
            address = (await connection.QuerySingleAsync<byte[]>("select value from reporter_address"))!;
        }

        await using (var connection = new NpgsqlConnection(bot.ConnectionString))
            await connection.ExecuteAsync("checkpoint;");
        Assert.True(Holds(data, key) && Holds(data, address), "they were never there");

        var asked = await RunningBot.SayAsync(witness, "/forget");
        await RunningBot.PressAsync(witness, asked, "Yes, delete it");
        await bot.SettleAsync();
        await bot.Get<ForgetReporters>().RunAsync(CancellationToken.None);

        // A dump that somebody takes holds one table. Everything else is gone nevertheless, and that one as soon as the dump is done.
        await using (var dump = new NpgsqlConnection(bot.ConnectionString))
        {
            await dump.OpenAsync();
            await using var taken = await dump.BeginTransactionAsync();
            await dump.ExecuteAsync("lock table report_key in access share mode", transaction: taken);
            await Assert.ThrowsAsync<TimeoutException>(() => bot.Get<ForgettingJob>().RunAsync(CancellationToken.None));
            Assert.True(!Holds(data, address), $"while a dump is taken, the address is in {string.Join(", ", FilesWith(data, address))}");
        }

        await bot.Get<ForgettingJob>().RunAsync(CancellationToken.None);

        Assert.True(!Holds(data, key), $"the key of the report is still in {string.Join(", ", FilesWith(data, key))}");
        Assert.True(!Holds(data, address), $"the address is still in {string.Join(", ", FilesWith(data, address))}");
    }

    [PostgresFact]
    public async Task Nor_is_anybody_found_in_a_dump_by_trying_all_numbers()
    {
        await using var bot = await RunningBot.StartAsync();
        const string Number = "+15550101234";
        var sender = SignalAddress.Parse(Number)!.Value;
        const long SentAt = 1_772_442_000_123;
        var known = SignalUpdates.KeyOf("message", sender, SentAt);
        var from = new ChannelAddress(ChannelKind.Signal, Number);
        await bot.ActAsync(session => session.Inbox.AddAsync(new IncomingUpdate(known, from, ChatKind.Private, from) { Text = "They took her" }));
        await bot.ActAsync(async session => await session.Addresses.EnsureAsync(from, null, isGroup: false, "en"));

        // The attacker knows to the millisecond when it was sent, and has a list with the number in it.
        var candidates = Enumerable.Range(0, 2000).Select(number => $"+155501{number:00000}").ToList();
        Assert.Contains(Number, candidates);
        IEnumerable<string> Guesses(string number) =>
        [
            number, SignalUpdates.KeyOf("message", SignalAddress.Parse(number)!.Value, SentAt),
            .. new[] { number, $"signal {number}", $"address\0signal {number}" }.Select(text => Convert.ToHexString(
                System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(text)))),
        ];
        var dump = await DatabaseDump.OfAsync(bot.ConnectionString);
        Assert.DoesNotContain(candidates, number => Guesses(number).Any(dump.Has));

        // Stored under the messenger's own key, it would name the person.
        await using (var connection = new NpgsqlConnection(bot.ConnectionString))
            await connection.ExecuteAsync("update incoming_message set key = @known", new { known });
        var plain = await DatabaseDump.OfAsync(bot.ConnectionString);
        Assert.Equal([Number], candidates.Where(number => Guesses(number).Any(plain.Has)));
    }

    /// <summary>Everything that opens for somebody with a backup, the key file, and maybe a copy of the data that backups do not hold.</summary>
    private static async Task<string> ReadAsync(string backup, string? copy, string keyFile)
    {
        await using var database = await TestDatabase.CreateEmptyAsync();
        using var keys = VaultKeyFile.Read(keyFile);
        var opened = await OpenBackup.OpenAsync(backup, keys.Backup!, CancellationToken.None);
        await opened.RestoreAsync(database.ConnectionString, CancellationToken.None);
        if (copy is not null)
            await LatestCopy.RestoreAsync(copy, keys.Backup!, database.ConnectionString, CancellationToken.None);

        using var vault = Vault.Of(keys);
        var text = new StringBuilder();
        await using var connection = await database.Source.OpenConnectionAsync();
        foreach (var column in SealedColumns.All.Where(column => column.Context != "report.key"))
        {
            foreach (var (row, value) in await connection.QueryAsync<(Guid, byte[])>(
                $"select {column.Row}, {column.Name} from {column.Table} where {column.Name} is not null"))
                text.AppendLine(vault.OpenText(column.Context, row, value));
        }

        foreach (var (id, key, body) in await connection.QueryAsync<(Guid, byte[], byte[])>(
            "select r.id, k.key, r.body from report r join report_key k on k.report_id = r.id"))
        {
            using var own = vault.WithKey(vault.Open("report.key", id, key));
            text.AppendLine(own.OpenText("report.body", id, body));
        }

        return text.ToString();
    }

    private static bool Holds(string directory, byte[] bytes) => FilesWith(directory, bytes).Any();

    private static IEnumerable<string> FilesWith(string directory, byte[] bytes) => Directory
        .EnumerateFiles(directory, "*", SearchOption.AllDirectories)
        .Where(file => ReadOf(file).AsSpan().IndexOf(bytes) >= 0);

    private static byte[] ReadOf(string file)
    {
        try
        {
            return File.ReadAllBytes(file);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            // The server has removed it meanwhile.
            return [];
        }
    }
}
