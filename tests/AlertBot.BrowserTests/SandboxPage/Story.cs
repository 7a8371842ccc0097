using AlertBot.BrowserTests.Support;
using AlertBot.Tests.Support;
using NodaTime;
using static Microsoft.Playwright.Assertions;

namespace AlertBot.BrowserTests.SandboxPage;

/// <summary>An invented story that shows most of what the page can show.</summary>
internal static class Story
{
    private const string Alert =
        "🚨 URGENT · unverified\nK-7F3Q: taken in Astana\n10:02 local time, two men in plain clothes, a white car.\n"
        + "Time limit of 72 hours: until Fri 20 Mar, 10:02.";

    public static async Task PlayAsync(OpenPage open, TestClock clock)
    {
        open.Bot.AnswersMessages = false;
        open.Sandbox.SetMode("replay");
        open.Sandbox.Narrate("An activist is taken in Astana", "chapter");
        await ReportAsync(open, clock);
        await AlertAsync(open, clock);
        await ThreeDaysLaterAsync(open, clock);
    }

    private static async Task ReportAsync(OpenPage open, TestClock clock)
    {
        var reporter = open.Cast.Reporter;
        await open.Bot.CallAsync("setMyCommands", new
        {
            commands = new[]
            {
                new { command = "report", description = "Tell that somebody was taken" },
                new { command = "status", description = "What became of my report" },
                new { command = "forget", description = "Delete everything about me" },
            },
        });
        await open.Bot.SendAsync(
            reporter.Id, "Здравствуйте. Если кого-то забрали, напишите сюда, как можете. Можно одним словом.",
            TinyBot.Keys(("Кого-то забрали", "sos"), ("Что вы умеете?", "help")));
        clock.Advance(Duration.FromMinutes(2));
        open.Sandbox.Narrate("A reporter writes that somebody was taken", "event");
        var report = reporter.SendText("Забрали соседа, увезли двое в штатском, белая машина. Это было десять минут назад");
        await open.Bot.CallAsync("sendMessage", new
        {
            chat_id = reporter.Id,
            text = "Принято. Ваш номер: 4471 9023 5518 7702\nСохраните его: с ним можно дополнить или удалить сообщение.",
            entities = new object[] { new { type = "bold", offset = 0, length = 8 }, new { type = "code", offset = 20, length = 19 } },
            reply_parameters = new { message_id = report.Id },
        });
        await open.Bot.AskForPlaceAsync(reporter.Id, "Где это было?");
    }

    private static async Task AlertAsync(OpenPage open, TestClock clock)
    {
        open.Sandbox.Narrate("a heads-up to the small circle within 10 seconds", "expected");
        clock.Advance(Duration.FromSeconds(4));
        foreach (var chat in new[] { open.Cast.Advocate.Id, open.Cast.Coordinator.Id, open.Cast.Group.Id })
        {
            await open.Bot.CallAsync("sendMessage", new
            {
                chat_id = chat,
                text = Alert,
                entities = new object[] { new { type = "bold", offset = 0, length = 22 }, new { type = "spoiler", offset = 31, length = 15 } },
                reply_markup = new
                {
                    inline_keyboard = new[]
                    {
                        new[] { new { text = "I'm on it", callback_data = "take" }, new { text = "Can't", callback_data = "no" } },
                        [new { text = "Details, sources and how the time limit was counted", callback_data = "more" }],
                    },
                },
            });
        }

        open.Sandbox.Narrate("3 alerts, the last after 4.1 seconds", "got");
        open.Sandbox.Narrate("The small circle knows", "pass");
        clock.Advance(Duration.FromMinutes(1));
        await open.Button(OpenPage.Advocate, "I'm on it").ClickAsync();
        await Expect(open.Log(OpenPage.Advocate)).ToContainTextAsync("chose take");
        open.Sandbox.Narrate("An advocate takes the case", "event");
        open.Sandbox.Narrate("Nobody else is woken", "pass");
        await open.Bot.SendAsync(
            open.Cast.Coordinator.Id,
            "سلام فرهاد. یک گزارش تازه رسیده و منتظر بررسی شماست.",
            TinyBot.Keys(("تأیید و هشدار", "verify"), ("هشدار نادرست", "false")));
    }

    private static async Task ThreeDaysLaterAsync(OpenPage open, TestClock clock)
    {
        clock.Advance(Duration.FromDays(3));
        open.Sandbox.Narrate("The 72 hours are over and nobody was told", "fail");
        await open.Bot.CallAsync("sendMessage", new
        {
            chat_id = open.Cast.Advocate.Id,
            text = "⏰ 72 hours are over in 2 hours. Still held?",
            disable_notification = true,
            reply_markup = TinyBot.Keys(("Still held", "held"), ("Released", "free"), ("Don't know", "unknown")),
        });
        await Expect(open.Log(OpenPage.Advocate)).ToContainTextAsync("over in 2 hours");
    }
}
