using AlertBot.BrowserTests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AlertBot.BrowserTests.SandboxPage;

/// <summary>A person's acts on a phone, and the reactions to them.</summary>
public sealed class TalkingTests(Chromium chromium) : IClassFixture<Chromium>
{
    // One red dot.
    private static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==");

    [BrowserFact]
    public async Task What_is_typed_is_sent_and_the_answer_arrives()
    {
        await using var open = await OpenPage.StartAsync(chromium);

        await open.WriteAsync(OpenPage.Reporter, "Сосед пропал");

        await Expect(open.Texts(OpenPage.Reporter)).ToHaveTextAsync(["Сосед пропал", "You wrote: Сосед пропал"]);
        await Expect(open.Composer(OpenPage.Reporter)).ToHaveValueAsync("");
        await Expect(open.Bubbles(OpenPage.Advocate)).ToHaveCountAsync(0);
        Assert.Equal("Сосед пропал", open.Cast.Reporter.Messages[0].Text);
        Assert.Empty(open.Problems);
    }

    [BrowserFact]
    public async Task Enter_with_shift_begins_a_new_line()
    {
        await using var open = await OpenPage.StartAsync(chromium);

        await open.Composer(OpenPage.Reporter).PressSequentiallyAsync("one");
        await open.Composer(OpenPage.Reporter).PressAsync("Shift+Enter");
        await open.Composer(OpenPage.Reporter).PressSequentiallyAsync("two");
        await open.Composer(OpenPage.Reporter).PressAsync("Enter");

        await open.Cast.Reporter.WaitForTextAsync("You wrote: one\ntwo");
    }

    [BrowserFact]
    public async Task A_text_too_long_for_one_message_is_cut_into_several()
    {
        await using var open = await OpenPage.StartAsync(chromium);

        open.Bot.AnswersMessages = false;
        await open.WriteAsync(OpenPage.Reporter, string.Join(' ', Enumerable.Repeat("word", 1500)));

        await Expect(open.Log(OpenPage.Reporter).Locator(".own .bubble")).ToHaveCountAsync(2);
    }

    [BrowserFact]
    public async Task A_pressed_button_reaches_the_bot_and_the_card_is_edited_in_place()
    {
        await using var open = await OpenPage.StartAsync(chromium);
        await open.Bot.SendCardAsync(open.Cast.Advocate.Id);
        await open.Bot.SendAsync(open.Cast.Advocate.Id, "Something later");
        await Expect(open.Bubbles(OpenPage.Advocate)).ToHaveCountAsync(2);

        await open.Button(OpenPage.Advocate, "I'm on it").ClickAsync();

        var card = open.Bubbles(OpenPage.Advocate).First;
        await Expect(card.Locator(".text")).ToHaveTextAsync("Card: Marta Nowak chose take:1");
        await Expect(card).ToContainTextAsync("edited");
        await Expect(open.Bubbles(OpenPage.Advocate)).ToHaveCountAsync(2);
        await Expect(open.Button(OpenPage.Advocate, "I'm on it")).ToHaveCountAsync(0);
        await Expect(open.Phone(OpenPage.Advocate).Locator(".toast")).ToHaveTextAsync("Thank you");
        await Expect(open.Phone(OpenPage.Reporter).Locator(".toast")).ToHaveTextAsync("");
    }

    [BrowserFact]
    public async Task A_button_that_is_gone_says_so()
    {
        await using var open = await OpenPage.StartAsync(chromium);
        await open.Bot.SendCardAsync(open.Cast.Advocate.Id);
        await Expect(open.Button(OpenPage.Advocate, "Can't")).ToBeVisibleAsync();

        // The press is on its way when the card is edited.
        await open.Page.EvaluateAsync(
            """
            () => {
              const [real, held] = [fetch, new Promise(go => { window.letGo = go; })];
              window.fetch = async (...all) => { await held; return real(...all); };
            }
            """);
        await open.Button(OpenPage.Advocate, "Can't").ClickAsync();
        await open.Bot.CallAsync("editMessageText", new { chat_id = open.Cast.Advocate.Id, message_id = 1, text = "Taken by another" });
        await Expect(open.Texts(OpenPage.Advocate)).ToHaveTextAsync("Taken by another");
        await open.Page.EvaluateAsync("() => letGo()");

        await Expect(open.Phone(OpenPage.Advocate).Locator(".toast")).ToHaveTextAsync("This button is gone.");
    }

