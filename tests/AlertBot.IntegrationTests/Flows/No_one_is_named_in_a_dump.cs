using AlertBot.Domain.Alerts;
using AlertBot.Domain.Cases;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Postgres.Vaults;
using AlertBot.Workflows.Alerting;
using NodaTime;

namespace AlertBot.IntegrationTests.Flows;

public class No_one_is_named_in_a_dump
{
    [PostgresFact]
    public async Task Whoever_steals_the_database_finds_no_name_no_number_and_no_word()
    {
        var (dump, secrets) = await DumpAsync(vault: null);

        Assert.All(secrets, secret => Assert.False(dump.Has(secret), $"{secret} is in the dump"));
        // Proves that it is a dump, and of this database.
        Assert.True(dump.Has("detention_start"));
    }

    [PostgresFact]
    public async Task The_same_search_finds_every_one_of_them_when_encryption_is_switched_off()
    {
        var (dump, secrets) = await DumpAsync(Vault.WithoutEncryption);

        Assert.All(secrets, secret => Assert.True(dump.Has(secret), $"{secret} is not in the dump"));
    }

    /// <summary>
    /// Everything that people say or are called, wherever it is stored: names, events, conversations, incoming and outgoing messages.
    /// </summary>
    private static async Task<(DatabaseDump Dump, IReadOnlyList<string> Secrets)> DumpAsync(Vault? vault)
    {
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2026, 3, 2, 9, 0), vault);
        var coordinator = await bot.AddAsync(Role.Coordinator, "Quixotina Phone");
        var group = bot.Sandbox.AddGroup("Zanzibar Circle", [coordinator]);

        await RunningBot.SayAsync(coordinator, "/newcase Invented Xylophone");
        await RunningBot.SayAsync(coordinator, "KZ");
        var opened = await RunningBot.PressAsync(coordinator, await RunningBot.SayAsync(coordinator, "Almaty"), "Open the case");
        Assert.True(CaseCode.TryParse(opened.Text.Split("Its code is ")[1][..6], out var code));
        await RunningBot.SayAsync(coordinator, group, $"/link {code}");
        await RunningBot.SayAsync(coordinator, $"/event {code} detention_start 2026-03-01 10:00 seen by Wolfram Quagmire");
        // An unfinished conversation.
        await RunningBot.SayAsync(coordinator, "/newcase Halfway Zeppelin");
        await bot.SettleAsync();

        // An alert not yet sent, and a report that nobody has handled.
        await bot.StopAsync();
        await bot.ActAsync(session => bot.Get<SendAlert>().RunAsync(
            session.As(Actor.Operator), code, new AlertKind("manual"), Severity.Urgent, "Bring Quicksilver to the gate"));
        var reporter = new ChannelAddress(ChannelKind.Telegram, "8177700000000123");
        var told = new IncomingUpdate("1", reporter, ChatKind.Private, reporter)
        {
            Text = "They took Jabberwocky",
            Location = new GeoPoint(43.21345, 76.98765),
        };
        await bot.ActAsync(session => session.Inbox.AddAsync(told));

        return (
            await DatabaseDump.OfAsync(bot.ConnectionString),
            ["Xylophone", "Quagmire", "Zeppelin", "Zanzibar", "Quicksilver", "Jabberwocky", "43.21345",
                coordinator.Address.Value, group.Address.Value, reporter.Value]);
    }
}
