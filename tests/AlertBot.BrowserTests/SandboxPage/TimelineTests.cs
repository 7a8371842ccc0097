using AlertBot.BrowserTests.Support;
using AlertBot.Sandbox;
using AlertBot.Tests.Support;
using Microsoft.Playwright;
using NodaTime;
using static Microsoft.Playwright.Assertions;

namespace AlertBot.BrowserTests.SandboxPage;

/// <summary>The clock of a scenario and the log beside the phones.</summary>
public sealed class TimelineTests(Chromium chromium) : IClassFixture<Chromium>
{
    [BrowserFact]
    public async Task The_log_appears_with_its_first_line_and_counts_what_passed_and_failed()
    {
        var clock = TestClock.AtUtc(2026, 3, 17, 20, 30);
        await using var open = await OpenPage.StartAsync(
            chromium, new SandboxOptions { Clock = clock, PageZone = DateTimeZoneProviders.Tzdb["Asia/Almaty"] });
        var log = open.Page.GetByRole(AriaRole.Complementary, new PageGetByRoleOptions { Name = "What happens" });
        await Expect(log).ToBeHiddenAsync();
        await Expect(open.Page.Locator("#mode")).ToHaveTextAsync("Live");

        open.Sandbox.SetMode("replay");
        open.Sandbox.Narrate("The first line", "event");
        open.Sandbox.Narrate("an alert", "expected");
        open.Sandbox.Narrate("The alert came", "pass");
        clock.Advance(Duration.FromDays(1));
        open.Sandbox.Narrate("No reminder", "fail");

        await Expect(open.Page.Locator("#mode")).ToHaveTextAsync("Replay");
        await Expect(log.Locator(".line-text")).ToHaveTextAsync(
            ["The first line", "Expected: an alert", "Passed: The alert came", "Failed: No reminder"]);
        await Expect(log.Locator(".line-day")).ToHaveTextAsync(["18 March 2026", "19 March 2026"]);
        await Expect(log.Locator(".line-time").First).ToHaveTextAsync("01:30");
        await Expect(open.Page.Locator("#passed .count")).ToHaveTextAsync("1");
        await Expect(open.Page.Locator("#failed .count")).ToHaveTextAsync("1");
    }

    [BrowserFact]
    public async Task The_log_can_be_closed_and_is_still_there_after_a_reload()
    {
        await using var open = await OpenPage.StartAsync(chromium);
        open.Sandbox.Narrate("A line");
        var toggle = open.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Timeline" });
        await Expect(toggle).ToHaveAttributeAsync("aria-expanded", "true");

        await toggle.ClickAsync();
        await Expect(open.Page.Locator("#timeline")).ToBeHiddenAsync();
        await open.Page.ReloadAsync();

        await Expect(open.Page.Locator("#timeline .line-text")).ToHaveTextAsync("A line");
    }

    [BrowserFact]
    public async Task The_clock_of_the_scenario_is_shown_and_each_phone_has_the_time_of_its_zone()
    {
        // The night in which Kazakhstan moved from UTC+6 to UTC+5.
        var clock = new TestClock(Instant.FromUtc(2024, 2, 29, 17, 59, 58));
        await using var open = await OpenPage.StartAsync(
            chromium, new SandboxOptions { Clock = clock, PageZone = DateTimeZoneProviders.Tzdb["Asia/Almaty"] });
        await Expect(open.Page.Locator(".clock")).ToHaveTextAsync("Scenario time Thu 29 February 2024 23:59:58 Almaty, UTC+6");

        clock.Advance(Duration.FromSeconds(2));

        await Expect(open.Page.Locator(".clock")).ToHaveTextAsync("Scenario time Thu 29 February 2024 23:00:00 Almaty, UTC+5");
        await Expect(open.Phone(OpenPage.Reporter).Locator(".local")).ToContainTextAsync("23:00");
        await Expect(open.Phone(OpenPage.Reporter).Locator(".local")).ToContainTextAsync("UTC+5");
        await Expect(open.Phone(OpenPage.Advocate).Locator(".local")).ToContainTextAsync("19:00");
    }

    [BrowserFact]
    public async Task A_message_has_the_time_of_its_phone()
    {
        await using var open = await OpenPage.StartAsync(chromium, new SandboxOptions { Clock = TestClock.AtUtc(2026, 3, 17, 22, 5) });
        await open.Bot.SendAsync(open.Cast.Reporter.Id, "Night");
        await open.Bot.SendAsync(open.Cast.Advocate.Id, "Night");

        await Expect(open.Bubbles(OpenPage.Reporter).Locator("time")).ToHaveTextAsync("03:05");
        await Expect(open.Log(OpenPage.Reporter).Locator(".day")).ToHaveTextAsync("18 March 2026");
        await Expect(open.Bubbles(OpenPage.Advocate).Locator("time")).ToHaveTextAsync("23:05");
        await Expect(open.Log(OpenPage.Advocate).Locator(".day")).ToHaveTextAsync("17 March 2026");
    }
}
