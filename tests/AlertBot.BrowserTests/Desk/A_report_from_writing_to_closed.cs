using AlertBot.BrowserTests.Support;
using AlertBot.Domain.People;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AlertBot.BrowserTests.Desk;

/// <summary>One report on its whole way, at the desk and in the chat: what one of them does the other shows within a second.</summary>
[Collection(Alone.Name)]
public sealed class A_report_from_writing_to_closed(Chromium chromium) : IClassFixture<Chromium>
{
    private static readonly LocatorAssertionsToContainTextOptions Within = new() { Timeout = 10_000 };

    /// <summary>What somebody who looks at both of them takes for "at once".</summary>
    private static readonly LocatorAssertionsToContainTextOptions AtOnce = new() { Timeout = 1_000 };

    [BrowserFact]
    public async Task Chat_and_desk_change_by_themselves_within_a_second()
    {
        await using var night = await LiveDesk.StartAsync();
        await using var seat = await night.SitDownAsync(chromium, Role.Coordinator, "Anna");
        var desk = seat.Page;
        var colleague = await night.AddAsync(Role.Coordinator, "Marta");
        await desk.GotoAsync(new Uri(night.Url, "/console/reports").AbsoluteUri);
        var board = desk.Locator("#board");
        await Expect(board).ToContainTextAsync("Nobody is reported to be in danger", Within);

        // Being written: the card rings in the chat, and the board has it a second later.
        var witness = night.Sandbox.AddPerson("Witness");
        witness.SendText("Armed men took my neighbour from her flat in Almaty an hour ago");
        var card = await colleague.WaitForMessageAsync(
            message => message.IsFromBot && message.AllButtons.Any(button => button.Text == "I'm on it"), TimeSpan.FromSeconds(30));
        await Expect(board).ToContainTextAsync("begun", AtOnce);
        await Expect(board.Locator("a").First).ToBeVisibleAsync();

        // The chat acts, the desk shows.
        await board.Locator("a").First.ClickAsync();
        var acts = desk.Locator("#acts");
        await Expect(acts).ToContainTextAsync("NOBODY has it", Within);
        await desk.EvaluateAsync("window.since = 'the beginning'");
        var pressed = colleague.Press(card, "I'm on it");
        await pressed.Answer.WaitAsync(TimeSpan.FromSeconds(10));
        await Expect(acts).ToContainTextAsync("has it, for", AtOnce);
        Assert.Equal("the beginning", await desk.EvaluateAsync<string>("window.since"));

        // The desk asks, the witness answers, and the card has the answer.
        await desk.Locator("#relay textarea").FillAsync("Which street was it?");
        await desk.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Ask reporter" }).ClickAsync();
        var question = await witness.WaitForMessageAsync(
            message => message.Text.Contains("Which street was it?", StringComparison.Ordinal), TimeSpan.FromSeconds(10));
        await witness.Press(question, "Answer").Answer.WaitAsync(TimeSpan.FromSeconds(10));
        await LiveDesk.SayAsync(witness, "Abay street");
        await Expect(desk.Locator("#relay")).ToContainTextAsync("Abay street", AtOnce);

        // The desk verifies and closes, the chat shows.
        await desk.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Verify" }).First.ClickAsync();
        await Expect(acts.Locator(".badge.verified")).ToBeVisibleAsync();
        await colleague.WaitForMessageAsync(
            message => message.Id > card.Id && message.Text.Contains("verified by a coordinator", StringComparison.Ordinal), TimeSpan.FromSeconds(5));
        await desk.Locator("#close summary").ClickAsync();
        await desk.Locator("#close button").ClickAsync();
        await Expect(desk.Locator(".said")).ToContainTextAsync("Done", Within);
        await Expect(acts).ToContainTextAsync("Closed", Within);
        await LookOfDesk.AtAsync(desk, "desk-report-closed");
        await desk.GotoAsync(new Uri(night.Url, "/console/reports").AbsoluteUri);
        await Expect(board).ToContainTextAsync("released, ", Within);
    }
}
