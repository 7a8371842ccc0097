using System.Net;
using AlertBot.Domain.People;
using AlertBot.Hosting;
using AlertBot.IntegrationTests.Support;
using AlertBot.Sandbox;
using AlertBot.Tests.Support;
using AlertBot.Workflows.Cases;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace AlertBot.IntegrationTests.Flows;

public class A_calendar_fetches_what_is_due
{
    private static readonly HttpClient Http = new();

    [PostgresFact]
    public async Task The_next_dates_come_as_a_file_too()
    {
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2026, 3, 2, 9, 0));
        var coordinator = await bot.AddAsync(Role.Coordinator);
        var advocate = await bot.AddAsync(Role.Advocate);
        var file = await bot.OpenCaseAsync();
        await RunningBot.SayAsync(advocate, "/calendar");
        await bot.SettleAsync();
        Assert.DoesNotContain(advocate.Messages, message => message.File is not null);

        await bot.FollowAsync(advocate, file);
        await RunningBot.SayAsync(coordinator, $"/event {file.Code} detention_start 2026-03-01 10:00");
        await RunningBot.SayAsync(advocate, "/calendar");

        var sent = await advocate.WaitForMessageAsync(message => message.File is not null);
        Assert.Equal("alertbot.ics", sent.File!.Name);
        Assert.Matches(@"^\d+ dates? of your cases", sent.Text);
    }

    [PostgresFact]
    public async Task It_holds_codes_and_both_dates_and_no_name()
    {
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2026, 3, 2, 9, 0));
        var coordinator = await bot.AddAsync(Role.Coordinator, "Coordinator");
        var advocate = await bot.AddAsync(Role.Advocate, "Advocate", "ru");
        var file = await bot.OpenCaseAsync("Invented Person");
        var other = await bot.OpenCaseAsync("Somebody Else");
        await bot.FollowAsync(advocate, file);
        await RunningBot.SayAsync(coordinator, $"/event {file.Code} detention_start 2026-03-01 10:00");
        await RunningBot.SayAsync(coordinator, $"/event {file.Code} asylum_application 2026-03-01");
        await RunningBot.SayAsync(coordinator, $"/event {other.Code} detention_start 2026-03-01 10:00");
        await using var web = await ServeAsync(bot);

        var (status, text, cache) = await FetchAsync(web, await AddressAsync(advocate));
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("private", cache, StringComparison.Ordinal);
        var events = IcsReader.Events(text);
        Assert.Contains(events, one => one.ContainsKey("DTSTART;VALUE=DATE"));
        Assert.Contains(events, one => one["SUMMARY"].Contains("срок освобождения", StringComparison.Ordinal));
        Assert.All(events, one => Assert.StartsWith(file.Code.Text, one["SUMMARY"], StringComparison.Ordinal));
        Assert.Equal(events.Count, events.Select(one => one["UID"]).Distinct().Count());
        foreach (var secret in new[] { "Invented", "Person", "Somebody", other.Code.Text, "VALARM" })
            Assert.DoesNotContain(secret, text, StringComparison.Ordinal);

        // The next day has the same entries, whatever moved meanwhile.
        await bot.SettleAsync();
        bot.Clock.Advance(Duration.FromHours(1));
        await RunningBot.SayAsync(advocate, "/calendar");
        await bot.SettleAsync();
        var again = await FetchAsync(web, await AddressAsync(advocate, isAnother: true));
        Assert.Equal(events.Select(one => one["UID"]), IcsReader.Events(again.Text).Select(one => one["UID"]));
    }

    [PostgresFact]
    public async Task A_secret_that_was_replaced_ended_or_guessed_is_as_none_and_is_never_logged()
    {
        await using var bot = await RunningBot.StartAsync();
        var advocate = await bot.AddAsync(Role.Advocate);
        await using var web = await ServeAsync(bot);

        var first = await AddressAsync(advocate);
        var have = await RunningBot.SayAsync(advocate, "/calendar");
        Assert.Contains("ends the old one", have.Text, StringComparison.Ordinal);
        var second = AddressIn(await RunningBot.PressAsync(advocate, have, "A new address"));
        Assert.NotEqual(first, second);
        Assert.Equal(HttpStatusCode.OK, (await FetchAsync(web, second)).Status);
        var replaced = await FetchAsync(web, first);
        var guessed = await FetchAsync(web, "/calendar/x.ics");
        Assert.Equal(HttpStatusCode.NotFound, replaced.Status);
        Assert.Equal(guessed, replaced);

        // A person who lost the role gets no calendar.
        await bot.ActAsync(async session =>
        {
            var person = (await session.People.WithRoleAsync(Role.Advocate)).Single();
            await session.People.FreezeAsync(person.Id, null);
            return true;
        });
        Assert.Equal(guessed, await FetchAsync(web, second));
        Assert.DoesNotContain(second["/calendar/".Length..^".ics".Length], string.Concat(bot.Log.Lines), StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task It_ends_when_the_person_says_so()
    {
        await using var bot = await RunningBot.StartAsync();
        var advocate = await bot.AddAsync(Role.Advocate);
        await using var web = await ServeAsync(bot);
        var address = await AddressAsync(advocate);

        await RunningBot.PressAsync(advocate, await RunningBot.SayAsync(advocate, "/calendar"), "No calendar");

        Assert.Equal(HttpStatusCode.NotFound, (await FetchAsync(web, address)).Status);
    }

    private static async Task<string> AddressAsync(SandboxPhone advocate, bool isAnother = false)
    {
        var said = await RunningBot.SayAsync(advocate, "/calendar");
        return AddressIn(isAnother ? await RunningBot.PressAsync(advocate, said, advocate.Language == "ru" ? "Новый адрес" : "A new address") : said);
    }

    private static string AddressIn(SandboxMessage message) =>
        new Uri(message.Text.Split('\n').Single(line => line.EndsWith(".ics", StringComparison.Ordinal))).AbsolutePath;

    private static async Task<(HttpStatusCode Status, string Text, string Cache)> FetchAsync(WebApplication web, string path)
    {
        using var answer = await Http.GetAsync(new Uri(new Uri(web.Urls.Single()), path));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer.Headers.CacheControl?.ToString() ?? "");
    }

    // The program's own endpoint over the bot's database, on a free port.
    private static async Task<WebApplication> ServeAsync(RunningBot bot)
    {
        var builder = TestWeb.Builder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(bot.Log).SetMinimumLevel(LogLevel.Trace).AddFilter("Microsoft", LogLevel.None);
        builder.Services.AddSingleton(bot.Database).AddSingleton<IClock>(bot.Clock).AddSingleton(bot.Get<CalendarFeed>());
        var app = builder.Build();
        app.MapCalendar();
        await app.StartAsync();
        return app;
    }
}
