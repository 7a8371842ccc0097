using AlertBot.BrowserTests.Support;
using AlertBot.Hosting;
using AlertBot.Replaying;
using AlertBot.Replaying.Chats;
using AlertBot.Sandbox;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Playwright;
using NodaTime;
using static Microsoft.Playwright.Assertions;

namespace AlertBot.BrowserTests.Demo;

/// <summary>The night of 13-14 September 2022 on the phones of its people. Makes the pictures of the way from a report to an answer.</summary>
[Collection(InChromium.Name)]
public sealed class A_night_as_its_witnesses_tell_it(Chromium chromium)
{
    [BrowserFact]
    public async Task A_report_is_told_taken_and_taken_back_before_everybodys_eyes()
    {
        var directory = Path.Combine(Path.GetTempPath(), $"ab-night-{Guid.NewGuid():N}"[..17]);
        try
        {
            var ground = Ground.Load();
            var scenario = Assert.Single(Scenarios.LoadChats(ground, "12-night-as-reported"));
            // The replay plays the flood; here it would only hide the rest.
            scenario = scenario with
            {
                Steps = scenario.Steps.TakeWhile(step => step is not ChatStep.Flood).ToList(),
                Until = new LocalDateTime(2022, 9, 14, 0, 41),
            };
            var clock = new ReplayClock(scenario.Zone.AtLeniently(scenario.Steps[0].At).ToInstant());
            await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { Clock = clock, PageZone = scenario.Zone });
            await using var storage = await Storage.OpenAsync(ground, NullLoggerFactory.Instance, CancellationToken.None, directory);
            await storage.EmptyAsync(CancellationToken.None);
            await using var stage = await Stage.SetAsync(
                ground, storage.Database, sandbox, Replaying.Cast.On(sandbox), clock, CancellationToken.None);
            await using var context = await chromium.Browser.NewContextAsync(new BrowserNewContextOptions
            {
                ViewportSize = new ViewportSize { Width = 1500, Height = 2400 },
            });
            var page = await context.NewPageAsync();
            await page.GotoAsync(sandbox.Url.AbsoluteUri);

            var played = await new ChatRunner(ground, stage, scenario).RunAsync(
                async (step, _) =>
                {
                    switch (step)
                    {
                        case ChatStep.Presses { Who: "Sister" }:
                            await SaveAsync(page, "Sister", "Қошқарбай", "report-in-karakalpak");
                            await SaveAsync(page, "Marta", "new report", "triage-card");
                            await SaveAsync(page, "Ruth", "UNVERIFIED", "alert-before");
                            break;
                        case ChatStep.Presses { Who: "Ruth", Button: "@button.on-it" }:
                            await SaveAsync(page, "Ruth", "Taken by you", "alert-taken");
                            await SaveAsync(page, "Rapid response", "An advocate has it", "alert-taken-group");
                            break;
                        case ChatStep.Presses { Who: "Marta", Button: "@button.false-alarm" }:
                            await SaveAsync(page, "Ruth", "is NOT TRUE", "retraction");
                            break;
                    }
                },
                CancellationToken.None);

            Assert.All(played.Checks, check => Assert.True(check.Passed, $"{check.Step}: {check.Found}"));
        }
        finally
        {
            if (Directory.Exists(directory))
                Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task SaveAsync(IPage page, string phone, string words, string name)
    {
        var frame = page.Locator(".phone").Filter(new LocatorFilterOptions
        {
            Has = page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = phone, Exact = true }),
        });
        await Expect(frame.GetByRole(AriaRole.Log)).ToContainTextAsync(words, new LocatorAssertionsToContainTextOptions { Timeout = 15_000 });
        await Screenshots.SaveAsync(frame, name);
    }
}
