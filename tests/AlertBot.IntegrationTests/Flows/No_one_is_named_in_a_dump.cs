using System.Security.Cryptography;
using System.Text;
using AlertBot.Domain.Alerts;
using AlertBot.Domain.Cases;
using AlertBot.Domain.Channels;
using AlertBot.Domain.CheckIns;
using AlertBot.Domain.People;
using AlertBot.Domain.Time;
using AlertBot.IntegrationTests.Support;
using AlertBot.Postgres.Vaults;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Messengers;
using Dapper;
using NodaTime;
using Npgsql;

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

    /// <summary>Whoever knows somebody's habits or their number must not find their row by trying what they know.</summary>
    [PostgresFact]
    public async Task Nor_does_guessing_habits_or_numbers_find_a_row()
    {
        var (rows, keys) = await HabitsAsync(vault: null);
        Assert.Empty(Guessed(rows, keys));

        // With encryption switched off the same guesses find each of them.
        (rows, keys) = await HabitsAsync(Vault.WithoutEncryption);
        Assert.Superset(new HashSet<string>(["21:17", "22:43-06:59", "Asia/Aqtobe"]), Guessed(rows, keys).ToHashSet());
        // And what an alert is told apart by would name somebody, were it made of their number.
        Assert.Equal(["+15550101234"], Guessed([], [.. keys, "dark:" + Sha("+15550101234")]));
    }

    private static List<string> Guessed(IEnumerable<string> rows, IEnumerable<string> keys)
    {
        var times = Enumerable.Range(0, 24 * 60).Select(minute => $"{minute / 60:00}:{minute % 60:00}").ToList();
        string[] habits = [.. times, .. times.Select(time => $"22:43-{time}"), .. DateTimeZoneProviders.Tzdb.Ids.Where(id => id.Length > 5)];
        var numbers = Enumerable.Range(0, 2000).Select(number => $"+1555010{number:0000}");
        var all = string.Join('\n', rows);
        var causes = string.Join('\n', keys);
        return
        [
            .. habits.Where(habit => all.Contains($"\"{habit}\"", StringComparison.Ordinal)
                || all.Contains(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(habit)), StringComparison.Ordinal)),
            .. numbers.Where(number => causes.Contains(number, StringComparison.Ordinal)
                || causes.Contains(Sha(number), StringComparison.Ordinal)),
        ];
    }

    private static string Sha(string number) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(number)));

    /// <summary>Somebody who is asked at an odd time, sleeps at another, and whose account did all that alerts are raised of.</summary>
    private static async Task<(List<string> Rows, List<string> Keys)> HabitsAsync(Vault? vault)
    {
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2026, 3, 2, 9, 0), vault);
        await bot.AddAsync(Role.Coordinator, "Quixotina Phone");
        var number = new ChannelAddress(ChannelKind.Signal, "+15550101234");
        await bot.ActAsync(async session =>
        {
            var person = new Person(PersonId.New(), Role.Advocate, "en", DateTimeZoneProviders.Tzdb["Asia/Aqtobe"], IsFrozen: false);
            await session.People.AddAsync(person);
            var address = await session.Addresses.EnsureAsync(number, person.Id, isGroup: false, "en");
            await session.CheckIns.AddAsync(new CheckIn(CheckInId.New(), person.Id)
            {
                Schedule = new CheckInSchedule.Daily(new LocalTime(21, 17)),
                LookAt = session.Now + Duration.FromHours(7),
            });
            await session.Rhythms.SaveAsync((await session.Rhythms.OfAsync(person.Id)) with { Quiet = QuietHours.Read("22:43-06:59") });
            await bot.Get<DarkAddress>().TellAsync(session, address, Refusal.Blocked);
            await bot.Get<KeyChanges>().HeardAsync(session, address);
            return true;
        });
        await using var connection = new NpgsqlConnection(bot.ConnectionString);
        var rows = await connection.QueryAsync<string>(
            "select row_to_json(p)::text from person p union all select row_to_json(c)::text from check_in c "
            + "union all select row_to_json(r)::text from rhythm r");
        var keys = await connection.QueryAsync<string>("select dedup_key from alert union all select reason from delivery");
        return (rows.ToList(), keys.ToList());
    }

    /// <summary>Everything that people say or are called, wherever it is kept: names, events, talks, what came in, what goes out.</summary>
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
