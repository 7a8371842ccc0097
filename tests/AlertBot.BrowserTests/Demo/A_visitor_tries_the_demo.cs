using AlertBot.BrowserTests.Support;
using AlertBot.Hosting;
using AlertBot.Replaying;
using AlertBot.Sandbox;
using Microsoft.Playwright;
using NodaTime;
using static Microsoft.Playwright.Assertions;

namespace AlertBot.BrowserTests.Demo;

/// <summary>What `demo` shows: a fully visible story, then a bot that answers. Makes the pictures of the README.</summary>
public sealed class A_visitor_tries_the_demo(Chromium chromium) : IClassFixture<Chromium>
{
    private static readonly HashSet<string> InReadme = ["story-03-1440", "story-06-1440", "story-07-1440", "story-09-1440", "story-06-390"];

    // A message is unseen if it is not drawn, is transparent, is scrolled away, or is covered.
    private const string IsSeen =
        """
        ([phone, words]) => {
          const frame = [...document.querySelectorAll('.phone')].find(one => one.querySelector('h2').textContent === phone);
          const parts = [...frame.querySelectorAll('.bubble .words, .key')].filter(one => one.textContent.includes(words));
          if (parts.length === 0) return `not there: ${frame.querySelector('.log').innerText.slice(-400)}`;
          const seen = parts.some(part => {
            for (let one = part; one; one = one.parentElement) if (Number(getComputedStyle(one).opacity) < 1) return false;
            return [...part.getClientRects()].some(box => {
              const [x, y] = [box.left + box.width / 2, Math.min(box.top + 8, box.bottom - 1)];
              if (box.width < 5 || x < 0 || x > innerWidth || y < 0 || y > innerHeight) return false;
              const top = document.elementFromPoint(x, y);
              return part === top || part.contains(top) || top?.closest('.bubble') === part.closest('.bubble');
            });
          });
          return seen ? '' : 'there, and not seen';
        }
        """;

    [BrowserFact]
    public async Task The_story_is_seen_scene_by_scene_on_a_wide_page_and_on_a_narrow_one()
    {
        await using var place = await Place.CreateAsync(null);
        await place.Demo.SetAsync(withCase: true, CancellationToken.None);
        await using var server = await place.Demo.GoLiveAsync(CancellationToken.None);
        await using var wide = await OpenAsync(1440, 900);
        await using var narrow = await OpenAsync(390, 844);
        IPage[] pages = [await PageAsync(wide, place), await PageAsync(narrow, place)];
        var scenes = new List<StoryScene>();

        await place.Demo.TellAsync(CancellationToken.None, pace: 0.15, async scene =>
        {
            scenes.Add(scene);
            foreach (var page in pages)
            {
                await Expect(page.Locator("#story-caption")).ToHaveTextAsync(scene.Caption);
                await SeesAsync(page, scene);
                var name = $"story-{scene.Number:00}-{page.ViewportSize!.Width}";
                await (InReadme.Contains(name) ? Screenshots.SaveForReadmeAsync(page, name) : Screenshots.SaveAsync(page, name));
            }
        });

        Assert.Equal(Enumerable.Range(1, Story.Scenes), scenes.Select(scene => scene.Number));
        Assert.All(scenes, scene => Assert.NotEqual("", scene.On));
        place.Demo.Offer("It is yours now.", withCase: true, ("histories", "Eleven public cases"));
        await Expect(pages[0].Locator("#story-tries")).ToContainTextAsync("/case K-7F3Q");
        await pages[0].GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Marta looks at a case: /case K-7F3Q" }).ClickAsync();
        await pages[0].Keyboard.PressAsync("Enter");
        await Expect(LogOf(pages[0], "Marta")).ToContainTextAsync("Almaty", new LocatorAssertionsToContainTextOptions { Timeout = 15_000 });
        await Screenshots.SaveAsync(pages[0], "demo");

        // Where others can read, only codes are shown.
        Assert.DoesNotContain("Oylanbayev", await LogOf(pages[0], "Rapid response").InnerTextAsync(), StringComparison.Ordinal);
        await pages[0].GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Eleven public cases" }).ClickAsync();
        Assert.Equal("histories", await place.Sandbox.Choices.ReadAsync());
    }

