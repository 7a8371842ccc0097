using System.Net;
using System.Text.RegularExpressions;
using AlertBot.Benchmarks.Desk;
using AlertBot.Domain.Cases;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;

namespace AlertBot.IntegrationTests.Flows;

/// <summary>Every page of the desk, found by the routes and the links between them, in every language.</summary>
public sealed partial class The_desk_speaks_every_language
{
    [PostgresFact]
    public async Task No_page_fails_or_shows_the_name_of_a_text()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        var advocate = await bot.AddAsync(Role.Advocate, "Dana");
        var file = await bot.OpenCaseAsync();
        await bot.FollowAsync(advocate, file);
        await bot.ActAsync(async session =>
        {
            var told = new CaseEvent(EventId.New(), new EventKind("publication"), null) { RecordedAt = session.Now };
            await session.Cases.AddEventAsync(file.Id, told);
            await session.Cases.AddEventAsync(file.Id, told with { Id = EventId.New(), SameFactAs = told.Id, Preferred = false });
            return true;
        });
        using (var browser = await desk.SignInAsync(await bot.AddAsync(Role.Coordinator, "Anna")))
        {
            var list = "role,channel,address\nadvocate,telegram,8100000001\n"u8.ToArray();
            await browser.PostFileAsync("/console/import/bring", await browser.GetAsync("/console/import"), list, ("kind", "People"));
        }

        var witness = bot.Sandbox.AddPerson("Witness");
        await RunningBot.SayAsync(witness, "They arrested my brother in Almaty this morning");
        foreach (var language in RunningBot.Texts.Languages.Select(one => one.Code))
        {
            using var browser = await desk.SignInAsync(await bot.AddAsync(Role.Owner, "Olga", language));
            using var hands = new HttpClientHandler { CookieContainer = browser.Cookies, AllowAutoRedirect = false };
            using var http = new HttpClient(hands) { BaseAddress = desk.Url };
            var walk = await DeskWalk.WalkAsync(desk.Services, http, most: 2, (address, status, page) =>
            {
                Assert.Equal(HttpStatusCode.OK, status);
                if (page.Length == 0)
                    return;
                Assert.Contains($"<html lang=\"{language}\"", page, StringComparison.Ordinal);
                Assert.False(NameOfText().IsMatch(page), $"{language} {address}: {NameOfText().Match(page).Value}");
            });
            Assert.Empty(walk.Unfound);
        }
    }

    // The audit log shows names of acts, as code.
    [GeneratedRegex(@"(?<!<code)>\s*(desk|case|button|triage|ack|alert)\.[a-z]+[\w.-]*\s*<|\{\w+(, \w+)?\}")]
    private static partial Regex NameOfText();
}