    [BrowserFact]
    public async Task A_photo_is_shown_and_reaches_the_bot()
    {
        await using var open = await OpenPage.StartAsync(chromium);

        await open.Phone(OpenPage.Reporter).GetByLabel("Photo or file", new() { Exact = true }).SetInputFilesAsync(
            new FilePayload { Name = "car.png", MimeType = "image/png", Buffer = Png });
        await Expect(open.Phone(OpenPage.Reporter)).ToContainTextAsync("car.png");
        await open.WriteAsync(OpenPage.Reporter, "The car");

        await open.Cast.Reporter.WaitForTextAsync($"A photo of {Png.Length} bytes");
        Assert.Equal("The car", open.Cast.Reporter.Messages[0].Text);
        var image = open.Log(OpenPage.Reporter).GetByRole(AriaRole.Img, new LocatorGetByRoleOptions { Name = "Photo from Aigul S." });
        await Expect(image).ToHaveJSPropertyAsync("naturalWidth", 1);
        Assert.Empty(open.Problems);
    }

    [BrowserFact]
    public async Task A_file_that_is_too_large_stays_on_the_phone()
    {
        await using var open = await OpenPage.StartAsync(chromium);

        // The browser makes the file, since sending it 20 MB takes the test many seconds.
        await open.Phone(OpenPage.Reporter).GetByLabel("Photo or file", new() { Exact = true }).EvaluateAsync(
            """
            input => {
              const files = new DataTransfer();
              files.items.add(new File([new Uint8Array(20 * 1024 * 1024 + 1)], 'long.mp4', { type: 'video/mp4' }));
              input.files = files.files;
              input.dispatchEvent(new Event('change'));
            }
            """);

        await Expect(open.Phone(OpenPage.Reporter).Locator(".toast")).ToHaveTextAsync("20.0 MB is too large: at most 20.0 MB.");
        Assert.Empty(open.Cast.Reporter.Messages);
    }

    [BrowserFact]
    public async Task A_location_reaches_the_bot()
    {
        await using var open = await OpenPage.StartAsync(chromium);

        await open.Button(OpenPage.Reporter, "Send a location").ClickAsync();
        await open.Page.GetByLabel("City").SelectOptionAsync("Warsaw");
        await open.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Send location" }).ClickAsync();

        await Expect(open.Log(OpenPage.Reporter)).ToContainTextAsync("You are at 52.23, 21.01");
        await Expect(open.Bubbles(OpenPage.Reporter).First).ToContainTextAsync("52.22968, 21.01223");
    }

