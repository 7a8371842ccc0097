using System.Globalization;
using System.Net;
using System.Text.Json;
using AlertBot.Domain.Alerts;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Workflows.Monitoring;
using NodaTime;
using Npgsql;

namespace AlertBot.IntegrationTests.Flows;

/// <summary>A script that is broken, or a token in other hands: it holds up nobody, and hides no report.</summary>
public sealed class A_program_floods
{
    private const string Path = "/api/v1/alertmanager";

    [PostgresFact]
    public async Task Two_acts_of_one_token_hold_a_connection_and_the_others_wait_for_a_moment()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        var anna = await bot.AddAsync(Role.Coordinator);
        using var browser = await desk.SignInAsync(anna);
        using var monitor = new ApiProgram(desk.Url, await ApiProgram.TokenAsync(browser, ApiScope.Monitoring));
        using var other = new ApiProgram(desk.Url, await ApiProgram.TokenAsync(browser, ApiScope.Dates));
        // Somebody else works on the same group of alerts, and every act for it waits.
        await using var busy = await bot.Database.BeginAsync(CancellationToken.None);
        await busy.Pages.TakeAsync((await busy.Addresses.FindAsync(anna.Address))!.Person!.Value, "one");

        var asked = Enumerable.Range(0, 10).Select(_ => monitor.PostTextAsync(Path, Body("one", 1, "critical"))).ToList();
        for (var refused = 0; refused < 8; refused++)
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await TakeAsync(asked)).Status);

        Assert.Equal(2, await WaitingAsync(bot));
        Assert.Equal(HttpStatusCode.OK, (await other.GetAsync("/api/v1/cases")).Status);
        var again = await monitor.PostTextAsync(Path, Body("one", 1, "critical"));
        Assert.Equal("urn:alertbot:problem:not-now", again["type"]);
        Assert.Contains("Retry-After:", again.Headers, StringComparison.Ordinal);
        await busy.DisposeAsync();
        Assert.All(await Task.WhenAll(asked), reply => Assert.Equal(HttpStatusCode.OK, reply.Status));
    }

    [PostgresFact]
    public async Task More_pages_of_one_maker_than_people_read_are_told_together_and_after_what_people_report()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        var (anna, berik) = (await bot.AddAsync(Role.Coordinator), await bot.AddAsync(Role.Advocate));
        await bot.ActAsync(async session =>
        {
            await session.OnCall.SaveAsync(new OnCallRota([(await session.Addresses.FindAsync(berik.Address))!.Person!.Value]));
            return true;
        });
        using var browser = await desk.SignInAsync(anna);
        using var monitor = new ApiProgram(desk.Url, await ApiProgram.TokenAsync(browser, ApiScope.Monitoring));
        using var second = new ApiProgram(desk.Url, await ApiProgram.TokenAsync(browser, ApiScope.Monitoring));

        for (var group = 0; group < 16; group++)
        {
            var reply = await (group % 2 == 0 ? monitor : second).PostTextAsync(Path, Body($"group {group}", 1, "critical"));
            Assert.Equal(group < PageOnCall.MostPages ? ("1", "0") : ("0", "1"), (reply["paged"], reply["held"]));
        }

        await bot.SettleAsync();
        // Ten by themselves, and one that says that the others are told together, with the first of them.
        Assert.Equal(PageOnCall.MostPages + 1, berik.Messages.Count(message => message.Text.Contains("Disk of group", StringComparison.Ordinal)));
        await anna.WaitForTextAsync("from here on they are told together");
        Assert.DoesNotContain(berik.Messages, message => message.Text.Contains("Disk of group 12", StringComparison.Ordinal));
        // Nothing of it is in the class of alerts about people.
        Assert.Equal(0, await CountAsync(bot, DeliveryPriority.Now));

        bot.Clock.Advance(Duration.FromMinutes(3));
        await bot.Get<UntakenPages>().RunAsync(CancellationToken.None);
        bot.Get<Postgres.Wakeups>().Raise(Postgres.Wakeups.Outbox);
        await bot.SettleAsync();
        var together = berik.Messages.Last(
            message => message.Text.Contains("told together because so much came at once: 6", StringComparison.Ordinal));
        foreach (var group in Enumerable.Range(PageOnCall.MostPages, 6))
            Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"Disk of group {group}"), together.Text, StringComparison.Ordinal);

        // Whoever takes it has taken what it said: what is added is told again.
        await RunningBot.PressAsync(berik, together, "I'm on it");
        await monitor.PostTextAsync(Path, Body("group 77", 1, "critical"));
        bot.Clock.Advance(PageOnCall.CrowdedFor);
        await bot.Get<UntakenPages>().RunAsync(CancellationToken.None);
        bot.Get<Postgres.Wakeups>().Raise(Postgres.Wakeups.Outbox);
        await anna.WaitForTextAsync("Disk of group 77");
    }

    [PostgresFact]
    public async Task Of_a_call_with_thousands_of_alerts_the_gravest_are_read_and_the_others_counted()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        var anna = await bot.AddAsync(Role.Coordinator);
        using var browser = await desk.SignInAsync(anna);
        using var monitor = new ApiProgram(desk.Url, await ApiProgram.TokenAsync(browser, ApiScope.Monitoring));

        var reply = await monitor.PostTextAsync(Path, Body("many", 600, "warning", last: "critical"));

        Assert.Equal(("500", "100"), (reply["paged"], reply["unread"]));
        var page = await anna.WaitForTextAsync("and 590 more");
        Assert.Contains("Disk of many 599", page.Text, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Ten_urgent_alerts_of_one_maker_go_out_in_ten_minutes_and_coordinators_hear_of_it()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        var (anna, other) = (await bot.AddAsync(Role.Coordinator), await bot.AddAsync(Role.Coordinator));
        var file = await bot.OpenCaseAsync();
        using var browser = await desk.SignInAsync(anna);
        using var program = new ApiProgram(desk.Url, await ApiProgram.TokenAsync(browser, ApiScope.Alerts));
        Task<ApiReply> SendAsync(string severity) =>
            program.PostAsync("/api/v1/alerts", new { @case = file.Code.Text, severity, text = "The court sits today" });

        // Two at a time: none of them takes itself for the ninth.
        for (var sent = 0; sent < 10; sent += 2)
        {
            foreach (var reply in await Task.WhenAll(SendAsync("critical"), SendAsync("urgent")))
                Assert.Equal(HttpStatusCode.Created, reply.Status);
        }

        var refused = await SendAsync("critical");

        Assert.Equal((HttpStatusCode.TooManyRequests, "urn:alertbot:problem:rate"), (refused.Status, refused["type"]));
        Assert.Contains("Retry-After: 600", refused.Headers, StringComparison.Ordinal);
        await other.WaitForTextAsync("have sent 10 urgent alerts within ten minutes");
        Assert.Equal(0, await CountAsync(bot, DeliveryPriority.Now));
        // What makes no sound at night goes on, and the urgent ones after a while.
        Assert.Equal(HttpStatusCode.Created, (await SendAsync("notice")).Status);
        bot.Clock.Advance(Duration.FromMinutes(10) + Duration.FromSeconds(1));
        Assert.Equal(HttpStatusCode.Created, (await SendAsync("critical")).Status);
    }

    private static async Task<ApiReply> TakeAsync(List<Task<ApiReply>> asked)
    {
        var next = await Task.WhenAny(asked);
        asked.Remove(next);
        return await next;
    }

    // Acts that hold a connection and wait for the group.
    private static async Task<long> WaitingAsync(RunningBot bot)
    {
        await using var source = NpgsqlDataSource.Create(bot.ConnectionString);
        await using var look = source.CreateCommand(
            """
            select count(*) from pg_locks l join pg_database d on d.oid = l.database
            where  d.datname = current_database() and l.locktype = 'advisory' and not l.granted
            """);
        return (long)(await look.ExecuteScalarAsync())!;
    }

    // Of what programs wrote.
    private static async Task<long> CountAsync(RunningBot bot, DeliveryPriority priority)
    {
        await using var source = NpgsqlDataSource.Create(bot.ConnectionString);
        await using var look = source.CreateCommand(
            "select count(*) from delivery d join alert a on a.id = d.alert_id where a.kind in ('monitoring', 'notice') and d.priority = $1");
        look.Parameters.Add(new NpgsqlParameter { Value = (short)priority });
        return (long)(await look.ExecuteScalarAsync())!;
    }

    private static string Body(string group, int count, string severity, string? last = null) => JsonSerializer.Serialize(new
    {
        version = "4",
        groupKey = group,
        alerts = Enumerable.Range(0, count).Select(number => new
        {
            status = "firing",
            labels = new { alertname = "DiskFull", severity = number == count - 1 ? last ?? severity : severity },
            annotations = new
            {
                summary = count == 1 ? $"Disk of {group}" : string.Create(CultureInfo.InvariantCulture, $"Disk of {group} {number}"),
            },
            startsAt = "2026-03-02T08:00:00Z",
            fingerprint = string.Create(CultureInfo.InvariantCulture, $"{group} {number}"),
        }),
    });
}
