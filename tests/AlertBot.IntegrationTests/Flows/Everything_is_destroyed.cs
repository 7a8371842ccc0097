using AlertBot.Domain.Alerts;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Postgres;
using AlertBot.Postgres.Cluster;
using AlertBot.Postgres.Vaults;
using AlertBot.Sandbox;
using AlertBot.Tests.Support;
using Dapper;
using NodaTime;
using Npgsql;

namespace AlertBot.IntegrationTests.Flows;

public sealed class Everything_is_destroyed
{
    [PostgresFact]
    public async Task By_two_owners_in_the_chat_and_until_then_any_of_them_stops_it()
    {
        await using var bot = await RunningBot.StartAsync();
        var first = await bot.AddAsync(Role.Owner, "Marta");
        Assert.Contains("takes two owners", (await RunningBot.SayAsync(first, "/wipe")).Text, StringComparison.Ordinal);
        var second = await bot.AddAsync(Role.Owner, "Aigul");
        var coordinator = await bot.AddAsync(Role.Coordinator, "Timur");
        Assert.DoesNotContain("Destroy", (await RunningBot.SayAsync(coordinator, "/wipe")).Text, StringComparison.Ordinal);

        // A second owner whom the first one's phone has just made does not count.
        await ProposeAsync(first);
        var sure = await RunningBot.PressAsync(second, await second.WaitForTextAsync("wants to destroy"), "Confirm: destroy everything");
        Assert.Contains("less than a day", await RunningBot.NoticeOfAsync(second, sure, "Confirm: destroy everything"), StringComparison.Ordinal);
        await RunningBot.PressAsync(second, sure, "Stop it");
        await first.WaitForTextAsync("has stopped it");
        Assert.Null(await ConfirmedAsync(bot));

        // Nobody is both, and an hour later it is over.
        bot.Clock.Advance(Duration.FromHours(25));
        var waits = await ProposeAsync(first);
        var news = await LastAsync(bot, second);
        Assert.Contains("wipe:no.", waits.AllButtons.Single().Data!, StringComparison.Ordinal);
        var id = waits.AllButtons.Single().Data!["wipe:no.".Length..];
        Assert.Contains("another owner", await ForgedAsync(bot, first, waits, $"wipe:sure.{id}"), StringComparison.Ordinal);
        Assert.Equal(RunningBot.Texts.Say("en", "button.stale").Plain, await ForgedAsync(bot, coordinator, null, $"wipe:sure.{id}"));
        bot.Clock.Advance(Duration.FromMinutes(61));
        var late = await RunningBot.PressAsync(second, news, "Confirm: destroy everything");
        Assert.Contains("is over", await RunningBot.NoticeOfAsync(second, late, "Confirm: destroy everything"), StringComparison.Ordinal);
        Assert.Null(await ConfirmedAsync(bot));

        await ProposeAsync(first);
        news = await LastAsync(bot, second);
        sure = await RunningBot.PressAsync(second, news, "Confirm: destroy everything");
        await RunningBot.PressAsync(second, sure, "Confirm: destroy everything");
        await coordinator.WaitForTextAsync("have destroyed everything");
        Assert.Equal(bot.Clock.GetCurrentInstant(), await ConfirmedAsync(bot));
        Assert.Equal(AlertKind.Wipe.Code, await KindAsync(bot));
    }

    [PostgresFact]
    public async Task And_the_program_destroys_keys_and_database_and_ends_and_backups_stay()
    {
        using var directory = new TemporaryDirectory();
        await using var sandbox = await SandboxServer.StartAsync();
        var settings = ProgramSettings.Private(directory, sandbox);
        Assert.Equal(0, (await ProgramProcess.RunAsync(settings, "backup")).Code);
        var backup = Assert.Single(Directory.GetFiles(directory["backups"], "*.backup"));
        var before = await File.ReadAllBytesAsync(backup);
        await using var bot = ProgramProcess.Start(settings, "serve");
        Assert.Contains("true", await ProgramProcess.HealthAsync(settings), StringComparison.Ordinal);
        await ConfirmAsync(directory);

        Assert.Equal(3, await bot.EndAsync());
        Assert.Contains("Keys and database are destroyed", bot.Said, StringComparison.Ordinal);
        AssertGone(directory);
        Assert.Equal(before, await File.ReadAllBytesAsync(backup));
    }

