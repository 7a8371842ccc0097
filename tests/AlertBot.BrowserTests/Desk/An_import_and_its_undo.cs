using AlertBot.BrowserTests.Support;
using AlertBot.Domain.People;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AlertBot.BrowserTests.Desk;

/// <summary>A list with three bad lines, as a coordinator brings it in: seen, written, taken back; with scripts, and without.</summary>
public sealed class An_import_and_its_undo(Chromium chromium) : IClassFixture<Chromium>
{
    private static readonly LocatorAssertionsToContainTextOptions Soon = new() { Timeout = 60_000 };

    [BrowserFact]
    public async Task Three_bad_lines_lose_nothing_else_and_all_of_it_is_taken_back()
    {
        await using var night = await LiveDesk.StartAsync();
        await using var seat = await night.SitDownAsync(chromium, Role.Owner, "Ewa");
        var desk = seat.Page;
        var people = await PeopleAsync(desk, night);

        await BringAsync(
            desk, night,
            "role;channel;address\r\nadvocate;telegram;8400000001\r\nadvokat;telegram;8400000002\r\nadvocate;fax;1\r\n"
            + "advocate;signal;8 701 234 56 78\r\ncoordinator;telegram;8400000003\r\n");
        var state = desk.Locator("#state");
        await Expect(state).ToContainTextAsync("waits for your word", Soon);
        var refused = desk.Locator("#lines-Refused");
        await Expect(refused.Locator("li")).ToHaveCountAsync(3);
        await Expect(refused).ToContainTextAsync("Line 3: unknown role 'advokat' (did you mean 'advocate'?)");
        await Expect(refused).ToContainTextAsync("Line 4: unknown channel 'fax'");
        await Expect(refused).ToContainTextAsync("Line 5: the phone number lacks the code of the country");
        await LookOfDesk.AtAsync(desk, "desk-import-seen");

        await desk.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Write what is new" }).ClickAsync();
        await Expect(state.Locator(".badge")).ToHaveTextAsync("done", new LocatorAssertionsToHaveTextOptions { Timeout = 20_000 });
        await Expect(desk.Locator("#lines-Adds li")).ToHaveCountAsync(2);
        var page = desk.Url;
        Assert.Equal(people + 2, await PeopleAsync(desk, night));

        await desk.GotoAsync(page);
        await desk.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Make the invitations" }).ClickAsync();
        await Expect(desk.GetByText("/start ").First).ToBeVisibleAsync();
        await desk.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Take it all back" }).ClickAsync();
        await Expect(state.Locator(".badge")).ToHaveTextAsync("taken back", new LocatorAssertionsToHaveTextOptions { Timeout = 20_000 });
        await LookOfDesk.AtAsync(desk, "desk-import-undone");
        Assert.Equal(people, await PeopleAsync(desk, night));
        seat.BrokeNoRule();

        // Without a script the page asks again by itself until the file is read.
        await using var plain = await chromium.Browser.NewContextAsync(new BrowserNewContextOptions
        {
            JavaScriptEnabled = false,
            StorageState = await desk.Context.StorageStateAsync(),
        });
        var without = await plain.NewPageAsync();
        await BringAsync(without, night, string.Concat(Enumerable.Range(0, 80).Select(number => $"advocate,telegram,85000{number:00000}\n")));
        await Expect(without.Locator("#state")).ToContainTextAsync("waits for your word", Soon);
        await Expect(without.Locator("#lines-Adds .count")).ToHaveTextAsync("80");
    }

    private static async Task BringAsync(IPage page, LiveDesk night, string list)
    {
        await page.GotoAsync(new Uri(night.Url, "/console/import").AbsoluteUri);
        await page.Locator("input[type=file]").SetInputFilesAsync(
            new FilePayload { Name = "list.csv", MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes(list) });
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Read the file" }).ClickAsync();
    }

    private static async Task<int> PeopleAsync(IPage page, LiveDesk night)
    {
        await page.GotoAsync(new Uri(night.Url, "/console/people").AbsoluteUri);
        return await page.Locator("#people .card").CountAsync();
    }
}
