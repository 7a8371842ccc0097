using AlertBot.BrowserTests.Support;
using AlertBot.Sandbox;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AlertBot.BrowserTests.SandboxPage;

/// <summary>The page agrees with the sandbox after a lost connection, after a restart, and with long chats.</summary>
public sealed class FeedTests(Chromium chromium) : IClassFixture<Chromium>
{
    private static readonly LocatorAssertionsToBeVisibleOptions Patiently = new() { Timeout = 20_000 };

    [BrowserFact]
    public async Task A_page_that_lost_its_connection_misses_nothing()
    {
        CuttableLine? line = null;
        await using var open = await OpenPage.StartAsync(chromium, through: url => (line = new CuttableLine(url)).Url);
        await using var cuttable = line!;
        await open.Bot.SendAsync(open.Cast.Advocate.Id, "before");
        await open.Bot.SendCardAsync(open.Cast.Advocate.Id);
        await Expect(open.Bubbles(OpenPage.Advocate)).ToHaveCountAsync(2);

        cuttable.Cut();
        await Expect(open.Page.GetByText("The sandbox does not answer.")).ToBeVisibleAsync(Patiently);
        for (var number = 1; number <= 50; number++)
            await open.Bot.SendAsync(open.Cast.Advocate.Id, $"missed {number}");
        await open.Bot.CallAsync("editMessageText", new { chat_id = open.Cast.Advocate.Id, message_id = 2, text = "edited meanwhile" });
        open.Cast.Advocate.Delete(1);
        open.Cast.Reporter.BlockBot();
        open.Sandbox.Narrate("meanwhile", "pass");
        cuttable.Mend();

        await Expect(open.Bubbles(OpenPage.Advocate)).ToHaveCountAsync(52, new() { Timeout = 20_000 });
        var texts = await open.Bubbles(OpenPage.Advocate).Locator(".text").AllInnerTextsAsync();
        Assert.Equal(
            ["This message was deleted", "edited meanwhile", .. Enumerable.Range(1, 50).Select(number => $"missed {number}")],
            texts.Select(text => text.Trim()));
        await Expect(open.Composer(OpenPage.Reporter)).ToBeHiddenAsync();
        await Expect(open.Page.Locator("#timeline-lines .line")).ToHaveCountAsync(1);
        await Expect(open.Page.GetByText("The sandbox does not answer.")).ToBeHiddenAsync();
    }

    [BrowserFact]
    public async Task A_page_shows_the_new_sandbox_after_a_restart()
    {
        await using var open = await OpenPage.StartAsync(chromium);
        await open.Bot.SendAsync(open.Cast.Advocate.Id, "of the old sandbox");
        await Expect(open.Bubbles(OpenPage.Advocate)).ToHaveCountAsync(1);
        await open.Composer(OpenPage.Advocate).FillAsync("a draft");

        await open.StopSandboxAsync();
        await using var next = await SandboxServer.StartAsync(new SandboxOptions { Port = open.Sandbox.Url.Port });
        next.AddPerson("Somebody else", onPage: true, id: 42);
        next.AddPerson("Marta Nowak", onPage: true, id: open.Cast.Advocate.Id).SendText("of the new sandbox");

        await Expect(open.Phone("Somebody else")).ToBeVisibleAsync(Patiently);
        await Expect(open.Page.Locator(".phone")).ToHaveCountAsync(2);
        await Expect(open.Texts(OpenPage.Advocate)).ToHaveTextAsync(["of the new sandbox"]);
        await Expect(open.Composer(OpenPage.Advocate)).ToHaveValueAsync("a draft");
    }

    [BrowserFact]
    public async Task Of_two_thousand_messages_the_last_two_hundred_are_drawn_and_earlier_ones_on_request()
    {
        await using var open = await OpenPage.StartAsync(chromium, before: cast => Write(cast, 1, 2000));
        var bubbles = open.Bubbles(OpenPage.Group);
        await Expect(bubbles).ToHaveCountAsync(200);
        await Expect(bubbles.Last).ToContainTextAsync("message 2000");
        await Expect(bubbles.Last).ToBeInViewportAsync();

        await open.Log(OpenPage.Group).EvaluateAsync("log => { log.scrollTop = 0; }");
        var first = bubbles.Filter(new() { HasText = "message 1801" });
        var before = (await first.BoundingBoxAsync())!.Y;
        await open.Button(OpenPage.Group, "Show earlier messages").ClickAsync();

        await Expect(bubbles).ToHaveCountAsync(400);
        await Expect(bubbles.First).ToContainTextAsync("message 1601");
        Assert.InRange((await first.BoundingBoxAsync())!.Y, before - 45, before + 45);
    }

