using System.Text.RegularExpressions;
using AlertBot.BrowserTests.Support;
using AlertBot.Hosting;
using AlertBot.Replaying;
using AlertBot.Sandbox;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AlertBot.BrowserTests.Desk;

/// <summary>The desk as its users reach it: from the chat on the sandbox's page, through a browser whose scripts are switched off.</summary>
[Collection(InChromium.Name)]
public sealed partial class An_owner_signs_in(Chromium chromium)
{
    [BrowserFact]
    public async Task From_the_chat_to_the_page_without_script_and_out_again()
    {
        var directory = Path.Combine(Path.GetTempPath(), $"ab-desk-{Guid.NewGuid():N}"[..16]);
        try
        {
            var ground = Ground.Load();
            var web = ground.Settings.Web with { Url = $"http://127.0.0.1:{FreePort()}", PublicUrl = null };
            ground = ground with { Settings = ground.Settings with { Web = web } };
            var clock = new ReplayClock(NodaTime.Instant.FromUtc(2026, 3, 2, 9, 0));
            await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { Clock = clock });
            var demo = new Replaying.Demo(ground, sandbox, clock, directory, _ => { });
            await demo.PlayAsync([], speed: 10_000, CancellationToken.None);
            await using var server = await demo.GoLiveAsync(CancellationToken.None);
            var wide = new ViewportSize { Width = 1900, Height = 980 };
            await using var phones = await chromium.Browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = wide });
            var phone = await phones.NewPageAsync();
            await phone.GotoAsync(sandbox.Url.AbsoluteUri);
            await using var context = await chromium.Browser.NewContextAsync(new BrowserNewContextOptions { JavaScriptEnabled = false });
            var desk = await context.NewPageAsync();
            var problems = new List<string>();
            desk.Console += (_, line) => problems.Add(line.Text);

            await desk.GotoAsync(await LinkAsync(phone));
            await LookAsync(desk, "desk-open");
            await desk.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Continue" }).ClickAsync();
            var number = await desk.Locator(".number").InnerTextAsync();
            await LookAsync(desk, "desk-wait");
            await MartaOf(phone).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = number, Exact = true }).ClickAsync();

            await Expect(desk.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { NameRegex = OwnerOfSign() })).ToBeVisibleAsync(Patient);
            Assert.Equal("/console", new Uri(desk.Url).AbsolutePath);
            await Expect(desk.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Recurring jobs" })).ToBeVisibleAsync();
            await LookAsync(desk, "desk-home");

            await desk.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign out" }).ClickAsync();
            await Expect(desk.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "You are not signed in" })).ToBeVisibleAsync();
            await LookAsync(desk, "desk-out");
            Assert.DoesNotContain(problems, line => !line.Contains("401", StringComparison.Ordinal));
        }
        finally
        {
            if (Directory.Exists(directory))
                Directory.Delete(directory, recursive: true);
        }
    }

    private static readonly LocatorAssertionsToBeVisibleOptions Patient = new() { Timeout = 20_000 };

    private static async Task<string> LinkAsync(IPage phone)
    {
        await MartaOf(phone).GetByPlaceholder("Message").FillAsync("/console");
        await MartaOf(phone).GetByPlaceholder("Message").PressAsync("Enter");
        var log = MartaOf(phone).GetByRole(AriaRole.Log);
        await Expect(log).ToContainTextAsync("/console/sign-in/", new LocatorAssertionsToContainTextOptions { Timeout = 15_000 });
        return Link().Match(await log.InnerTextAsync()).Value;
    }

    private static ILocator MartaOf(IPage page) => page.Locator(".phone").Filter(new LocatorFilterOptions
    {
        Has = page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Marta", Exact = true }),
    });

    // Narrow and wide, light and dark; nothing may be wider than the window.
    private static async Task LookAsync(IPage page, string name)
    {
        foreach (var (width, height) in new[] { (390, 844), (1440, 900) })
        {
            foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
            {
                await page.SetViewportSizeAsync(width, height);
                await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
                await Screenshots.SaveAsync(page, $"{name}-{width}-{(scheme == ColorScheme.Dark ? "dark" : "light")}");
            }

            Assert.True((await page.Locator("main").BoundingBoxAsync())!.Width <= width);
        }
    }

    private static int FreePort()
    {
        using var probe = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        probe.Start();
        return ((System.Net.IPEndPoint)probe.LocalEndpoint).Port;
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+/console/sign-in/[\w-]+")]
    private static partial Regex Link();

    [GeneratedRegex("^owner [2-9A-Z]{3}$")]
    private static partial Regex OwnerOfSign();
}
