using AlertBot.BrowserTests.Support;
using AlertBot.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AlertBot.BrowserTests.SandboxPage;

public sealed class AccessibilityTests(Chromium chromium) : IClassFixture<Chromium>
{
    [BrowserFact]
    public async Task Every_control_and_every_picture_has_a_name()
    {
        var clock = TestClock.AtUtc(2026, 3, 17, 4, 12);
        await using var open = await OpenPage.StartAsync(chromium, new() { Clock = clock });
        await Story.PlayAsync(open, clock);
        await open.Button(OpenPage.Reporter, "Send a location").ClickAsync();

        string[] kinds = ["button", "a", "select", "input", "textarea", "img", "[role=button]", "[role=img]", "[tabindex='0']"];
        var controls = open.Page.Locator(string.Join(", ", kinds.Select(kind => kind + ":visible")));
        var nameless = new List<string>();
        foreach (var control in await controls.AllAsync())
        {
            // In the tree, "- button "Send"" has a name and "- button" has none. Decorations are left out.
            var tree = await control.AriaSnapshotAsync();
            if (tree.Length > 0 && !tree.Split('\n')[0].Contains('"', StringComparison.Ordinal))
                nameless.Add(await control.EvaluateAsync<string>("control => control.outerHTML.slice(0, 120)"));
        }

        Assert.Empty(nameless);
        Assert.True(await controls.CountAsync() > 40);
    }

    [BrowserFact]
    public async Task Ids_are_unique_and_headings_name_the_phones()
    {
        await using var open = await OpenPage.StartAsync(chromium);

        var doubles = await open.Page.EvaluateAsync<string[]>(
            "[...document.querySelectorAll('[id]')].map(e => e.id).filter((id, at, all) => all.indexOf(id) !== at)");
        Assert.Empty(doubles);
        await Expect(open.Page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "Phone of Aigul S." })).ToBeVisibleAsync();
        await Expect(open.Page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "Group Night watch" })).ToBeVisibleAsync();
        Assert.Equal("en", await open.Page.Locator("html").GetAttributeAsync("lang"));
    }

    [BrowserFact]
    public async Task With_the_tab_key_one_comes_to_the_message_box_of_every_phone_and_sees_where_one_is()
    {
        await using var open = await OpenPage.StartAsync(chromium);
        await open.Bot.SendCardAsync(open.Cast.Reporter.Id);
        await Expect(open.Bubbles(OpenPage.Reporter)).ToHaveCountAsync(1);
        var reached = new List<string>();

        for (var presses = 0; presses < 60; presses++)
        {
            await open.Page.Keyboard.PressAsync("Tab");
            var (name, isVisible) = await FocusAsync(open.Page);
            Assert.True(isVisible, $"The focus on '{name}' cannot be seen.");
            reached.Add(name);
        }

        Assert.Contains("I'm on it", reached);
        foreach (var box in new[] { "Message from Aigul S.", "Message from Marta Nowak", "Message from Farhad", "Message to Night watch" })
            Assert.Contains(box, reached);
        Assert.True(reached.IndexOf("I'm on it") < reached.IndexOf("Message from Aigul S."), "A card comes before the box below it.");
    }

    [BrowserFact]
    public async Task Messages_are_read_with_the_arrow_keys_and_answered_with_enter()
    {
        await using var open = await OpenPage.StartAsync(chromium);
        await open.Bot.SendAsync(open.Cast.Reporter.Id, "First question");
        await open.Bot.SendAsync(open.Cast.Reporter.Id, "Second question");
        await Expect(open.Bubbles(OpenPage.Reporter)).ToHaveCountAsync(2);

        await open.Log(OpenPage.Reporter).FocusAsync();
        await open.Page.Keyboard.PressAsync("ArrowUp");
        await open.Page.Keyboard.PressAsync("ArrowUp");
        await Expect(open.Bubbles(OpenPage.Reporter).First).ToBeFocusedAsync();
        await open.Page.Keyboard.PressAsync("Enter");
        await open.Page.Keyboard.TypeAsync("My answer");
        await open.Page.Keyboard.PressAsync("Enter");

        await open.Cast.Reporter.WaitForTextAsync("You wrote: My answer");
        Assert.Equal(1, open.Cast.Reporter.Messages[2].ReplyTo);
    }

    [BrowserFact]
    public async Task New_messages_are_announced()
    {
        await using var open = await OpenPage.StartAsync(chromium);

        // By its role a log is a polite live region, which nothing may override.
        foreach (var log in await open.Page.Locator(".log").AllAsync())
        {
            Assert.Equal("log", await log.GetAttributeAsync("role"));
            Assert.Null(await log.GetAttributeAsync("aria-live"));
            Assert.Null(await log.GetAttributeAsync("aria-busy"));
        }
    }

    private static async Task<(string Name, bool IsVisible)> FocusAsync(IPage page)
    {
        var found = await page.EvaluateAsync<System.Text.Json.JsonElement>(
            """
            () => {
              const element = document.activeElement;
              const style = getComputedStyle(element);
              return {
                name: element.getAttribute('aria-label') ?? element.textContent.trim(),
                isVisible: element === document.body || (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1),
              };
            }
            """);
        return (found.GetProperty("name").GetString()!, found.GetProperty("isVisible").GetBoolean());
    }
}
