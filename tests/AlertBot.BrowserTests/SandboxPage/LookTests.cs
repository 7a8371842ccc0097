using AlertBot.BrowserTests.Support;
using AlertBot.Sandbox;
using AlertBot.Tests.Support;
using Microsoft.Playwright;
using NodaTime;
using static Microsoft.Playwright.Assertions;

namespace AlertBot.BrowserTests.SandboxPage;

/// <summary>Makes pictures for people to look at, and checks the parts of the look that a machine can check.</summary>
public sealed class LookTests(Chromium chromium) : IClassFixture<Chromium>
{
    [BrowserTheory]
    [InlineData("light", 1440, 900)]
    [InlineData("dark", 1920, 1080)]
    [InlineData("light", 1024, 768)]
    [InlineData("dark", 390, 844)]
    [InlineData("light", 320, 640)]
    public async Task The_page_fits_its_window_and_follows_the_colours_of_the_system(string colours, int width, int height)
    {
        var clock = TestClock.AtUtc(2026, 3, 17, 4, 12);
        await using var open = await OpenPage.StartAsync(
            chromium,
            new SandboxOptions { Clock = clock, PageZone = DateTimeZoneProviders.Tzdb["Asia/Almaty"] },
            new BrowserNewContextOptions
            {
                ColorScheme = colours == "dark" ? ColorScheme.Dark : ColorScheme.Light,
                ViewportSize = new ViewportSize { Width = width, Height = height },
            });
        await Story.PlayAsync(open, clock);

        await Screenshots.SaveAsync(open.Page, $"sandbox-{colours}-{width}");

        await Expect(open.Page.Locator(".phone")).ToHaveCountAsync(4);
        Assert.Equal(0, await open.Page.EvaluateAsync<int>("Math.max(0, document.documentElement.scrollWidth - innerWidth)"));
        Assert.Equal(width < 720 ? 1 : 4, await ColumnsAsync(open));
        Assert.Equal(colours == "dark", await IsDarkAsync(open));
        Assert.Empty(await open.HiddenUnderTimeAsync());
        Assert.Empty(open.Problems);
    }

