using System.Diagnostics;
using System.Text;
using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Postgres;
using AlertBot.Postgres.Backups;
using AlertBot.Postgres.Stores;
using AlertBot.Postgres.Vaults;
using AlertBot.Sandbox;
using AlertBot.Tests.Support;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Backups;
using AlertBot.Workflows.Texts;
using NodaTime;
using Xunit.Abstractions;

namespace AlertBot.IntegrationTests.Flows;

public sealed class A_machine_is_lost(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [PostgresFact]
    public async Task And_two_of_three_parts_bring_it_back_elsewhere_with_nothing_sent_twice_unmarked()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();
        await using var sandbox = await SandboxServer.StartAsync();
        using var directory = new TemporaryDirectory();
        var settings = ProgramSettings.For(database, directory, sandbox);
        var owner = sandbox.AddPerson("Marta", hasStarted: false);
        await using (var bot = ProgramProcess.Start(settings, "serve"))
        {
            await ComeInAsync(settings, owner);
        }

        // One message waits when the backup is made, and is sent after it.
        await RunAsync(settings, "keys", "split", "--out", directory["parts"]);
        var parts = Directory.GetFiles(directory["parts"]).Order().ToList();
        await RunAsync(settings, "keys", "take-away", parts[0], parts[1]);
        var code = (await RunAsync(settings, "case", "import", CaseFile(directory))).Trim();
        await FillAsync(settings, database);
        await RunAsync(settings, "alert", "send", "--case", code, "--kind", "notice", "--severity", "critical", "--text", "The hearing moved");
        var began = Stopwatch.GetTimestamp();
        output.WriteLine($"{await RunAsync(settings, "backup")}in all {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s");
        var backup = Assert.Single(Directory.GetFiles(directory["backups"], "*.backup"));
        var journalled = Journal(directory).Length;
        await using (var bot = ProgramProcess.Start(settings, "serve"))
        {
            await owner.WaitForTextAsync("The hearing moved", Patience);
            await RunningBot.EventuallyAsync(() => Journal(directory).Length > journalled ? "written" : null);
            await bot.KillAsync();
        }

        // On another machine: an empty database, the backup, the journal, two of the parts.
        using var elsewhere = new TemporaryDirectory();
        var there = ProgramSettings.Private(elsewhere, sandbox);
        output.WriteLine(await RunAsync(there, "restore", backup, "--with", parts[2], "--with", parts[1], "--journal", directory["journal"]));
        Assert.Contains("\nbackup-public ", File.ReadAllText(there["Encryption__KeyFile"]), StringComparison.Ordinal);
        var before = Sent(owner, "The hearing moved");
        await using (var bot = ProgramProcess.Start(there, "serve"))
        {
            var told = await owner.WaitForTextAsync("I was restored from a backup", Patience);
            Assert.Contains("is missing: reports", told.Text, StringComparison.Ordinal);
            Assert.True(told.Text.Contains("1 message had been sent", StringComparison.Ordinal), told.Text);
            // Everybody is known again, and messages in the journal are not sent again.
            owner.SendText("/case " + code);
            await owner.Chat.WaitForMessageAsync(message => message.IsFromBot && message.Id > told.Id && message.Text.Contains(code));
            Assert.Equal(before, Sent(owner, "The hearing moved"));
        }

        var (refused, said) = await ProgramProcess.RunAsync(there, "restore", backup, "--with", parts[2], "--with", parts[1]);
        Assert.Equal(1, refused);
        Assert.Contains("is not empty", said, StringComparison.Ordinal);

        // Without the journal the waiting message is sent again, and says that it may be a repeat.
        using var third = new TemporaryDirectory();
        var blind = ProgramSettings.Private(third, sandbox);
        var lastSeen = owner.Messages[^1].Id;
        Assert.Contains(
            "There is no journal", await RunAsync(blind, "restore", backup, "--with", parts[0], "--with", parts[2]), StringComparison.Ordinal);
        await using (var bot = ProgramProcess.Start(blind, "serve"))
        {
            var again = await SinceAsync(owner, lastSeen, "The hearing moved");
            // It may share a message with another alert.
            Assert.Contains(Repeat, again.Text[..again.Text.IndexOf("The hearing moved", StringComparison.Ordinal)], StringComparison.Ordinal);
            var told = await SinceAsync(owner, lastSeen, "was restored");
            Assert.Contains("Nobody can say what was sent", told.Text, StringComparison.Ordinal);
        }
    }

    [PostgresFact]
    public async Task And_what_cannot_be_restored_is_refused_each_in_its_own_words()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();
        await using var empty = await TestDatabase.CreateEmptyAsync();
        using var directory = new TemporaryDirectory();
        var settings = ProgramSettings.For(database, directory);
        await RunAsync(settings, "migrate");
        await RunAsync(settings, "backup");
        var backup = Assert.Single(Directory.GetFiles(directory["backups"], "*.backup"));
        var whole = await File.ReadAllBytesAsync(backup);
        using var keys = VaultKeyFile.Read(settings["Encryption__KeyFile"]);

        Assert.Contains("cut off", await RefusalAsync(whole[..^1000], keys.Backup!), StringComparison.Ordinal);
        Assert.Contains("changed or damaged", await RefusalAsync(Changed(whole, whole.Length / 2), keys.Backup!), StringComparison.Ordinal);
        Assert.Contains("changed", await RefusalAsync(Changed(whole, 40), keys.Backup!), StringComparison.Ordinal);
        Assert.Contains("no backup of AlertBot", await RefusalAsync(Encoding.UTF8.GetBytes("PGDMP"), keys.Backup!), StringComparison.Ordinal);
        Assert.Contains("cannot be read", await RefusalAsync(null, keys.Backup!), StringComparison.Ordinal);
        using var stranger = BackupKey.New();
        Assert.Contains("is encrypted to the backup key", await RefusalAsync(whole, stranger), StringComparison.Ordinal);
        using var half = keys.Backup!.PublicHalf();
        Assert.Contains("Name two parts", await RefusalAsync(whole, half), StringComparison.Ordinal);
        Assert.Contains(
            "made by a newer AlertBot", await RefusalAsync(Replaced(whole, "\"Format\":1", "\"Format\":2"), keys.Backup!), StringComparison.Ordinal);
        Assert.Contains("its database has migration 0099", await RefusalAsync(Newer(whole), keys.Backup!), StringComparison.Ordinal);

        // A refused restore leaves nothing behind.
        var other = ProgramSettings.For(empty, directory);
        other["Encryption__KeyFile"] = directory["other.key"];
        VaultKeyFile.CreateNew(directory["other.key"]);
        var (code, said) = await ProgramProcess.RunAsync(other, "restore", backup);
        Assert.Equal(1, code);
        Assert.Contains("is encrypted to the backup key", said, StringComparison.Ordinal);
        await using var connection = await empty.Source.OpenConnectionAsync();
        await using var count = new Npgsql.NpgsqlCommand("select count(*) from pg_tables where schemaname = 'public'", connection);
        Assert.Equal(0L, await count.ExecuteScalarAsync());

        // Without the programs of PostgreSQL the error names what to install.
        settings["ALERTBOT_PG_BIN"] = directory.Path;
        var (missing, words) = await ProgramProcess.RunAsync(settings, "backup");
        Assert.Equal(1, missing);
        Assert.Contains("apt-get install postgresql-client-", words, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task And_what_is_raised_anew_after_it_says_that_it_may_be_a_repeat()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var directory = new TemporaryDirectory();
        using var key = VaultKey.New();
        using var vault = new Vault(key);
        var clock = new TestClock(Instant.FromUtc(2026, 3, 2, 9, 0));
        using var journal = new SentJournal(directory["journal"]);
        var node = new Database(database.Source, vault, clock, journal);
        var alerts = new Alerts(RunningBot.Texts);
        var to = await OwnerAsync(node);

        // Sent after the backup, and lost with the database.
        await RaiseAsync(node, alerts, to, "deadline:7");
        foreach (var due in await TakeAsync(node))
        {
            Assert.Equal(0, due.Unclear);
            await using var session = await node.BeginAsync(CancellationToken.None);
            await session.Outbox.MarkSentAsync(due.Id, new MessageRef("1"));
            await session.CommitAsync(CancellationToken.None);
        }

        await using (var lost = await node.BeginAsync(CancellationToken.None))
        {
            var since = SentJournal.Read([directory["journal"]], clock.GetCurrentInstant() - Duration.FromHours(1));
            Assert.Single(since);
            await new TellRestored(alerts).RunAsync(lost, clock.GetCurrentInstant() - Duration.FromHours(1), since);
            await lost.CommitAsync(CancellationToken.None);
        }

        await using (var connection = await database.Source.OpenConnectionAsync())
        await using (var gone = new Npgsql.NpgsqlCommand(
            """
            delete from delivery where alert_id in (select id from alert where dedup_key like 'deadline%');
            delete from alert where dedup_key like 'deadline%'
            """,
            connection))
            await gone.ExecuteNonQueryAsync();
        await TakeAsync(node);

        await RaiseAsync(node, alerts, to, "deadline:7");
        Assert.Equal(1, Assert.Single(await TakeAsync(node)).Unclear);
        await RaiseAsync(node, alerts, to, "deadline:8");
        Assert.Equal(0, Assert.Single(await TakeAsync(node)).Unclear);
    }

    private static string Repeat => RunningBot.Texts.Say("en", "alert.repeat").Plain;

    private static async Task ComeInAsync(IReadOnlyDictionary<string, string> settings, SandboxPhone owner)
    {
        var code = await RunAsync(settings, "invite", "--role", "owner");
        owner.SendText(code.Split('\n').Single(line => line.StartsWith("/start ", StringComparison.Ordinal)).Trim());
        await owner.WaitForTextAsync("owner", Patience);
    }

    private static async Task<string> RunAsync(IReadOnlyDictionary<string, string> settings, params string[] verb)
    {
        var (code, said) = await ProgramProcess.RunAsync(settings, verb);
        Assert.True(code == 0, $"{string.Join(' ', verb)}: {said}");
        return said;
    }

    private static string[] Journal(TemporaryDirectory directory) => Directory.Exists(directory["journal"])
        ? [.. Directory.GetFiles(directory["journal"]).SelectMany(File.ReadAllLines)]
        : [];

    private static int Sent(SandboxPhone phone, string words) =>
        phone.Messages.Count(message => message.Text.Contains(words, StringComparison.Ordinal));

    private static Task<SandboxMessage> SinceAsync(SandboxPhone phone, long last, string words) =>
        phone.Chat.WaitForMessageAsync(message => message.Id > last && message.Text.Contains(words, StringComparison.Ordinal), Patience);

    private static string CaseFile(TemporaryDirectory directory)
    {
        File.WriteAllText(
            directory["case.json"], """{ "names": ["Invented Person"], "zone": "Asia/Almaty", "jurisdictions": ["KZ"], "events": [] }""");
        return directory["case.json"];
    }

    // A used installation: thousands of addresses and of sent messages.
    private static async Task FillAsync(Dictionary<string, string> settings, TestDatabase database)
    {
        using var vault = Vault.FromKeyFile(settings["Encryption__KeyFile"]);
        var node = new Database(database.Source, vault, new TestClock(Instant.FromUtc(2026, 3, 2, 9, 0)));
        await using var session = await node.BeginAsync(CancellationToken.None);
        for (var number = 0; number < 2000; number++)
        {
            var at = await session.Addresses.EnsureAsync(
                new ChannelAddress(ChannelKind.Telegram, $"{82_000_000 + number}"), null, isGroup: false, "en");
            await session.Outbox.AddAsync(new NewDelivery(
                $"old:{number}", at.Id, ChannelKind.Telegram, DeliveryPriority.Digest, new OutgoingMessage(RichText.Of("They took K-7F3Q")),
                RichText.Of("again"), session.Now, session.Now + Duration.FromHours(1)));
        }

        await session.Outbox.SupersedeAsync("old:0");
        await session.CommitAsync(CancellationToken.None);
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var over = new Npgsql.NpgsqlCommand("update delivery set state = 'sent', body = null where reason like 'old:%'", connection);
        await over.ExecuteNonQueryAsync();
    }

    private static async Task<Subscriber> OwnerAsync(Database node)
    {
        await using var session = await node.BeginAsync(CancellationToken.None);
        var person = new Person(PersonId.New(), Role.Owner, "en", DateTimeZone.Utc, IsFrozen: false);
        await session.People.AddAsync(person);
        await session.Addresses.EnsureAsync(new ChannelAddress(ChannelKind.Telegram, "81000001"), person.Id, isGroup: false, "en");
        await session.CommitAsync(CancellationToken.None);
        await using var again = await node.BeginAsync(CancellationToken.None);
        return Assert.Single(await again.Addresses.OpenWithRoleAsync(Role.Owner));
    }

    private static async Task RaiseAsync(Database node, Alerts alerts, Subscriber to, string cause)
    {
        await using var session = await node.BeginAsync(CancellationToken.None);
        await alerts.RaiseAsync(session, new AlertDraft(null, AlertKind.Backup, Severity.Critical, cause, new Line("backup.failed")), [to]);
        await session.CommitAsync(CancellationToken.None);
    }

    private static async Task<IReadOnlyList<DueDelivery>> TakeAsync(Database node)
    {
        await using var session = await node.BeginAsync(CancellationToken.None);
        var due = await session.Outbox.TakeDueAsync(ChannelKind.Telegram, 10, Guid.NewGuid(), Duration.FromMinutes(5), []);
        await session.CommitAsync(CancellationToken.None);
        return due;
    }

    private static async Task<string> RefusalAsync(byte[]? content, BackupKey key)
    {
        using var directory = new TemporaryDirectory();
        if (content is not null)
            await File.WriteAllBytesAsync(directory["file"], content);
        return (await Assert.ThrowsAsync<BackupProblem>(() => OpenBackup.OpenAsync(directory["file"], key, CancellationToken.None))).Message;
    }

    private static byte[] Changed(byte[] whole, int at) => [.. whole[..at], (byte)(whole[at] ^ 1), .. whole[(at + 1)..]];

    private static byte[] Replaced(byte[] whole, string old, string fresh) =>
        Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(whole).Replace(old, fresh, StringComparison.Ordinal));

    private static byte[] Newer(byte[] whole)
    {
        var text = Encoding.Latin1.GetString(whole);
        var at = text.IndexOf("\"Newest\":", StringComparison.Ordinal) + "\"Newest\":".Length;
        // The same number of digits, so that the header's length stays.
        var digits = text[at..].TakeWhile(char.IsAsciiDigit).Count();
        return Encoding.Latin1.GetBytes(text[..at] + new string('9', digits) + text[(at + digits)..]);
    }
}
