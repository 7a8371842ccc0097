using System.Net;
using AlertBot.Benchmarks.Desk;
using AlertBot.BrowserTests.Support;
using AlertBot.Domain.Alerts;
using AlertBot.Domain.Cases;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Replaying;
using AlertBot.Sandbox;
using AlertBot.Tests.Support;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Operations;
using AlertBot.Workflows.Subscribing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using NodaTime;
using static Microsoft.Playwright.Assertions;

namespace AlertBot.BrowserTests.Desk;

/// <summary>All pages, looked at narrow and wide, light and dark, with somebody in danger and a case that has dates.</summary>
public sealed class Every_page_of_the_desk(Chromium chromium) : IClassFixture<Chromium>
{
    // The page of the law with a question to it.
    private const string Counted = "/console/law?kind=detention_start&day=2026-03-01&state=KZ&by=UZ";

    [BrowserFact]
    public async Task Fits_its_window_and_breaks_no_rule_of_its_own()
    {
        await using var night = await LiveDesk.StartAsync(withCase: true);
        await using var seat = await night.SitDownAsync(chromium, Role.Owner, "Ewa");
        var desk = seat.Page;
        var witness = night.Sandbox.AddPerson("Witness");
        witness.SendText("Armed men took my neighbour from her flat in Almaty an hour ago");

        // The report becomes a case, and the case gets its first date, all at the desk.
        await Expect(desk.Locator("#danger a").First).ToBeVisibleAsync(new LocatorAssertionsToBeVisibleOptions { Timeout = 15_000 });
        await desk.Locator("#danger a").First.ClickAsync();
        await desk.Locator("#attach summary").ClickAsync();
        await desk.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Open a case" }).ClickAsync();
        await LookOfDesk.AtAsync(desk, "desk-report");
        await desk.Locator("h1 a").ClickAsync();
        var page = desk.Url.Split('?')[0];
        await desk.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Put an event on file" }).ClickAsync();
        await desk.Locator("[name='Fact.Kind']").SelectOptionAsync("detention_start");
        await desk.Locator("[name='Fact.Day']").FillAsync(
            await desk.EvaluateAsync<string>("new Date(Date.now() - 864e5).toISOString().slice(0, 10)"));
        await desk.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Show which dates move" }).ClickAsync();
        await Expect(desk.Locator("#preview")).ToContainTextAsync("These dates change");
        await LookOfDesk.AtAsync(desk, "desk-fact");
        await desk.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Save", Exact = true }).ClickAsync();
        await Expect(desk.Locator(".said")).ToContainTextAsync("Saved");
        await Expect(desk.Locator("#dates svg").First).ToBeVisibleAsync();
        await LookOfDesk.AtAsync(desk, "desk-case");
        await Screenshots.SaveForReadmeAsync(desk, "desk-case-1440");

        await CountAsync(night);
        await LoseAsync(night);
        await BringAsync(night, desk, seat.Phone);
        await desk.GotoAsync(new Uri(night.Url, "/console/drills").AbsoluteUri);
        await desk.Locator("[name='whom']").SelectOptionAsync(Say.Advocates);
        await desk.Locator("form[action='/console/drills/start'] button").ClickAsync();

        var found = new List<string>();
        var book = new List<(string Route, string Picture, string Heading)>();
        foreach (var (route, address) in await AddressesAsync(night, desk.Context))
        {
            await desk.GotoAsync(new Uri(night.Url, address).AbsoluteUri);
            await Expect(desk.Locator("h1")).ToBeVisibleAsync();
            Assert.Equal(1, await desk.Locator("main").CountAsync());
            var picture = PictureOf(route);
            found.AddRange(await LookOfDesk.LookAsync(desk, picture, forDocs: true));
            found.AddRange(await LookOfDesk.ByKeyboardAsync(desk, picture));
            // What is folded is hidden from whoever looks for what is wrong with it.
            await desk.EvaluateAsync("document.querySelectorAll('details').forEach(one => one.open = true)");
            found.AddRange(await LookOfDesk.NarrowAsync(desk, picture + "-open"));
            book.Add((route, picture, (await desk.Locator("h1").InnerTextAsync()).Trim()));
        }

        Assert.True(found.Count == 0, string.Join(Environment.NewLine, found));
        await Screenshots.WriteForDocsAsync("desk.md", DeskBook.Of(book));
        await desk.GotoAsync(new Uri(night.Url, "/console").AbsoluteUri);
        await Screenshots.SaveForReadmeAsync(desk, "desk-now-1440");
        seat.BrokeNoRule();
    }

