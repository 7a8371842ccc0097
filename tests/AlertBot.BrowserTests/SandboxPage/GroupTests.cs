using AlertBot.BrowserTests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AlertBot.BrowserTests.SandboxPage;

public sealed class GroupTests(Chromium chromium) : IClassFixture<Chromium>
{
    [BrowserFact]
    public async Task Only_who_is_on_the_page_is_shown()
    {
        await using var open = await OpenPage.StartAsync(chromium);

        await Expect(open.Page.Locator(".phone h2")).ToHaveTextAsync(["Aigul S.", "Marta Nowak", "Farhad", "Night watch"]);
        open.Sandbox.AddPerson("Late", onPage: true);
        await Expect(open.Page.Locator(".phone h2")).ToHaveTextAsync(["Aigul S.", "Marta Nowak", "Farhad", "Night watch", "Late"]);
    }

    [BrowserFact]
    public async Task In_a_group_one_writes_and_presses_as_the_member_one_chooses()
    {
        await using var open = await OpenPage.StartAsync(chromium);
        await open.Phone(OpenPage.Group).GetByLabel("Write as").SelectOptionAsync("Marta Nowak (advocate)");

        await open.WriteAsync(OpenPage.Group, "/card@AlertSandboxBot");
        await open.Button(OpenPage.Group, "I'm on it").ClickAsync();

        await Expect(open.Bubbles(OpenPage.Group).Last).ToContainTextAsync("Card: Marta Nowak chose take:1");
        await Expect(open.Log(OpenPage.Group).Locator(".own .text")).ToHaveTextAsync(["/card@AlertSandboxBot"]);
        Assert.Equal(open.Cast.Advocate.Id, open.Cast.Group.Messages.First(message => !message.IsService).SenderId);
        await Expect(open.Bubbles(OpenPage.Advocate)).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task Each_topic_has_its_own_messages_and_unread_count()
    {
        await using var open = await OpenPage.StartAsync(chromium);
        var astana = open.Cast.Group.Messages.First(message => message.Text == "Topic: Astana").Id;

        await open.Bot.CallAsync("sendMessage", new { chat_id = open.Cast.Group.Id, message_thread_id = astana, text = "Only in Astana" });
        var tab = open.Phone(OpenPage.Group).Locator(".topic").Filter(new LocatorFilterOptions { HasText = "Astana" });
        await Expect(tab.Locator(".badge")).ToHaveTextAsync("1");
        await Expect(open.Bubbles(OpenPage.Group)).ToHaveCountAsync(0);

        await tab.ClickAsync();
        await Expect(open.Texts(OpenPage.Group)).ToHaveTextAsync(["Only in Astana"]);
        await Expect(tab.Locator(".badge")).ToBeHiddenAsync();
        await open.WriteAsync(OpenPage.Group, "Seen");
        await Expect(open.Bubbles(OpenPage.Group)).ToHaveCountAsync(2);
        Assert.Equal(astana, open.Cast.Group.Messages[^1].ThreadId);
    }

    [BrowserFact]
    public async Task A_new_topic_can_be_opened_and_a_closed_one_takes_nothing()
    {
        await using var open = await OpenPage.StartAsync(chromium);

        var topic = open.Cast.Group.AddTopic("Vienna");
        var tab = open.Phone(OpenPage.Group).Locator(".topic").Filter(new LocatorFilterOptions { HasText = "Vienna" });
        await tab.ClickAsync();
        open.Cast.Group.CloseTopic(topic);
        await Expect(tab).ToContainTextAsync("(closed)");
        await open.WriteAsync(OpenPage.Group, "Too late");

        await Expect(open.Phone(OpenPage.Group).Locator(".toast")).ToHaveTextAsync("This topic is closed.");
        await Expect(open.Composer(OpenPage.Group)).ToHaveValueAsync("Too late");
    }

    [BrowserFact]
    public async Task A_group_that_becomes_a_supergroup_goes_on_in_the_same_place()
    {
        await using var open = await OpenPage.StartAsync(chromium);
        var small = open.Sandbox.AddGroup("Small one", [open.Cast.Advocate], isBasic: true, onPage: true);
        open.Cast.Advocate.SendText("before", small);
        await Expect(open.Texts("Small one")).ToHaveTextAsync(["before"]);

        small.Migrate();
        await open.WriteAsync("Small one", "after");

        await Expect(open.Texts("Small one")).ToHaveTextAsync(["after"]);
        await Expect(open.Log("Small one")).ToContainTextAsync("The group became a supergroup");
        await Expect(open.Page.Locator(".phone")).ToHaveCountAsync(5);
    }
}
