using AlertBot.BrowserTests.Support;
using AlertBot.Domain.People;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AlertBot.BrowserTests.Desk;

/// <summary>A drill from its start to one number, while people answer it in the chat.</summary>
public sealed class A_drill_and_its_figures(Chromium chromium) : IClassFixture<Chromium>
{
    private static readonly LocatorAssertionsToContainTextOptions Soon = new() { Timeout = 10_000 };

    [BrowserFact]
    public async Task Who_answered_who_is_silent_and_how_ready_all_are_is_seen_as_it_happens()
    {
        await using var night = await LiveDesk.StartAsync();
        await using var seat = await night.SitDownAsync(chromium, Role.Coordinator, "Anna");
        var desk = seat.Page;
        var quick = await night.AddAsync(Role.Advocate, "Dana");
        await night.AddAsync(Role.Advocate, "Silent");
        await desk.GotoAsync(new Uri(night.Url, "/console/drills").AbsoluteUri);
        await Expect(desk.Locator("#readiness")).ToContainTextAsync("There was no drill yet");

        await desk.Locator("[name=whom]").SelectOptionAsync("advocates");
        await desk.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Start the drill" }).ClickAsync();
        var told = await quick.WaitForMessageAsync(
            message => message.Text.Contains("DRILL. Nothing has happened", StringComparison.Ordinal), TimeSpan.FromSeconds(30));
        await Expect(desk.Locator("#readiness .number")).ToContainTextAsync("0 %", Soon);
        quick.Press(told, "I read this");

        await Expect(desk.Locator("#one")).ToContainTextAsync("after", Soon);
        await Expect(desk.Locator("#one")).ToContainTextAsync("no answer");
        await Expect(desk.Locator("#readiness .number")).Not.ToContainTextAsync("0 %", new LocatorAssertionsToContainTextOptions { Timeout = 5_000 });
        await Expect(desk.Locator("#readiness svg rect")).ToHaveCountAsync(1);
        await LookOfDesk.AtAsync(desk, "desk-drill");
    }
}
