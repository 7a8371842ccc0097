using AlertBot.BrowserTests.Support;
using AlertBot.Desk.Frame;
using AlertBot.Domain.People;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AlertBot.BrowserTests.Desk;

/// <summary>All pages, looked at narrow and wide, light and dark, with somebody in danger and a case that has dates.</summary>
[Collection(InChromium.Name)]
public sealed class Every_page_of_the_desk(Chromium chromium)
{
    [BrowserFact]
    public async Task Fits_its_window_and_breaks_no_rule_of_its_own()
    {
        await using var night = await LiveDesk.StartAsync();
        await using var context = await chromium.Browser.NewContextAsync(
            new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1440, Height = 900 } });
        var desk = await context.NewPageAsync();
        var problems = new List<string>();
        desk.Console += (_, line) => problems.Add(line.Text);
        var owner = await night.AddAsync(Role.Owner, "Ewa");
        var witness = night.Sandbox.AddPerson("Witness");
        witness.SendText("Armed men took my neighbour from her flat in Almaty an hour ago");
        await night.SignInAsync(desk, owner);

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

        foreach (var place in DeskPlaces.All.Where(place => place.Path != DeskPlaces.Jobs).Select(place => place.Path)
            .Append(new Uri(page).AbsolutePath + "/lawyer").Append("/console/law?kind=detention_start&day=2026-03-01&state=KZ&by=UZ"))
        {
            await desk.GotoAsync(new Uri(night.Url, place).AbsoluteUri);
            await Expect(desk.Locator("h1")).ToBeVisibleAsync();
            Assert.Equal(1, await desk.Locator("main").CountAsync());
            // Every field has its label, and every picture its words.
            Assert.Equal(0, await desk.Locator("main :is(input:not([type=hidden]), select, textarea):not(label *)").CountAsync());
            Assert.Equal(0, await desk.Locator("main img:not([alt])").CountAsync());
            await LookOfDesk.AtAsync(desk, "desk-" + place.Split('/')[^1].Split('?')[0]);
        }

        await desk.GotoAsync(new Uri(night.Url, "/console").AbsoluteUri);
        await Screenshots.SaveForReadmeAsync(desk, "desk-now-1440");
        Assert.DoesNotContain(problems, line => line.Contains("Content Security Policy", StringComparison.Ordinal));
    }
}
