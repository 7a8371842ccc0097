using AlertBot.BrowserTests.Support;
using AlertBot.Domain.Cases;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Hosting;
using AlertBot.Replaying;
using AlertBot.Replaying.Chats;
using AlertBot.Sandbox;
using AlertBot.Workflows.Cases;
using AlertBot.Workflows.Reports;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Playwright;
using NodaTime;
using static Microsoft.Playwright.Assertions;

namespace AlertBot.BrowserTests.Demo;

/// <summary>
/// What people see and hear who handle a report: a photo without a word, from the witness to whoever has it; a voice that is played; an
/// incident that is open again; what the phone of a suspended colleague did. Makes the pictures of it.
/// </summary>
public sealed class A_witness_sends_what_they_have(Chromium chromium) : IClassFixture<Chromium>, IAsyncLifetime
{
    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"ab-seen-{Guid.NewGuid():N}"[..16]);
    private readonly ReplayClock _clock = new(Instant.FromUtc(2026, 3, 2, 18, 0));

    private SandboxServer _sandbox = null!;
    private Storage _storage = null!;
    private Stage _stage = null!;
    private ChatMail _mail = null!;
    private SandboxPhone _witness = null!;
    private IPage _page = null!;

    private SandboxPhone Marta => _stage.Cast.Coordinator;

    private SandboxPhone Jonas => _stage.Cast.SecondCoordinator;

    [BrowserFact]
    public async Task A_photo_alone_is_seen_and_taken_a_voice_is_played_and_what_was_closed_is_open_again()
    {
        await SendAsync(_witness, Samples.Picture(), "photo", "image/png");
        await SaveAsync("Aina", "Passed on to the coordinators", "sos-photo-sent");
        await SaveAsync("Marta", "1 file", "sos-photo-card");

        await PressAsync(Marta, "📎 Files (1)");
        await Marta.WaitForMessageAsync(message => message.File is { Kind: "photo" });
        var marta = await SaveAsync("Marta", "new report", "sos-photo-seen");
        await Expect(marta.Locator("a.photo img")).ToHaveCountAsync(1);
        await PressAsync(Marta, "I'm on it");
        await SaveAsync("Marta", "Taken by you", "sos-photo-taken");
        await _stage.Get<HearBack>().RunAsync(CancellationToken.None);
        await _stage.DeliverAsync(CancellationToken.None);
        await SaveAsync("Aina", "Somebody is dealing with it", "sos-photo-heard");

        await SendAsync(_witness, Samples.Voice(4), "voice", "audio/ogg");
        await PressAsync(Marta, "📎 Files (2)");
        await Marta.WaitForMessageAsync(message => message.File is { Kind: "voice" });
        var voice = marta.GetByLabel("Voice message from");
        await Expect(voice).ToHaveCountAsync(1);
        // It sounds: the player gets on in it.
        Assert.True(await voice.EvaluateAsync<double>(
            """
            async (player) => {
              player.muted = true;
              await player.play();
              while (player.currentTime < 0.2) await new Promise((next) => setTimeout(next, 20));
              player.pause();
              return player.currentTime;
            }
            """) > 0);
        await SaveAsync("Marta", "new report", "voice-played");

        await PressAsync(Marta, "False alarm");
        await SaveAsync("Jonas", "is NOT TRUE", "closed-and-told");
        await PressAsync(Jonas, "That is wrong: open it again");
        await SaveAsync("Marta", "OPEN AGAIN", "reopened-incident");
    }

    [BrowserFact]
    public async Task Whoever_suspends_a_colleague_reads_what_that_phone_did()
    {
        var code = new CaseCode();
        await using (var session = await _stage.Database.BeginAsync(CancellationToken.None))
        {
            var file = await _stage.Get<OpenCase>().RunAsync(
                session.As(Actor.Operator), [new PersonName("Testbay Inventedov")], ["KZ"], DateTimeZoneProviders.Tzdb["Asia/Almaty"]);
            code = file!.Code;
            await session.CommitAsync(CancellationToken.None);
        }

        await SayAsync(Jonas, $"/case {code}");
        await SayAsync(Jonas, "/invite advocate");
        Jonas.SendText($"/link {code}", _stage.Cast.Group);
        await TakeInAsync(1);
        string sign;
        await using (var session = await _stage.Database.BeginAsync(CancellationToken.None))
            sign = PersonSign.Of((await _stage.ActorAsync(session, Jonas)).Id!.Value);

        await SayAsync(Marta, $"/freeze {sign}");
        await PressAsync(Marta, "⛔ Suspend");

        await SaveAsync("Marta", "account did in the last seven days", "freeze-report");
        var jonas = await SaveAsync("Jonas", "", "freeze-phone");
        await Expect(jonas.GetByRole(AriaRole.Log)).Not.ToContainTextAsync("Inventedov");
    }

    public async Task InitializeAsync()
    {
        if (ChromiumPlace.WhySkip is not null)
            return;
        var ground = Ground.Load();
        _sandbox = await SandboxServer.StartAsync(new SandboxOptions { Clock = _clock, PageZone = DateTimeZoneProviders.Tzdb["Asia/Almaty"] });
        _storage = await Storage.OpenAsync(ground, NullLoggerFactory.Instance, CancellationToken.None, _directory);
        await _storage.EmptyAsync(CancellationToken.None);
        _stage = await Stage.SetAsync(
            ground, _storage.Database, _sandbox, Replaying.Cast.On(_sandbox), _clock, CancellationToken.None);
        _witness = _sandbox.AddPerson("Aina", "en", "reporter", DateTimeZoneProviders.Tzdb["Asia/Almaty"], onPage: true);
        _mail = MailOf(_stage, _clock);
        var context = await chromium.Browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = 1500, Height = 2400 },
        });
        _page = await context.NewPageAsync();
        await _page.GotoAsync(_sandbox.Url.AbsoluteUri);
    }

    public async Task DisposeAsync()
    {
        if (_page is null)
            return;
        await _page.Context.DisposeAsync();
        await _mail.DisposeAsync();
        await _stage.DisposeAsync();
        await _storage.DisposeAsync();
        await _sandbox.DisposeAsync();
        if (Directory.Exists(_directory))
            Directory.Delete(_directory, recursive: true);
    }

    private static ChatMail MailOf(Stage stage, ReplayClock clock) => new(stage.All<IChannel>(), stage.Database, clock);

    private async Task SendAsync(SandboxPhone from, byte[] bytes, string kind, string type)
    {
        from.SendFile(bytes, kind, type);
        await TakeInAsync(1);
        await _stage.Get<FetchFiles>().RunAsync(CancellationToken.None);
        await _stage.DeliverAsync(CancellationToken.None);
    }

    private async Task SayAsync(SandboxPhone from, string text)
    {
        from.SendText(text);
        await TakeInAsync(1);
    }

    // The newest message that has such a button.
    private async Task PressAsync(SandboxPhone phone, string button)
    {
        phone.Press(phone.Messages.Last(message => message.AllButtons.Any(one => one.Text == button)), button);
        await TakeInAsync(1);
    }

    private async Task TakeInAsync(int updates)
    {
        _clock.MoveTo(_clock.GetCurrentInstant() + Duration.FromSeconds(40));
        await _mail.ExpectAsync(updates, CancellationToken.None);
        await _stage.DeliverAsync(CancellationToken.None);
    }

    private Task<ILocator> SaveAsync(string phone, string words, string name) =>
        Screenshots.SaveOfPhoneForDocsAsync(_page, phone, words, name);
}
