using AlertBot.BrowserTests.Support;
using AlertBot.Domain.People;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AlertBot.BrowserTests.Desk;

/// <summary>The first page of the desk while something happens: it changes by itself, and goes with the phone that opened it.</summary>
public sealed class A_coordinator_sees_the_night(Chromium chromium) : IClassFixture<Chromium>
{
    private static readonly LocatorAssertionsToContainTextOptions Soon = new() { Timeout = 10_000 };

    [BrowserFact]
    public async Task What_a_witness_writes_and_who_takes_it_appear_without_a_reload_until_the_phone_is_frozen()
    {
        await using var night = await LiveDesk.StartAsync();
        await using var seat = await night.SitDownAsync(chromium, Role.Coordinator, "Anna");
        var (desk, coordinator) = (seat.Page, seat.Phone);
        var danger = desk.Locator("#danger");
        await Expect(danger).ToContainTextAsync("Nobody is reported to be in danger", Soon);
        // A page that was loaded again would have forgotten this.
        await desk.EvaluateAsync("window.since = 'the beginning'");

        var witness = night.Sandbox.AddPerson("Witness");
        witness.SendText("Armed men took my neighbour from her flat in Almaty an hour ago");
        await Expect(danger).ToContainTextAsync("NOBODY has it", Soon);

        var card = await coordinator.WaitForMessageAsync(
            message => message.IsFromBot && message.AllButtons.Any(button => button.Text == "I'm on it"), TimeSpan.FromSeconds(30));
        coordinator.Press(card, "I'm on it");
        await Expect(danger).ToContainTextAsync("has it, for", Soon);
        Assert.Equal("the beginning", await desk.EvaluateAsync<string>("window.since"));
        await LookOfDesk.AtAsync(desk, "desk-now");

        await night.FreezeAsync(coordinator);
        await Expect(desk.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "You are not signed in" })).ToBeVisibleAsync(
            new LocatorAssertionsToBeVisibleOptions { Timeout = 20_000 });
        seat.BrokeNoRule();
    }
}
