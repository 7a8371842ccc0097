using AlertBot.BrowserTests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AlertBot.BrowserTests.SandboxPage;

public sealed class VoiceAndPlaceTests(Chromium chromium) : IClassFixture<Chromium>
{
    [BrowserFact]
    public async Task A_voice_is_recorded_sent_and_played()
    {
        await using var open = await OpenPage.StartAsync(chromium);
        open.Bot.AnswersMessages = false;

        await open.Button(OpenPage.Reporter, "Record a voice message").ClickAsync();
        await Expect(open.Phone(OpenPage.Reporter)).ToContainTextAsync("Recording 0:01");
        await open.Button(OpenPage.Reporter, "Send").ClickAsync();

        var sent = await open.Cast.Reporter.WaitForMessageAsync(message => message.File is { Kind: "voice" });
        Assert.True(sent.File!.Size > 1_000, "Something was recorded.");
        var voice = open.Log(OpenPage.Reporter).GetByLabel("Voice message from");
        var played = await voice.EvaluateAsync<double>(
            """
            audio => new Promise((resolve, reject) => {
              audio.addEventListener('timeupdate', () => { if (audio.currentTime > 0.2) resolve(audio.currentTime); });
              audio.addEventListener('error', () => reject(audio.error));
              audio.play().catch(reject);
            })
            """);
        Assert.True(played > 0.2);
        Assert.Empty(open.Problems);
    }

    [BrowserFact]
    public async Task A_recording_can_be_given_up_and_the_button_gives_way_to_what_is_written()
    {
        await using var open = await OpenPage.StartAsync(chromium);

        await open.Button(OpenPage.Reporter, "Record a voice message").ClickAsync();
        await open.Button(OpenPage.Reporter, "Do not send the voice message").ClickAsync();
        await open.Composer(OpenPage.Reporter).FillAsync("In words");
        await Expect(open.Button(OpenPage.Reporter, "Record a voice message")).ToBeHiddenAsync();
        await open.Button(OpenPage.Reporter, "Send").ClickAsync();

        await open.Cast.Reporter.WaitForTextAsync("You wrote: In words");
        Assert.DoesNotContain(open.Cast.Reporter.Messages, message => message.File is not null);
    }

    [BrowserFact]
    public async Task A_place_is_drawn_with_its_grid_a_scale_and_the_cities_around_it()
    {
        await using var open = await OpenPage.StartAsync(chromium);
        open.Bot.AnswersMessages = false;
        open.Cast.Reporter.SendLocation(43.25, 76.94);

        var map = open.Log(OpenPage.Reporter).GetByRole(AriaRole.Button, new() { NameRegex = new("Map of 43.25000, 76.94000") });
        await Expect(map).ToContainTextAsync("2 km");
        await Expect(map).ToContainTextAsync("43.24°");
        await Expect(map).ToContainTextAsync("76.94°");
        await Expect(open.Log(OpenPage.Reporter)).ToContainTextAsync("4 km from the centre of Almaty");
        await map.PressAsync("Enter");
        await Expect(map).ToContainTextAsync("20 km");
        await Expect(map).ToContainTextAsync("Almaty");
        await map.PressAsync("Enter");
        await Expect(map).ToContainTextAsync("Bishkek");
        // The pin stands on the place: in the middle, with Almaty to the left of it.
        await Screenshots.SaveAsync(open.Page, "sandbox-map");
        Assert.Empty(open.Problems);
    }
}