    [BrowserFact]
    public async Task A_flood_of_two_thousand_messages_is_drawn_at_once_and_leaves_two_hundred()
    {
        await using var open = await OpenPage.StartAsync(chromium);
        var started = System.Diagnostics.Stopwatch.GetTimestamp();

        Write(open.Cast, 1, 2000);

        await Expect(open.Bubbles(OpenPage.Group).Last).ToContainTextAsync("message 2000", new() { Timeout = 15_000 });
        await Expect(open.Bubbles(OpenPage.Group)).ToHaveCountAsync(200);
        await Expect(open.Bubbles(OpenPage.Group).Last).ToBeInViewportAsync();

        // Far above the measured time (under two seconds on two busy cores), to detect quadratic work.
        Assert.InRange(System.Diagnostics.Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 10);
    }

    [BrowserFact]
    public async Task Whoever_reads_old_messages_is_not_moved_and_sees_how_many_came()
    {
        await using var open = await OpenPage.StartAsync(chromium, before: cast => Write(cast, 1, 60));
        var log = open.Log(OpenPage.Group);
        await Expect(open.Bubbles(OpenPage.Group).Last).ToBeInViewportAsync();
        await log.EvaluateAsync("log => { log.scrollTop = 300; }");
        var jump = open.Button(OpenPage.Group, "To the newest message");
        await Expect(jump).ToBeVisibleAsync();

        Write(open.Cast, 61, 63);

        await Expect(jump).ToHaveTextAsync("3");
        await Expect(open.Phone(OpenPage.Group).Locator(".caption .badge")).ToHaveTextAsync("3");
        Assert.Equal(300, await log.EvaluateAsync<int>("log => log.scrollTop"));

        await jump.ClickAsync();
        await Expect(open.Bubbles(OpenPage.Group).Last).ToBeInViewportAsync();
        await Expect(jump).ToBeHiddenAsync();
        await Expect(open.Phone(OpenPage.Group).Locator(".caption .badge")).ToBeHiddenAsync();
    }

    [BrowserFact]
    public async Task A_chat_stays_at_its_end_when_the_page_around_it_changes()
    {
        await using var open = await OpenPage.StartAsync(chromium, before: cast => Write(cast, 1, 60));
        await Expect(open.Bubbles(OpenPage.Group).Last).ToBeInViewportAsync();

        // The list has just moved to a new message. Before it notices, the log beside the phones opens and lines break anew.
        await open.Page.EvaluateAsync(
            """
            () => {
              for (const log of document.querySelectorAll('.log')) log.scrollTop -= 1;
              document.querySelector('.phones').style.maxWidth = '1080px';
            }
            """);
        for (var number = 61; number <= 90; number++)
        {
            Write(open.Cast, number, number);
            open.Sandbox.Narrate($"line {number}", "event");
        }

        await Expect(open.Bubbles(OpenPage.Group).Last).ToContainTextAsync("message 90");
        await Expect(open.Bubbles(OpenPage.Group).Last).ToBeInViewportAsync();
        await Expect(open.Button(OpenPage.Group, "To the newest message")).ToBeHiddenAsync();
    }

    [BrowserFact]
    public async Task Whoever_scrolls_up_is_left_there_also_after_a_message_was_edited()
    {
        await using var open = await OpenPage.StartAsync(chromium, before: cast => Write(cast, 1, 60));
        await Expect(open.Bubbles(OpenPage.Group).Last).ToBeInViewportAsync();
        var last = open.Cast.Group.Messages[^1];
        open.Cast.Advocate.EditText(last.Id, "massage 60", open.Cast.Group);
        await Expect(open.Bubbles(OpenPage.Group).Last).ToContainTextAsync("massage 60");

        await open.Log(OpenPage.Group).HoverAsync();
        await open.Page.Mouse.WheelAsync(0, -600);
        await Expect(open.Button(OpenPage.Group, "To the newest message")).ToBeVisibleAsync();
        var before = await open.Log(OpenPage.Group).EvaluateAsync<int>("log => log.scrollTop");
        Write(open.Cast, 61, 61);
        await Expect(open.Bubbles(OpenPage.Group).Last).ToContainTextAsync("message 61");

        Assert.Equal(before, await open.Log(OpenPage.Group).EvaluateAsync<int>("log => log.scrollTop"));
    }

    // The bot does not see what members of a group write to each other.
    private static void Write(Cast cast, int from, int to)
    {
        for (var number = from; number <= to; number++)
            cast.Advocate.SendText($"message {number}: two men in plain clothes, a white car, they drive north", cast.Group);
    }
}
