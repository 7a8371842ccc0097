using System.Text.RegularExpressions;
using AlertBot.BrowserTests.Support;
using AlertBot.Domain.People;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AlertBot.BrowserTests.Desk;

/// <summary>A colleague's phone is in other hands: one press at the desk, and its pages and its buttons are dead.</summary>
[Collection(Alone.Name)]
public sealed partial class A_phone_is_frozen(Chromium chromium) : IClassFixture<Chromium>
{
    [BrowserFact]
    public async Task Its_session_and_its_buttons_are_dead_at_once_and_what_it_did_is_undone()
    {
        await using var night = await LiveDesk.StartAsync();
        await using var mine = await night.SitDownAsync(chromium, Role.Owner, "Ewa");
        await using var theirs = await night.SitDownAsync(chromium, Role.Coordinator, "Anna");
        var (desk, stolen, taken) = (mine.Page, theirs.Page, theirs.Phone);
        // Somebody let themself in with it.
        var invited = await LiveDesk.SayAsync(taken, "/invite advocate");
        var guest = night.Sandbox.AddPerson("Guest");
        await LiveDesk.SayAsync(guest, Start().Match(invited.Text).Value);
        var witness = night.Sandbox.AddPerson("Witness");
        witness.SendText("Armed men took my neighbour from her flat in Almaty an hour ago");
        var card = await taken.WaitForMessageAsync(
            message => message.IsFromBot && message.AllButtons.Any(button => button.Text == "I'm on it"), TimeSpan.FromSeconds(30));
        // A page on which nothing is live goes too.
        await stolen.GotoAsync(new Uri(night.Url, "/console/cases/new").AbsoluteUri);

        var person = await night.PageOfAsync(taken);
        await desk.GotoAsync(new Uri(night.Url, "/console/people").AbsoluteUri);
        await desk.Locator($"#people a[href='{new Uri(person).AbsolutePath}']").ClickAsync();
        await desk.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Suspend at once" }).ClickAsync();
        await Expect(desk.Locator("#report")).ToContainTextAsync("What this account did in the last week");
        await LookOfDesk.AtAsync(desk, "desk-person");

        await Expect(stolen.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "You are not signed in" })).ToBeVisibleAsync(
            new LocatorAssertionsToBeVisibleOptions { Timeout = 5_000 });
        await stolen.GotoAsync(new Uri(night.Url, "/console/people").AbsoluteUri);
        await Expect(stolen.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "You are not signed in" })).ToBeVisibleAsync();
        // The message is withdrawn there; a phone without a line may show it still. What it says next is handled after the press.
        taken.PressData(card, card.AllButtons.First(button => button.Text == "I'm on it").Data!);
        await LiveDesk.SayAsync(taken, "/help");
        await desk.GotoAsync(new Uri(night.Url, "/console").AbsoluteUri);
        await Expect(desk.Locator("#danger")).ToContainTextAsync("NOBODY has it");

        await desk.GotoAsync(person);
        await desk.Locator("#report").GetByRole(AriaRole.Button).First.ClickAsync();
        await Expect(desk.Locator(".said")).ToContainTextAsync("Done");
        Assert.DoesNotContain("sign-in", (await LiveDesk.SayAsync(guest, "/console")).Text, StringComparison.Ordinal);
        await desk.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "End the suspension" }).ClickAsync();
        await Expect(desk.Locator("#report")).ToHaveCountAsync(0);
    }

    [GeneratedRegex(@"/start [\w-]+")]
    private static partial Regex Start();
}
