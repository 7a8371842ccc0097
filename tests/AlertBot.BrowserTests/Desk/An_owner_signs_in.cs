using System.Text.RegularExpressions;
using AlertBot.BrowserTests.Support;
using AlertBot.Domain.Jobs;
using AlertBot.Domain.People;
using AlertBot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using NodaTime;
using static Microsoft.Playwright.Assertions;

namespace AlertBot.BrowserTests.Desk;

/// <summary>The desk as its users reach it: from the chat on the sandbox's page, in a browser with scripts switched off.</summary>
public sealed partial class An_owner_signs_in(Chromium chromium) : IClassFixture<Chromium>
{
    [BrowserFact]
    public async Task From_the_chat_to_the_page_without_script_and_out_again()
    {
        await using var night = await LiveDesk.StartAsync();
        var wide = new ViewportSize { Width = 1900, Height = 980 };
        await using var phones = await chromium.Browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = wide });
        var phone = await phones.NewPageAsync();
        await phone.GotoAsync(night.Sandbox.Url.AbsoluteUri);
        await using var context = await chromium.Browser.NewContextAsync(new BrowserNewContextOptions { JavaScriptEnabled = false });
        var desk = await context.NewPageAsync();
        var problems = new List<string>();
        desk.Console += (_, line) => problems.Add(line.Text);

        await desk.GotoAsync(await LinkAsync(phone));
        await LookOfDesk.AtAsync(desk, "desk-open", withScript: false);
        await desk.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Continue" }).ClickAsync();
        var number = await desk.Locator(".number").InnerTextAsync();
        await LookOfDesk.AtAsync(desk, "desk-wait", withScript: false);
        await MartaOf(phone).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = number, Exact = true }).ClickAsync();

        await Expect(desk.GetByText(OwnerOfSign())).ToBeVisibleAsync(Patient);
        Assert.Equal("/console", new Uri(desk.Url).AbsolutePath);
        await Expect(desk.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Recurring jobs" })).ToBeVisibleAsync();
        await LookOfDesk.AtAsync(desk, "desk-home", withScript: false);

        await desk.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign out" }).ClickAsync();
        await Expect(desk.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "You are not signed in" })).ToBeVisibleAsync();
        await LookOfDesk.AtAsync(desk, "desk-out", withScript: false);
        Assert.DoesNotContain(problems, line => !line.Contains("401", StringComparison.Ordinal));
    }

    [BrowserFact]
    public async Task Jobs_and_what_failed_are_seen_by_owners_alone()
    {
        var failing = new SimpleJob("failing-drill", new JobSchedule.Every(Duration.FromSeconds(10)), _ => throw new TimeoutException("drill"));
        await using var night = await LiveDesk.StartAsync(services => services.AddSingleton<IRecurringJob>(failing));
        var wide = new ViewportSize { Width = 1440, Height = 900 };
        await using var context = await chromium.Browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = wide });
        var desk = await context.NewPageAsync();

        // A stranger and a coordinator are refused.
        Assert.Equal(401, await StatusOfJobsAsync(desk));
        var coordinator = await night.AddAsync(Role.Coordinator, "Anna");
        // axe-core needs scripts, and looks at these pages here.
        await night.SignInAsync(desk, coordinator, () => LookOfDesk.AtAsync(desk, "desk-open-scripted"));
        await Expect(desk.GetByText(CoordinatorOfSign())).ToBeVisibleAsync(Patient);
        Assert.Equal(403, await StatusOfJobsAsync(desk));
        await LiveDesk.SayAsync(coordinator, "/console end");

        // A person without the role gets no link at all.
        var advocate = await night.AddAsync(Role.Advocate, "Dana");
        Assert.DoesNotContain("sign-in", (await LiveDesk.SayAsync(advocate, "/console")).Text, StringComparison.Ordinal);

        var owner = await night.AddAsync(Role.Owner, "Ewa");
        await night.SignInAsync(desk, owner);
        await desk.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Recurring jobs" }).ClickAsync(
            new LocatorClickOptions { Timeout = 20_000 });
        await desk.GotoAsync(new Uri(night.Url, "/jobs/recurring").AbsoluteUri);
        foreach (var job in new[] { "release-deadlines", "hearings", "reported-arrests", "check-ins", "failing-drill" })
            await Expect(desk.GetByText(job, new PageGetByTextOptions { Exact = true })).ToBeVisibleAsync();
        await Screenshots.SaveForReadmeAsync(desk, "jobs");
        await night.UntilAFailureAsync(desk);

        await LiveDesk.SayAsync(owner, "/console end");
        Assert.Equal(401, await StatusOfJobsAsync(desk));
        await desk.GotoAsync(new Uri(night.Url, "/console").AbsoluteUri);
        await LookOfDesk.AtAsync(desk, "desk-out-scripted");
        await night.SignInAsync(desk, owner);
        await Expect(desk.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Recurring jobs" })).ToBeVisibleAsync(Patient);
        Assert.Equal(200, await StatusOfJobsAsync(desk));
        await night.FreezeAsync(owner);
        Assert.Equal(401, await StatusOfJobsAsync(desk));

        // Asked with that browser's cookies: a refusal has no page, which Chromium takes for a broken one.
        async Task<int> StatusOfJobsAsync(IPage page) => (await page.Context.APIRequest.GetAsync(new Uri(night.Url, "/jobs").AbsoluteUri)).Status;
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

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+/console/sign-in/[\w-]+")]
    private static partial Regex Link();

    [GeneratedRegex("^coordinator [2-9A-Z]{3}$")]
    private static partial Regex CoordinatorOfSign();

    [GeneratedRegex("^owner [2-9A-Z]{3}$")]
    private static partial Regex OwnerOfSign();
}