    // Another account of what is on file, and a list of people.
    private static async Task BringAsync(LiveDesk night, IPage desk, SandboxPhone owner)
    {
        await night.ActAsync(async session =>
        {
            var by = (await session.Addresses.FindAsync(owner.Address))!.Person;
            var file = (await session.Cases.LoadAsync(await session.Cases.AllAsync())).First(one => one.Events.Count > 0);
            var told = file.Events[0];
            await session.Cases.AddEventAsync(file.Id, told with { Id = EventId.New(), SameFactAs = told.Id, Preferred = false, RecordedBy = by });
            return true;
        });
        await desk.GotoAsync(new Uri(night.Url, "/console/import").AbsoluteUri);
        await desk.Locator("input[type=file]").SetInputFilesAsync(new FilePayload
        {
            Name = "people.csv",
            MimeType = "text/csv",
            Buffer = "role,channel,address\nadvocate,telegram,8100000001\nadvocate,telegramm,8100000002\n"u8.ToArray(),
        });
        await desk.Locator("form[action='/console/import/bring'] button").ClickAsync();
        await Expect(desk.GetByText("waits for your word").First).ToBeVisibleAsync(
            new LocatorAssertionsToBeVisibleOptions { Timeout = 15_000 });
    }

    // Every page by the program's own routes, each at the first address to which a link leads.
    private static async Task<IReadOnlyList<(string Route, string Address)>> AddressesAsync(LiveDesk night, IBrowserContext context)
    {
        using var http = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = night.Url };
        http.DefaultRequestHeaders.Add("Cookie", string.Join("; ", (await context.CookiesAsync()).Select(one => $"{one.Name}={one.Value}")));
        var walk = await DeskWalk.WalkAsync(night.Services, http, most: 3);
        Assert.Empty(walk.Unfound);
        var pages = new List<(string Route, string Address)>();
        foreach (var (route, addresses) in walk.Found.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            using var answer = await http.GetAsync(addresses[0]);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            if (answer.Content.Headers.ContentType?.MediaType == "text/html")
                pages.Add((route, addresses[0]));
        }

        return [.. pages.Select(page => page.Route == "/console/law" ? (page.Route, Counted) : page)];
    }

    private static string PictureOf(string route) => string.Join('-', route.Split('/', StringSplitOptions.RemoveEmptyEntries).Skip(1)
        .Select(part => part.StartsWith('{') ? "one" : part).DefaultIfEmpty("now"));

    // A week of the program's own work, with a night in which it stood still.
    private static async Task CountAsync(LiveDesk night)
    {
        var database = night.Services.GetRequiredService<Database>();
        var now = night.Services.GetRequiredService<NodaTime.IClock>().GetCurrentInstant();
        foreach (var hour in Enumerable.Range(0, (int)KeepFigures.Shown.TotalHours).Where(hour => hour is < 60 or > 66))
        {
            await using var session = await database.Under(new TestClock(now - Duration.FromHours(hour))).BeginAsync(CancellationToken.None);
            await session.Figures.AddAsync(KeepFigures.Names.Index().ToDictionary(
                one => one.Item,
                one => one.Item is "lost" or "overdue" or "jobs"
                    ? hour % 29 == 0 ? 1 : 0
                    : Math.Round(30 + (25 * Math.Sin((hour / 4.0) + one.Index)))));
            await session.CommitAsync(CancellationToken.None);
        }
    }

    // An alert that does not arrive.
    private static async Task LoseAsync(LiveDesk night)
    {
        var away = await night.AddAsync(Role.Advocate, "Dana");
        away.BlockBot();
        await night.ActAsync(async session =>
        {
            var (file, to) = (await session.Cases.FindAsync(StoryCase.Code), await session.Addresses.FindAsync(away.Address));
            await session.Subscriptions.AddAsync(file!.Id, to!.Id, null);
            return await night.Services.GetRequiredService<SendAlert>().RunAsync(
                session.As(Actor.Operator), file.Code, new AlertKind("manual"), Severity.Urgent, "The hearing is moved to Thursday at ten.");
        });
    }
}