    [BrowserFact]
    public async Task When_the_bot_asks_for_the_location_there_is_a_button_until_it_is_answered()
    {
        await using var open = await OpenPage.StartAsync(chromium);
        var share = open.Button(OpenPage.Reporter, "Share my location");
        await Expect(share).ToHaveCountAsync(0);

        await open.WriteAsync(OpenPage.Reporter, "/where");
        await share.ClickAsync();
        await Expect(open.Page.GetByLabel("City")).ToHaveValueAsync("Almaty");
        await open.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Send location" }).ClickAsync();

        await Expect(open.Log(OpenPage.Reporter)).ToContainTextAsync("You are at 43.24, 76.89");
        await Expect(share).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task A_reply_shows_what_it_answers()
    {
        await using var open = await OpenPage.StartAsync(chromium);
        await open.Bot.SendAsync(open.Cast.Reporter.Id, "Who was taken?");

        await open.Bubbles(OpenPage.Reporter).First.HoverAsync();
        await open.Button(OpenPage.Reporter, "Reply").ClickAsync();
        await open.WriteAsync(OpenPage.Reporter, "My neighbour");

        await Expect(open.Bubbles(OpenPage.Reporter).Nth(1).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "In reply to" }))
            .ToContainTextAsync("Who was taken?");
        Assert.Equal(1, open.Cast.Reporter.Messages[1].ReplyTo);
        await Expect(open.Bubbles(OpenPage.Reporter).Nth(2)).Not.ToContainTextAsync("Who was taken?");
    }

    [BrowserFact]
    public async Task Whoever_blocks_the_bot_cannot_write_until_they_let_it_in_again()
    {
        await using var open = await OpenPage.StartAsync(chromium);

        await open.Button(OpenPage.Advocate, "Block the bot").ClickAsync();
        await Expect(open.Composer(OpenPage.Advocate)).ToBeHiddenAsync();
        Assert.True(open.Cast.Advocate.HasBlockedBot);

        await open.Phone(OpenPage.Advocate).Locator(".bottom").GetByRole(AriaRole.Button, new() { Name = "Unblock the bot" }).ClickAsync();
        await open.WriteAsync(OpenPage.Advocate, "Back");
        await Expect(open.Log(OpenPage.Advocate)).ToContainTextAsync("You wrote: Back");
    }

    [BrowserFact]
    public async Task Who_never_wrote_begins_with_start()
    {
        await using var open = await OpenPage.StartAsync(chromium);
        var stranger = open.Sandbox.AddPerson("New one", hasStarted: false, onPage: true);

        await open.Button("New one", "Start").ClickAsync();

        await stranger.WaitForTextAsync("You wrote: /start");
        await Expect(open.Composer("New one")).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task The_commands_of_the_bot_are_offered_in_the_language_of_the_phone()
    {
        await using var open = await OpenPage.StartAsync(chromium);
        await open.Bot.CallAsync("setMyCommands", new { commands = new[] { new { command = "help", description = "What I can do" } } });
        await open.Bot.CallAsync("setMyCommands", new
        {
            commands = new[] { new { command = "report", description = "Сообщить" }, new { command = "help", description = "Что я умею" } },
            language_code = "ru",
        });

        await open.Button(OpenPage.Reporter, "Commands").ClickAsync();
        await Expect(open.Phone(OpenPage.Reporter).Locator(".menu-item")).ToHaveTextAsync(["/reportСообщить", "/helpЧто я умею"]);
        await Screenshots.SaveAsync(open.Page, "sandbox-commands");
        await open.Composer(OpenPage.Reporter).PressSequentiallyAsync("/he");
        await Expect(open.Phone(OpenPage.Reporter).Locator(".menu-item")).ToHaveTextAsync(["/helpЧто я умею"]);
        await open.Composer(OpenPage.Reporter).PressAsync("ArrowUp");
        await open.Page.Keyboard.PressAsync("Enter");

        await open.Cast.Reporter.WaitForTextAsync("You wrote: /help");
        await open.Button(OpenPage.Advocate, "Commands").ClickAsync();
        await Expect(open.Phone(OpenPage.Advocate).Locator(".menu-item")).ToHaveTextAsync(["/helpWhat I can do"]);
    }

    [BrowserFact]
    public async Task What_could_not_be_sent_is_given_back()
    {
        await using var open = await OpenPage.StartAsync(chromium);
        await open.Page.RouteAsync("**/page/do/text", route => route.AbortAsync());

        await open.WriteAsync(OpenPage.Reporter, "Important");

        await Expect(open.Phone(OpenPage.Reporter).Locator(".toast")).ToHaveTextAsync("The sandbox does not answer.");
        await Expect(open.Composer(OpenPage.Reporter)).ToHaveValueAsync("Important");
    }
}
