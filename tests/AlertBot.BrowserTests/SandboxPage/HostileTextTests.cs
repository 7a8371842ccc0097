using System.Text.Json;
using AlertBot.BrowserTests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AlertBot.BrowserTests.SandboxPage;

/// <summary>Texts of people and bots are shown as they are, and never act.</summary>
public sealed class HostileTextTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Markup = "<script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\"><b>not bold</b>";

    [BrowserFact]
    public async Task Markup_is_shown_as_text_wherever_it_stands()
    {
        await using var open = await OpenPage.StartAsync(chromium);
        var stranger = open.Sandbox.AddPerson(Markup, role: Markup, onPage: true);
        var group = open.Sandbox.AddGroup(Markup, [stranger], isForum: true, onPage: true);
        group.AddTopic(Markup);
        open.Sandbox.Narrate(Markup, "event");
        await open.Bot.CallAsync("setMyCommands", new { commands = new[] { new { command = "x", description = Markup } } });
        await open.Bot.SendAsync(open.Cast.Reporter.Id, Markup, TinyBot.Keys((Markup, "a")));
        await open.WriteAsync(OpenPage.Advocate, Markup);

        await Expect(open.Bubbles(OpenPage.Reporter).First.Locator(".text")).ToHaveTextAsync(Markup);
        await Expect(open.Log(OpenPage.Reporter).Locator(".key")).ToHaveTextAsync(Markup);
        await Expect(open.Bubbles(OpenPage.Advocate).Nth(1).Locator(".text")).ToHaveTextAsync($"You wrote: {Markup}");
        await Expect(open.Page.Locator("#timeline-lines .line-text")).ToHaveTextAsync(Markup);
        await Expect(open.Page.Locator(".phone h2").Nth(4)).ToHaveTextAsync(Markup);
        Assert.Equal(0, await open.Page.Locator(".phones b, .phones script, .phones img, .timeline b").CountAsync());
        Assert.Equal("AlertBot sandbox", await open.Page.TitleAsync());
        Assert.Empty(open.Problems);
    }

    [BrowserFact]
    public async Task A_right_to_left_override_ends_with_its_message()
    {
        await using var open = await OpenPage.StartAsync(chromium);
        var trickster = open.Sandbox.AddPerson("gpj.\u202Eexe", onPage: true);
        await open.Bot.SendAsync(trickster.Id, "photo_\u202Egpj.exe");
        await open.Bot.SendAsync(trickster.Id, "שלום");
        var phone = open.Page.Locator(".phone").Nth(4);
        await Expect(phone.Locator(".bubble")).ToHaveCountAsync(2);

        // The characters of a time run from left to right, after any text.
        foreach (var time in await phone.Locator(".bubble time").AllAsync())
            Assert.True(await time.EvaluateAsync<bool>(
                """
                time => {
                  const lefts = [...time.textContent].map((_, at) => {
                    const range = document.createRange();
                    range.setStart(time.firstChild, at);
                    range.setEnd(time.firstChild, at + 1);
                    return range.getBoundingClientRect().left;
                  });
                  return lefts.every((left, at) => at === 0 || left > lefts[at - 1]);
                }
                """));
        Assert.Empty(await open.HiddenUnderTimeAsync());
        Assert.Equal("ltr", await phone.Locator(".bubble").First.EvaluateAsync<string>("bubble => getComputedStyle(bubble).direction"));
        Assert.Equal("rtl", await phone.Locator(".bubble").Last.EvaluateAsync<string>("bubble => getComputedStyle(bubble).direction"));
    }

    [BrowserFact]
    public async Task Only_web_addresses_become_links()
    {
        await using var open = await OpenPage.StartAsync(chromium);
        await open.Bot.CallAsync("sendMessage", new
        {
            chat_id = open.Cast.Advocate.Id,
            text = "good bad https://example.org/a",
            entities = new object[]
            {
                new { type = "text_link", offset = 0, length = 4, url = "https://example.org/?q=<b>" },
                new { type = "text_link", offset = 5, length = 3, url = "javascript:document.title='taken'" },
            },
            reply_markup = new
            {
                inline_keyboard = new[]
                {
                    new[] { new { text = "Open", url = "https://example.org/c" }, new { text = "Run", url = "javascript:alert(1)" } },
                },
            },
        });

        var links = open.Log(OpenPage.Advocate).GetByRole(AriaRole.Link);
        await Expect(links).ToHaveTextAsync(["good", "https://example.org/a", "Open"]);
        foreach (var link in await links.AllAsync())
            await Expect(link).ToHaveAttributeAsync("rel", "noopener noreferrer");
    }

    [BrowserFact]
    public async Task A_spoiler_is_neither_seen_nor_read_out_until_it_is_opened()
    {
        await using var open = await OpenPage.StartAsync(chromium);
        await open.Bot.CallAsync("sendMessage", new
        {
            chat_id = open.Cast.Advocate.Id,
            text = "Name: Anna B.",
            entities = new object[] { new { type = "spoiler", offset = 6, length = 7 }, new { type = "bold", offset = 6, length = 4 } },
        });
        var spoiler = open.Button(OpenPage.Advocate, "Hidden text: press to read");
        await Expect(spoiler).ToHaveCSSAsync("color", "rgba(0, 0, 0, 0)");
        await Expect(spoiler.Locator("strong")).ToHaveCSSAsync("color", "rgba(0, 0, 0, 0)");

        await spoiler.FocusAsync();
        await open.Page.Keyboard.PressAsync("Enter");

        await Expect(spoiler).ToHaveCountAsync(0);
        await Expect(open.Log(OpenPage.Advocate).Locator(".spoiler.open strong")).Not.ToHaveCSSAsync("color", "rgba(0, 0, 0, 0)");
        await Expect(open.Bubbles(OpenPage.Advocate).First.Locator(".text")).ToHaveTextAsync("Name: Anna B.");
    }

    [BrowserTheory]
    [InlineData("a big red car", """[["bold",2,7],["italic",6,7]]""", "a <strong>big <em>red</em></strong><em> car</em>")]
    [InlineData("a big red car", """[["italic",6,3],["bold",2,7],["code",2,7]]""", "a <strong><code>big <em>red</em></code></strong> car")]
    [InlineData("🚨 go", """[["strikethrough",0,2],["underline",3,2],["bold",0,99]]""", "<strong><s>🚨</s> <u>go</u></strong>")]
    [InlineData("go", """[["unknown",0,2],["bold",1,0],["italic",5,3]]""", "<span>go</span>")]
    public async Task Styles_nest_overlap_and_reach_too_far_without_losing_a_letter(string text, string entities, string expected)
    {
        await using var open = await OpenPage.StartAsync(chromium);
        var list = JsonSerializer.Deserialize<JsonElement[][]>(entities)!
            .Select(entity => new { type = entity[0].GetString(), offset = entity[1].GetInt32(), length = entity[2].GetInt32() });

        var html = await open.Page.EvaluateAsync<string>(
            """
            async ({ text, entities }) => {
              const { richText } = await import('/page/richtext.js');
              const box = document.createElement('div');
              box.append(richText(text, entities, () => {}));
              return box.innerHTML;
            }
            """,
            new { text, entities = list });

        Assert.Equal(expected, html);
    }
}
