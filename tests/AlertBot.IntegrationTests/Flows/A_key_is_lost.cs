using AlertBot.IntegrationTests.Support;
using AlertBot.Postgres.Vaults;
using AlertBot.Sandbox;
using Dapper;

namespace AlertBot.IntegrationTests.Flows;

public sealed class A_key_is_lost
{
    [PostgresFact]
    public async Task A_wrong_or_missing_one_is_refused_in_words_and_two_parts_bring_it_back()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();
        await using var sandbox = await SandboxServer.StartAsync();
        using var directory = new TemporaryDirectory();
        var settings = ProgramSettings.For(database, directory, sandbox);
        var (key, away) = (settings["Encryption__KeyFile"], directory["away.key"]);
        var owner = sandbox.AddPerson("Marta", hasStarted: false);

        // A program with the right keys says so, and notices when the file disappears or is swapped.
        await using (var bot = ProgramProcess.Start(settings, "serve"))
        {
            var (_, code) = await ProgramProcess.RunAsync(settings, "invite", "--role", "owner");
            owner.SendText(code.Split('\n').Single(line => line.StartsWith("/start ", StringComparison.Ordinal)).Trim());
            await owner.WaitForTextAsync("owner", TimeSpan.FromSeconds(90));
            Assert.Contains("\"keys\":\"ok\"", await ProgramProcess.HealthAsync(settings), StringComparison.Ordinal);
            File.Move(key, away);
            Assert.Contains("\"keys\":\"missing\"", await ProgramProcess.HealthAsync(settings), StringComparison.Ordinal);
            VaultKeyFile.CreateNew(key);
            Assert.Contains("\"keys\":\"wrong\"", await ProgramProcess.HealthAsync(settings), StringComparison.Ordinal);
            Assert.Contains("\"isReady\":false", await ProgramProcess.HealthAsync(settings), StringComparison.Ordinal);
            // A killed node counts as running for a while, and the replacement of a key waits for it.
            await bot.StopAsync();
        }

        foreach (var verb in new[] { "serve", "doctor" })
        {
            var (refused, said) = await ProgramProcess.RunAsync(settings, verb);
            Assert.Equal(1, refused);
            Assert.Contains("does not belong to this database: what is stored was sealed with the key", said, StringComparison.Ordinal);
        }

        File.Delete(key);
        foreach (var verb in new[] { "serve", "doctor" })
        {
            var (_, said) = await ProgramProcess.RunAsync(settings, verb);
            Assert.Contains("is not there. Without it nobody can read", said, StringComparison.Ordinal);
        }

        // Any two of the parts restore it.
        File.Move(away, key);
        var (split, pages) = await ProgramProcess.RunAsync(settings, "keys", "split", "--out", directory["parts"]);
        Assert.True(split == 0, pages);
        var parts = Directory.GetFiles(directory["parts"]).Order().ToList();
        Assert.Equal(3, parts.Count);
        Assert.All(parts, part => Assert.Contains("<svg", File.ReadAllText(part), StringComparison.Ordinal));
        foreach (var part in parts)
        {
            if (!OperatingSystem.IsWindows())
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(part));
        }

        var (right, checkedPart) = await ProgramProcess.RunAsync(settings, "keys", "check", parts[2]);
        Assert.True(right == 0, checkedPart);
        Assert.Contains("gives back the keys in use", checkedPart, StringComparison.Ordinal);

        var before = File.ReadAllText(key);
        var (_, kept) = await ProgramProcess.RunAsync(settings, "keys", "join", parts[0], parts[2]);
        Assert.Contains("never overwritten", kept, StringComparison.Ordinal);
        File.Delete(key);
        var (joined, words) = await ProgramProcess.RunAsync(settings, "keys", "join", parts[0], parts[2]);
        Assert.True(joined == 0, words);
        Assert.Equal(before, File.ReadAllText(key));

        // The key that opens backups leaves the machine once two parts prove that they hold it.
        var (taken, away2) = await ProgramProcess.RunAsync(settings, "keys", "take-away", parts[1], parts[2]);
        Assert.True(taken == 0, away2);
        Assert.Contains("\nbackup-public ", File.ReadAllText(key), StringComparison.Ordinal);
        Assert.DoesNotContain("\nbackup ", File.ReadAllText(key), StringComparison.Ordinal);

        // A part from before a rotation is recognised as old.
        var (rotated, progress) = await ProgramProcess.RunAsync(settings, "keys", "rotate");
        Assert.True(rotated == 0, progress);
        Assert.Contains("are sealed with the key", progress, StringComparison.Ordinal);
        var (stale, why) = await ProgramProcess.RunAsync(settings, "keys", "check", parts[0]);
        Assert.Equal(1, stale);
        Assert.Contains("does not hold the key in use", why, StringComparison.Ordinal);
        var (_, without) = await ProgramProcess.RunAsync(settings, "keys", "split", "--out", directory["new"]);
        Assert.Contains("--with", without, StringComparison.Ordinal);
        var (again, more) = await ProgramProcess.RunAsync(
            settings, "keys", "split", "--out", directory["new"], "--with", parts[0], "--with", parts[1]);
        Assert.True(again == 0, more);

        await using var after = ProgramProcess.Start(settings, "serve");
        owner.SendText("/me");
        Assert.Contains("\"keys\":\"ok\"", await ProgramProcess.HealthAsync(settings), StringComparison.Ordinal);
        // The bot knows the owner: a stranger would get no answer to this.
        owner.SendText("/people");
        await owner.Chat.WaitForMessageAsync(message => message.IsFromBot && message.Text.Contains("Owner", StringComparison.OrdinalIgnoreCase)
            && message.Id > owner.Messages[0].Id + 1);
    }

    [PostgresFact]
    public async Task Only_serve_and_migrate_change_a_database_of_an_older_program()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var directory = new TemporaryDirectory();
        var settings = ProgramSettings.For(database, directory);
        VaultKeyFile.CreateNew(settings["Encryption__KeyFile"]);
        await using (var connection = await database.Source.OpenConnectionAsync())
            await connection.ExecuteAsync("delete from schema_migration where number = (select max(number) from schema_migration)");

        foreach (var verb in new[] { new[] { "doctor" }, ["invite", "--role", "owner"], ["jobs", "list"], ["keys", "rotate"] })
        {
            var (code, said) = await ProgramProcess.RunAsync(settings, verb);
            Assert.Equal(1, code);
            Assert.Contains("only 'serve' and 'migrate' do that", said, StringComparison.Ordinal);
        }
    }
}
