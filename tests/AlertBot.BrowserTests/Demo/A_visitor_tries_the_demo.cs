using AlertBot.BrowserTests.Support;
using AlertBot.Hosting;
using AlertBot.Replaying;
using AlertBot.Sandbox;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AlertBot.BrowserTests.Demo;

/// <summary>What `demo` shows: a public history on the phones, then a bot that answers. Makes the picture of the README.</summary>
[Collection(InChromium.Name)]
public sealed class A_visitor_tries_the_demo(Chromium chromium)
{
    [BrowserFact]
    public async Task A_history_is_played_on_the_phones_and_then_the_bot_answers()
    {
        // Not there yet: the database's own user must be able to enter it, and sockets below it want a short path.
        var directory = Path.Combine(Path.GetTempPath(), $"ab-demo-{Guid.NewGuid():N}"[..16]);
        try
        {
            var ground = Ground.Load();
            var scenarios = Scenarios.Load(ground, "02-almaty-night-ten-pm");
            var clock = new ReplayClock(ReplayRunner.StartOf(scenarios));
            await using var sandbox = await SandboxServer.StartAsync(
                new SandboxOptions { Clock = clock, PageZone = NodaTime.DateTimeZoneProviders.Tzdb["Asia/Almaty"] });
            var told = new List<string>();
            var demo = new Replaying.Demo(ground, sandbox, clock, directory, told.Add);

            await demo.PlayAsync(scenarios, speed: 10_000, CancellationToken.None);
            await using var server = await demo.GoLiveAsync(CancellationToken.None);
            await using var context = await chromium.Browser.NewContextAsync(new BrowserNewContextOptions
            {
                ViewportSize = new ViewportSize { Width = 1900, Height = 980 },
            });
            var page = await context.NewPageAsync();
            await page.GotoAsync(sandbox.Url.AbsoluteUri);

            Assert.Matches("^([0-9]+) of \\1 expected", told[^1]);
            await Expect(page.GetByRole(AriaRole.Complementary, new PageGetByRoleOptions { Name = "What happens" })).ToContainTextAsync(told[^1]);
            await Expect(PhoneOf(page, "Ruth").GetByRole(AriaRole.Log)).ToContainTextAsync("K-3N4T");
            await Expect(PhoneOf(page, "Rapid response").GetByRole(AriaRole.Log)).ToContainTextAsync("K-3N4T");

            await Expect(PhoneOf(page, "Lena").GetByRole(AriaRole.Log)).ToContainTextAsync("K-3N4T");

            await WriteAsync(page, "Timur", "Соседа увели двое в штатском");
            await Expect(PhoneOf(page, "Timur").GetByRole(AriaRole.Log)).ToContainTextAsync("1 – ");
            await WriteAsync(page, "Aygul", "/start");
            await Expect(PhoneOf(page, "Aygul").GetByRole(AriaRole.Log)).ToContainTextAsync("/help");
            await WriteAsync(page, "Marta", "/case K-3N4T");
            await Expect(PhoneOf(page, "Marta").GetByRole(AriaRole.Log)).ToContainTextAsync(
                "Almaty", new LocatorAssertionsToContainTextOptions { Timeout = 15_000 });
            await Screenshots.SaveAsync(page, "demo");

            // Codes only where others read along.
            var group = await PhoneOf(page, "Rapid response").GetByRole(AriaRole.Log).InnerTextAsync();
            Assert.DoesNotContain("Toremuratov", group, StringComparison.Ordinal);
        }
        finally
        {
            if (Directory.Exists(directory))
                Directory.Delete(directory, recursive: true);
        }
    }

    private static ILocator PhoneOf(IPage page, string name) => page.Locator(".phone").Filter(new LocatorFilterOptions
    {
        Has = page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = name, Exact = true }),
    });

    private static async Task WriteAsync(IPage page, string phone, string text)
    {
        await PhoneOf(page, phone).GetByPlaceholder("Message").FillAsync(text);
        await PhoneOf(page, phone).GetByPlaceholder("Message").PressAsync("Enter");
    }
}