    [BrowserFact]
    public async Task A_history_is_played_and_going_live_is_no_outage()
    {
        var ground = Ground.Load();
        var scenarios = Scenarios.Load(ground, "02-almaty-night-ten-pm");
        await using var place = await Place.CreateAsync(ReplayRunner.StartOf(scenarios));
        await place.Demo.PlayAsync(scenarios, speed: 10_000, CancellationToken.None);
        await using var server = await place.Demo.GoLiveAsync(CancellationToken.None);
        await using var wide = await OpenAsync(2200, 980);
        var page = await PageAsync(wide, place);

        Assert.Matches("^([0-9]+) of \\1 expected", place.Told[^1]);
        await Expect(page.GetByRole(AriaRole.Complementary, new PageGetByRoleOptions { Name = "What happens" })).ToContainTextAsync(place.Told[^1]);
        await Expect(page.Locator("#passed .count")).ToHaveTextAsync(place.Told[^1].Split(' ')[0]);
        await Expect(page.Locator("#clock-kind")).ToHaveTextAsync("Time");
        foreach (var phone in new[] { "Ruth", "Rapid response", "Lena" })
            await Expect(LogOf(page, phone)).ToContainTextAsync("K-3N4T");

        await WriteAsync(page, "Timur", "Соседа увели двое в штатском");
        await Expect(LogOf(page, "Timur")).ToContainTextAsync("1 – ");
        await PhoneOf(page, "Aygul").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Start" }).ClickAsync();
        await Expect(LogOf(page, "Aygul")).ToContainTextAsync("/help");
        await WriteAsync(page, "Ruth", "/next");
        await Expect(LogOf(page, "Ruth").Locator(".bubble").Last).Not.ToContainTextAsync("/next");
        Assert.DoesNotContain("could not send", await page.Locator("#phones").InnerTextAsync(), StringComparison.Ordinal);
    }

    private static async Task SeesAsync(IPage page, StoryScene scene)
    {
        var why = "";
        // A message is drawn and scrolled to within a moment of its arrival.
        for (var look = 0; look < 100; look++)
        {
            why = await page.EvaluateAsync<string>(IsSeen, new object[] { scene.On, scene.Words });
            if (why.Length == 0)
                return;
            await page.WaitForTimeoutAsync(50);
        }

        Assert.Fail($"{scene} at {page.ViewportSize!.Width}: «{scene.Words}» is {why}");
    }

    private Task<IBrowserContext> OpenAsync(int width, int height) => chromium.Browser.NewContextAsync(new BrowserNewContextOptions
    {
        ViewportSize = new ViewportSize { Width = width, Height = height },
    });

    private static async Task<IPage> PageAsync(IBrowserContext context, Place place)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync(place.Sandbox.Url.AbsoluteUri);
        await PhoneOf(page, "Rapid response").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
        return page;
    }

    private static ILocator PhoneOf(IPage page, string name) => page.Locator(".phone").Filter(new LocatorFilterOptions
    {
        Has = page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = name, Exact = true }),
    });

    private static ILocator LogOf(IPage page, string name) => PhoneOf(page, name).GetByRole(AriaRole.Log);

    private static async Task WriteAsync(IPage page, string phone, string text)
    {
        await PhoneOf(page, phone).GetByPlaceholder("Message").FillAsync(text);
        await PhoneOf(page, phone).GetByPlaceholder("Message").PressAsync("Enter");
    }

    /// <summary>A sandbox with a demo, in a directory that is deleted with them.</summary>
    private sealed class Place : IAsyncDisposable
    {
        private readonly string _directory;

        private Place(SandboxServer sandbox, ReplayClock clock)
        {
            // The directory does not exist yet, since the database's own user must be able to enter it. Sockets below it need a short path.
            _directory = Path.Combine(Path.GetTempPath(), $"ab-demo-{Guid.NewGuid():N}"[..16]);
            Sandbox = sandbox;
            var ground = Ground.Load();
            var web = ground.Settings.Web with { Url = $"http://127.0.0.1:{Desk.LiveDesk.FreePort()}" };
            Demo = new Replaying.Demo(ground with { Settings = ground.Settings with { Web = web } }, sandbox, clock, _directory, Told.Add);
        }

        public SandboxServer Sandbox { get; }

        public Replaying.Demo Demo { get; }

        public List<string> Told { get; } = [];

        /// <param name="start">The beginning of the histories; null: the real clock.</param>
        public static async Task<Place> CreateAsync(Instant? start)
        {
            var clock = new ReplayClock(start ?? Instant.MinValue);
            if (start is null)
                clock.GoLive();
            return new Place(
                await SandboxServer.StartAsync(new SandboxOptions { Clock = clock, PageZone = DateTimeZoneProviders.Tzdb["Asia/Almaty"] }), clock);
        }

        public async ValueTask DisposeAsync()
        {
            await Sandbox.DisposeAsync();
            if (Directory.Exists(_directory))
                Directory.Delete(_directory, recursive: true);
        }
    }
}
