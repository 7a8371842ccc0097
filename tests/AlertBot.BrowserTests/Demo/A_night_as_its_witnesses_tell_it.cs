using AlertBot.BrowserTests.Support;
using AlertBot.Hosting;
using AlertBot.Replaying;
using AlertBot.Replaying.Chats;
using AlertBot.Sandbox;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Playwright;
using NodaTime;

namespace AlertBot.BrowserTests.Demo;

/// <summary>The night of 13-14 September 2022 on the phones of its people. Makes the pictures of the way from a report to an answer.</summary>
public sealed class A_night_as_its_witnesses_tell_it(Chromium chromium) : IClassFixture<Chromium>
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
                            await Screenshots.SaveOfPhoneAsync(page, "Sister", "Қошқарбай", "report-in-karakalpak");
                            await Screenshots.SaveOfPhoneAsync(page, "Marta", "new report", "triage-card");
                            await Screenshots.SaveOfPhoneAsync(page, "Ruth", "UNVERIFIED", "alert-before");
                            break;
                        case ChatStep.Presses { Who: "Ruth", Button: "@button.on-it" }:
                            await Screenshots.SaveOfPhoneAsync(page, "Ruth", "Taken by you", "alert-taken");
                            await Screenshots.SaveOfPhoneAsync(page, "Rapid response", "An advocate has it", "alert-taken-group");
                            break;
                        case ChatStep.Presses { Who: "Marta", Button: "@button.false-alarm" }:
                            await Screenshots.SaveOfPhoneAsync(page, "Ruth", "is NOT TRUE", "retraction");
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
}