    [BrowserFact]
    public async Task A_visitor_may_choose_the_colours_and_they_are_kept()
    {
        await using var open = await OpenPage.StartAsync(chromium, browser: new BrowserNewContextOptions { ColorScheme = ColorScheme.Light });
        ILocator Button(string now) => open.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = $"Colours: {now}" });

        await Button("as the system").ClickAsync();
        await Button("light").ClickAsync();
        Assert.True(await IsDarkAsync(open));
        await open.Page.ReloadAsync();
        await Expect(Button("dark")).ToBeVisibleAsync();
        await open.Phone(OpenPage.Group).WaitForAsync();
        Assert.True(await IsDarkAsync(open));
    }

    [BrowserFact]
    public async Task On_a_narrow_page_two_people_stand_side_by_side_where_that_is_wanted()
    {
        await using var open = await OpenPage.StartAsync(
            chromium, browser: new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 390, Height = 844 } });
        Assert.Equal(1, await SeenAsync(open));

        await open.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Two phones side by side" }).ClickAsync();

        Assert.Equal(2, await SeenAsync(open));
        Assert.Equal(0, await open.Page.EvaluateAsync<int>("Math.max(0, document.documentElement.scrollWidth - innerWidth)"));
        await Screenshots.SaveAsync(open.Page, "sandbox-pair-390");
    }

    // The phones that are completely visible.
    private static Task<int> SeenAsync(OpenPage open) => open.Page.EvaluateAsync<int>(
        """
        [...document.querySelectorAll('.phone')].map(phone => phone.getBoundingClientRect())
          .filter(box => box.left >= 0 && box.right <= innerWidth + 1 && box.top >= 0 && box.bottom <= innerHeight + 1).length
        """);

    [BrowserFact]
    public async Task Whoever_wants_no_motion_gets_none()
    {
        await using var open = await OpenPage.StartAsync(chromium, browser: new BrowserNewContextOptions { ReducedMotion = ReducedMotion.Reduce });
        await open.Bot.SendAsync(open.Cast.Advocate.Id, "Moving?");
        await Expect(open.Log(OpenPage.Advocate)).ToContainTextAsync("Moving?");

        Assert.Equal(0, await open.Page.EvaluateAsync<int>("document.getAnimations().length"));
    }

    [BrowserTheory]
    [InlineData("light")]
    [InlineData("dark")]
    public async Task Every_kind_of_message_is_drawn(string colours)
    {
        await using var open = await OpenPage.StartAsync(chromium, new SandboxOptions { Clock = TestClock.AtUtc(2026, 3, 17, 9, 30) }, new()
        {
            ColorScheme = colours == "dark" ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize = new() { Width = 1600, Height = 1000 },
        });
        open.Bot.AnswersMessages = false;
        var (reporter, advocate, group) = (open.Cast.Reporter, open.Cast.Advocate, open.Cast.Group);
        reporter.SendPhoto(await PictureAsync(open.Page), "The car, number 01 KG 777");
        reporter.SendLocation(51.12833, 71.43051);
        reporter.SendFile(new byte[48_000], "voice", "audio/ogg", name: "voice.ogg");
        var wrong = reporter.SendText("Wrong chat, sorry");
        reporter.Delete(wrong.Id);
        var late = reporter.SendText("They drive towards Kosshy");
        reporter.EditText(late.Id, "They drive towards Kosshy, two cars now");
        await open.Bot.CallAsync("sendMessage", new
        {
            chat_id = advocate.Id,
            text = "bold italic underlined struck code spoiler link https://example.org @marta /help\n#quoted line",
            entities = new object[]
            {
                new { type = "bold", offset = 0, length = 4 }, new { type = "italic", offset = 5, length = 6 },
                new { type = "underline", offset = 12, length = 10 }, new { type = "strikethrough", offset = 23, length = 6 },
                new { type = "code", offset = 30, length = 4 }, new { type = "spoiler", offset = 35, length = 7 },
                new { type = "text_link", offset = 43, length = 4, url = "https://example.org/" },
                new { type = "blockquote", offset = 81, length = 12 },
            },
            disable_notification = true,
        });
        advocate.SendText("👍");
        advocate.SendText("مرحبا، أنا في الطريق", replyTo: 1);
        await open.Bot.SendAsync(
            advocate.Id, "A label may be as long as it likes:", TinyBot.Keys(("Donaudampfschifffahrtselektrizitätenhauptbetriebswerk", "a")));
        advocate.SendText("Averyveryverylongwordwithoutanyplacetobreakitatallandsoitmustbebrokensomewhere");
        group.Join(reporter);
        advocate.SendText("I can be there in 20 minutes", group);
        reporter.SendText("Please hurry", group);
        await open.Bot.SendAsync(group.Id, "Taken by an advocate");
        await Expect(open.Bubbles(OpenPage.Group)).ToHaveCountAsync(3);
        await Expect(open.Log(OpenPage.Reporter).GetByRole(AriaRole.Img).First).ToHaveJSPropertyAsync("complete", true);

        await Screenshots.SaveAsync(open.Page, $"sandbox-messages-{colours}");
        await open.Button(OpenPage.Advocate, "Hidden text: press to read").ClickAsync();
        await open.Button(OpenPage.Advocate, "Send a location").ClickAsync();
        await Screenshots.SaveAsync(open.Page, $"sandbox-place-{colours}");

        await Expect(open.Texts(OpenPage.Reporter)).ToHaveTextAsync(
            ["The car, number 01 KG 777", "This message was deleted", "They drive towards Kosshy, two cars now"]);
        await Expect(open.Log(OpenPage.Reporter)).ToContainTextAsync("voice.ogg");
        await Expect(open.Log(OpenPage.Reporter)).ToContainTextAsync("51.12833, 71.43051");
        Assert.Empty(await open.HiddenUnderTimeAsync());
        Assert.Equal(0, await open.Page.EvaluateAsync<int>(
            "[...document.querySelectorAll('.log')].filter(log => log.scrollWidth > log.clientWidth).length"));
        Assert.Empty(open.Problems);
    }

    /// <summary>A picture that the browser makes.</summary>
    private static async Task<byte[]> PictureAsync(IPage page) => Convert.FromBase64String(await page.EvaluateAsync<string>(
        """
        () => {
          const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 420 });
          const draw = canvas.getContext('2d');
          const sky = draw.createLinearGradient(0, 0, 0, 420);
          sky.addColorStop(0, '#8fb6cf');
          sky.addColorStop(1, '#e9dfd0');
          draw.fillStyle = sky;
          draw.fillRect(0, 0, 640, 420);
          draw.fillStyle = '#6d7a80';
          draw.fillRect(0, 300, 640, 120);
          draw.fillStyle = '#f4f6f7';
          draw.beginPath();
          draw.roundRect(150, 220, 330, 90, 24);
          draw.roundRect(220, 170, 190, 80, 30);
          draw.fill();
          draw.fillStyle = '#20292e';
          for (const x of [225, 405]) { draw.beginPath(); draw.arc(x, 312, 34, 0, 7); draw.fill(); }
          return canvas.toDataURL('image/jpeg').split(',')[1];
        }
        """));

    private static Task<int> ColumnsAsync(OpenPage open) => open.Page.EvaluateAsync<int>(
        "new Set([...document.querySelectorAll('.phone')].map(phone => Math.round(phone.getBoundingClientRect().left))).size");

    private static Task<bool> IsDarkAsync(OpenPage open) => open.Page.EvaluateAsync<bool>(
        "getComputedStyle(document.querySelector('.screen')).backgroundColor.match(/[0-9]+/g).every(part => part < 80)");
}