    [PostgresFact]
    public async Task From_the_command_line_while_the_program_runs_once_its_name_was_typed_twice()
    {
        using var directory = new TemporaryDirectory();
        await using var sandbox = await SandboxServer.StartAsync();
        var settings = ProgramSettings.Private(directory, sandbox);
        Assert.Equal(0, (await ProgramProcess.RunAsync(settings, "backup")).Code);
        await using var bot = ProgramProcess.Start(settings, "serve");
        await ProgramProcess.HealthAsync(settings);

        var (refused, asked) = await ProgramProcess.TypeAsync(settings, "yes\n", "wipe");
        Assert.Equal(1, refused);
        var name = asked.Split("Type ")[1].Split(' ')[0];
        Assert.Equal(1, (await ProgramProcess.TypeAsync(settings, $"{name}\nno\n", "wipe")).Code);
        Assert.True(File.Exists(settings["Encryption__KeyFile"]));

        var (code, said) = await ProgramProcess.TypeAsync(settings, $"{name}\n{name}\n", "wipe");
        Assert.True(code == 0, said);
        Assert.Contains(Assert.Single(Directory.GetFiles(directory["backups"], "*.backup")), said, StringComparison.Ordinal);
        Assert.Equal(3, await bot.EndAsync());
        AssertGone(directory);
        Assert.Equal(1, (await ProgramProcess.TypeAsync(settings, $"{name}\n{name}\n", "wipe")).Code);
    }

    private static void AssertGone(TemporaryDirectory directory) =>
        Assert.Equal([directory["backups"]], Directory.GetFileSystemEntries(directory.Path));

    private static async Task<SandboxMessage> ProposeAsync(SandboxPhone owner) =>
        await RunningBot.PressAsync(owner, await RunningBot.SayAsync(owner, "/wipe"), "Yes, propose it");

    private static async Task<SandboxMessage> LastAsync(RunningBot bot, SandboxPhone phone)
    {
        await bot.SettleAsync();
        return phone.Messages.Last(message => message.Text.Contains("wants to destroy", StringComparison.Ordinal));
    }

    private static async Task<string> ForgedAsync(RunningBot bot, SandboxPhone phone, SandboxMessage? message, string data)
    {
        await bot.SettleAsync();
        message ??= phone.Messages.Last(one => one.IsFromBot);
        return await phone.PressData(message, data).Answer.WaitAsync(TimeSpan.FromSeconds(10)) ?? "";
    }

    private static Task<Instant?> ConfirmedAsync(RunningBot bot) => bot.ActAsync(session => session.Wipes.ConfirmedAtAsync());

    private static async Task<string?> KindAsync(RunningBot bot)
    {
        await using var connection = new NpgsqlConnection(bot.ConnectionString);
        await connection.OpenAsync();
        await using var newest = new NpgsqlCommand("select kind from alert order by raised_at desc, id desc limit 1", connection);
        return (string?)await newest.ExecuteScalarAsync();
    }

    // As two owners of long standing do it in the chat.
    private static async Task ConfirmAsync(TemporaryDirectory directory)
    {
        await using var cluster = await PrivateCluster.StartAsync(
            new ClusterOptions { Directory = directory["postgres"], Watch = TimeSpan.Zero }, CancellationToken.None);
        await using var source = NpgsqlDataSource.Create(cluster.ConnectionString);
        using var vault = Vault.FromKeyFile(directory["master.key"]);
        var node = new Database(source, vault, new TestClock(Instant.FromUtc(2026, 3, 2, 9, 0)));
        await using var session = await node.BeginAsync(CancellationToken.None);
        var owners = new[] { 1, 2 }.Select(_ => new Person(PersonId.New(), Role.Owner, "en", DateTimeZone.Utc, IsFrozen: false)).ToList();
        foreach (var owner in owners)
            await session.People.AddAsync(owner);
        Assert.True(await session.Wipes.ConfirmAsync(await session.Wipes.ProposeAsync(owners[0].Id), owners[1].Id));
        await session.CommitAsync(CancellationToken.None);
        // The program goes by the clock on the wall.
        await using var connection = await source.OpenConnectionAsync();
        await connection.ExecuteAsync("update wipe set confirmed_at = now()");
    }
}
