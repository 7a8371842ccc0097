using AlertBot.BrowserTests.Support;
using AlertBot.Sandbox;
using AlertBot.Sandbox.Signal;
using AlertBot.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AlertBot.BrowserTests.SandboxPage;

/// <summary>A phone with Signal: what a person does on it, and what it shows.</summary>
public sealed class SignalPhoneTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Name = "Lena K.";

    // One red dot.
    private static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==");

    [BrowserFact]
    public async Task It_says_that_it_is_signal_and_others_do_not()
    {
        await using var open = await OpenPage.StartAsync(chromium);
        AddPhone(open);

        await Expect(open.Phone(Name).Locator(".app")).ToHaveTextAsync("Signal");
        await Expect(open.Phone(Name)).ToContainTextAsync("Signal, +12025550100");
        await Expect(open.Phone(OpenPage.Reporter).Locator(".app")).ToBeHiddenAsync();
        await Expect(open.Button(Name, "Commands")).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task What_is_typed_is_sent_and_shows_how_far_it_has_come()
    {
        await using var open = await OpenPage.StartAsync(chromium);
        using var bot = new SignalBot(open.Sandbox);
        var phone = AddPhone(open);

        await open.WriteAsync(Name, "Сосед пропал");
        await Expect(Tick(open, "sent")).ToBeVisibleAsync();
        using (await bot.ListenAsync())
            await Expect(Tick(open, "delivered")).ToBeVisibleAsync();
        await bot.CallAsync("sendReceipt", new { recipient = phone.Uuid, targetTimestamp = phone.Messages[0].Timestamp });

        await Expect(Tick(open, "read")).ToBeVisibleAsync();
        Assert.Equal("Сосед пропал", phone.Messages[0].Text);
        Assert.Empty(open.Problems);
    }

    [BrowserFact]
    public async Task A_click_on_a_message_quotes_it()
    {
        await using var open = await OpenPage.StartAsync(chromium);
        using var bot = new SignalBot(open.Sandbox);
        var phone = AddPhone(open);
        var sent = await bot.CallAsync("send", new { recipient = phone.Uuid, message = "1 I'm on it\n2 Can't" });
        await open.WriteAsync(Name, "wait");

        await open.Bubbles(Name).First.Locator(".words").ClickAsync();
        await open.WriteAsync(Name, "1");

        await Expect(open.Bubbles(Name).Last.GetByRole(AriaRole.Button, new() { Name = "In reply to Alert Bot" })).ToContainTextAsync("1 I'm on it");
        Assert.Equal((sent, "1"), (phone.Messages[2].Quote!.Timestamp, phone.Messages[2].Text));
    }

    [BrowserFact]
    public async Task A_thumb_is_put_up_and_taken_back_with_the_mouse_and_with_the_keys()
    {
        await using var open = await OpenPage.StartAsync(chromium);
        using var bot = new SignalBot(open.Sandbox);
        var phone = AddPhone(open);
        await bot.CallAsync("send", new { recipient = phone.Uuid, message = "Taken in Astana. Who goes?" });
        var thumb = open.Button(Name, "👍 from Lena K.");

        await open.Bubbles(Name).First.HoverAsync();
        await open.Button(Name, "React with 👍").ClickAsync();
        await Expect(thumb).ToHaveAttributeAsync("aria-pressed", "true");
        Assert.Equal([new SandboxSignalReaction(phone.Uuid, "👍")], phone.Messages[0].Reactions);
        await thumb.ClickAsync();
        await Expect(thumb).ToHaveCountAsync(0);

        await open.Log(Name).FocusAsync();
        await open.Page.Keyboard.PressAsync("ArrowUp");
        await open.Page.Keyboard.PressAsync("+");
        await Expect(thumb).ToBeVisibleAsync();
        await Expect(open.Bubbles(Name).First).ToBeFocusedAsync();
        await Expect(open.Composer(Name)).ToHaveValueAsync("");
        Assert.Single(phone.Messages[0].Reactions);
    }

    [BrowserFact]
    public async Task Photos_and_voices_reach_the_bot()
    {
        await using var open = await OpenPage.StartAsync(chromium);
        var phone = AddPhone(open);

        await AttachAsync(open, new() { Name = "car.png", MimeType = "image/png", Buffer = Png });
        await open.WriteAsync(Name, "The car");
        await Expect(open.Log(Name).GetByRole(AriaRole.Img, new() { Name = "Photo from Lena K." })).ToHaveJSPropertyAsync("naturalWidth", 1);
        await AttachAsync(open, new() { Name = "voice.aac", MimeType = "audio/aac", Buffer = [1, 2, 3] });
        await open.Button(Name, "Send").ClickAsync();

        await Expect(open.Log(Name)).ToContainTextAsync("voice.aac");
        Assert.Equal(["photo", "voice"], phone.Messages.Select(message => message.Files[0].Kind));
        Assert.Equal("The car", phone.Messages[0].Text);
        Assert.Empty(open.Problems);
    }

    [BrowserFact]
    public async Task Edits_reactions_and_deletions_of_the_bot_change_what_is_shown()
    {
        await using var open = await OpenPage.StartAsync(chromium);
        using var bot = new SignalBot(open.Sandbox);
        var phone = AddPhone(open);
        var said = phone.SendText("They took him");
        var sent = await bot.CallAsync("send", new { recipient = phone.Uuid, message = "open" });
        var wrong = await bot.CallAsync("send", new { recipient = phone.Uuid, message = "wrong chat" });

        await bot.CallAsync(
            "sendReaction", new { recipient = phone.Uuid, emoji = "👀", targetAuthor = phone.Uuid, targetTimestamp = said.Timestamp });
        await bot.CallAsync("send", new { recipient = phone.Uuid, message = "taken by a lawyer", textStyle = "0:5:BOLD", editTimestamp = sent });
        await bot.CallAsync("remoteDelete", new { recipient = phone.Uuid, targetTimestamp = wrong });

        await Expect(open.Texts(Name)).ToHaveTextAsync(["They took him", "taken by a lawyer", "This message was deleted"]);
        await Expect(open.Bubbles(Name).Nth(1).Locator("strong")).ToHaveTextAsync("taken");
        await Expect(open.Bubbles(Name).Nth(1)).ToContainTextAsync("edited");
        await Expect(open.Bubbles(Name).First.Locator(".reaction")).ToHaveTextAsync("👀");
    }

    [BrowserFact]
    public async Task Hostile_text_stays_text()
    {
        const string Hostile = "<img src=x onerror=\"document.title='owned'\"><b>bold</b> javascript:alert(1)";
        await using var open = await OpenPage.StartAsync(chromium);
        using var bot = new SignalBot(open.Sandbox);
        var phone = open.Sandbox.AddSignalPhone(Hostile, onPage: true);
        var sent = await bot.CallAsync("send", new { recipient = phone.Uuid, message = Hostile, textStyle = "0:9:MONOSPACE" });

        phone.Quote(phone.Messages[0], Hostile);
        phone.React(phone.Messages[0], "<b>");
        await bot.CallAsync(
            "sendReaction", new { recipient = phone.Uuid, emoji = "<i>x</i>", targetAuthor = "+12025550100", targetTimestamp = sent });

        await Expect(open.Texts(Hostile)).ToHaveTextAsync([Hostile, Hostile]);
        await Expect(open.Log(Hostile).Locator("img, b, i, a")).ToHaveCountAsync(0);
        await Expect(open.Log(Hostile).Locator(".reaction")).ToHaveTextAsync(["<b>", "<i>x</i>"]);
        Assert.DoesNotContain("owned", await open.Page.TitleAsync(), StringComparison.Ordinal);
        Assert.Empty(open.Problems);
    }

    [BrowserFact]
    public async Task Every_control_has_a_name_and_the_keys_lead_to_the_message_box()
    {
        await using var open = await OpenPage.StartAsync(chromium);
        await PlayAsync(open);

        var nameless = new List<string>();
        foreach (var control in await open.Phone(Name)
            .Locator("button:visible, a:visible, textarea:visible, img:visible, [role=img]:visible").AllAsync())
        {
            var tree = await control.AriaSnapshotAsync();
            if (tree.Length > 0 && !tree.Split('\n')[0].Contains('"', StringComparison.Ordinal))
                nameless.Add(await control.EvaluateAsync<string>("control => control.outerHTML.slice(0, 120)"));
        }

        Assert.Empty(nameless);
        await Expect(open.Page.GetByRole(AriaRole.Region, new() { Name = "Phone of Lena K." })).ToBeVisibleAsync();
        await Expect(open.Composer(Name)).ToHaveAttributeAsync("aria-label", "Message from Lena K.");
        await Expect(open.Log(Name)).ToHaveAttributeAsync(
            "aria-description", "Arrow keys go from message to message, Enter replies, plus puts a thumb up");
    }

    [BrowserTheory]
    [InlineData("light")]
    [InlineData("dark")]
    public async Task It_is_drawn_in_colours_that_can_be_read(string colours)
    {
        await using var open = await OpenPage.StartAsync(chromium, new SandboxOptions { Clock = TestClock.AtUtc(2026, 3, 17, 9, 30) }, new()
        {
            ColorScheme = colours == "dark" ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize = new() { Width = 1900, Height = 1000 },
        });
        await PlayAsync(open);
        await open.Bubbles(Name).Nth(1).HoverAsync();

        await Screenshots.SaveAsync(open.Page, $"sandbox-signal-{colours}");

        Assert.Empty(await open.HiddenUnderTimeAsync());
        Assert.Empty(await PaleAsync(open));
        Assert.Empty(open.Problems);
    }

    private static SandboxSignalPhone AddPhone(OpenPage open) => open.Sandbox.AddSignalPhone(Name, language: "ru", role: "advocate", onPage: true);

    private static ILocator Tick(OpenPage open, string name) =>
        open.Bubbles(Name).First.GetByRole(AriaRole.Img, new() { Name = name, Exact = true });

    private static Task AttachAsync(OpenPage open, FilePayload file) =>
        open.Phone(Name).GetByLabel("Photo or file", new() { Exact = true }).SetInputFilesAsync(file);

    private static async Task PlayAsync(OpenPage open)
    {
        using var bot = new SignalBot(open.Sandbox);
        var phone = AddPhone(open);
        var group = open.Sandbox.AddSignalGroup("Warsaw on Signal", [phone, open.Sandbox.AddSignalPhone("Ivan P.", role: "advocate")], onPage: true);
        using var listening = await bot.ListenAsync();
        var said = phone.SendText("They took my neighbour, two men in plain clothes");
        await bot.CallAsync(
            "sendReaction", new { recipient = phone.Uuid, emoji = "👀", targetAuthor = phone.Uuid, targetTimestamp = said.Timestamp });
        var card = await bot.CallAsync("send", new
        {
            recipient = phone.Uuid,
            message = "URGENT, unverified\nK-7F3Q: taken in Astana\nhttps://example.org/k\n\n1 I'm on it\n2 Can't",
            textStyle = new[] { "0:6:BOLD", "19:6:MONOSPACE" },
        });
        phone.Quote(phone.Messages[1], "1");
        phone.React(phone.Messages[1]);
        const string Taken = "Taken by an advocate.\nK-7F3Q: taken in Astana";
        await bot.CallAsync("send", new { recipient = phone.Uuid, message = Taken, textStyle = "0:21:BOLD", editTimestamp = card });
        phone.SendPhoto(Png, "The car");
        phone.EditText(phone.SendText("They drive to Kossh"), "They drive to Kosshy");
        await bot.CallAsync("sendReceipt", new { recipient = phone.Uuid, targetTimestamp = said.Timestamp });
        group.Members[1].SendText("I can be there in 20 minutes", group);
        await bot.CallAsync("send", new { groupId = group.Id, message = "Thank you" });
        await Expect(open.Bubbles(Name)).ToHaveCountAsync(5);
        await Expect(open.Bubbles("Warsaw on Signal")).ToHaveCountAsync(2);
        await Expect(open.Log(Name).Locator(".tick-read")).ToHaveCountAsync(1);
        await Expect(open.Log(Name).Locator(".tick-delivered")).ToHaveCountAsync(3);
    }

    /// <summary>Texts on the Signal phones with less contrast to their ground than 4.5.</summary>
    private static Task<string[]> PaleAsync(OpenPage open) => open.Page.EvaluateAsync<string[]>(
        """
        () => {
          const brush = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', { willReadFrequently: true });
          const parts = (colours) => {
            brush.clearRect(0, 0, 1, 1);
            for (const colour of colours) { brush.fillStyle = colour; brush.fillRect(0, 0, 1, 1); }
            return [...brush.getImageData(0, 0, 1, 1).data].slice(0, 3);
          };
          const light = (rgb) => rgb.map(part => part / 255).map(part => part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
            .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
          const grounds = (element) => element ? [...grounds(element.parentElement), getComputedStyle(element).backgroundColor] : ['#fff'];
          const pale = [];
          for (const element of document.querySelectorAll('.is-signal *')) {
            if (element.closest('svg') || element.matches(':disabled') || !element.checkVisibility()) continue;
            if (![...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim())) continue;
            if (element.closest('.avatar')) continue;
            const ground = grounds(element);
            const [one, other] = [light(parts(ground)), light(parts([...ground, getComputedStyle(element).color]))].sort((a, b) => b - a);
            const contrast = (one + 0.05) / (other + 0.05);
            if (contrast < 4.5) pale.push(`${element.className || element.tagName}: ${contrast.toFixed(2)} ${element.textContent.slice(0, 30)}`);
          }
          return pale;
        }
        """);
}
