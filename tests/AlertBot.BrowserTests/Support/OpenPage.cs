using System.Collections.Concurrent;
using AlertBot.Sandbox;
using Microsoft.Playwright;

namespace AlertBot.BrowserTests.Support;

/// <summary>A sandbox with its cast, a tiny bot, and the page in a browser.</summary>
internal sealed class OpenPage : IAsyncDisposable
{
    // The names above the phones, as in Cast.
    public const string Reporter = "Aigul S.";
    public const string Advocate = "Marta Nowak";
    public const string Group = "Night watch";

    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _problems = [];
    private bool _isStopped;

    private OpenPage(SandboxServer sandbox, Cast cast, IBrowserContext context, IPage page)
    {
        (Sandbox, Cast, _context, Page, Bot) = (sandbox, cast, context, page, new TinyBot(sandbox));
        page.PageError += (_, error) => _problems.Enqueue(error);
        page.Console += (_, line) =>
        {
            if (line.Type is "error" or "warning")
                _problems.Enqueue(line.Text);
        };
    }

    public SandboxServer Sandbox { get; }

    public Cast Cast { get; }

    public IPage Page { get; }

    public TinyBot Bot { get; }

    /// <summary>The browser's complaints: script errors, and what the content security policy refused.</summary>
    public IReadOnlyCollection<string> Problems => _problems;

    /// <param name="before">Runs before the page is opened.</param>
    /// <param name="through">The address that the browser uses; null: the sandbox's own.</param>
    public static async Task<OpenPage> StartAsync(
        Chromium chromium, SandboxOptions? options = null, BrowserNewContextOptions? browser = null, Action<Cast>? before = null,
        Func<Uri, Uri>? through = null)
    {
        var sandbox = await SandboxServer.StartAsync(options);
        var cast = Cast.Add(sandbox);
        before?.Invoke(cast);
        var context = await chromium.Browser.NewContextAsync(browser ?? new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = 1600, Height = 900 },
        });
        var open = new OpenPage(sandbox, cast, context, await context.NewPageAsync());
        await open.Page.GotoAsync((through?.Invoke(sandbox.Url) ?? sandbox.Url).AbsoluteUri);
        await open.Phone(Group).WaitForAsync();
        return open;
    }

    /// <summary>A phone or a group, by the name above it.</summary>
    public ILocator Phone(string name) => Page.Locator(".phone").Filter(new LocatorFilterOptions
    {
        Has = Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = name, Exact = true }),
    });

    public ILocator Log(string phone) => Phone(phone).GetByRole(AriaRole.Log);

    /// <summary>The messages that are drawn.</summary>
    public ILocator Bubbles(string phone) => Log(phone).Locator(".bubble");

    /// <summary>Their texts, without time and sender.</summary>
    public ILocator Texts(string phone) => Log(phone).Locator(".bubble .text");

    public ILocator Composer(string phone) => Phone(phone).GetByPlaceholder("Message");

    public ILocator Button(string phone, string name) =>
        Phone(phone).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = name, Exact = true });

    public async Task WriteAsync(string phone, string text)
    {
        await Composer(phone).FillAsync(text);
        await Composer(phone).PressAsync("Enter");
    }

    /// <summary>Texts that run under the time in the corner of their bubble.</summary>
    public Task<string[]> HiddenUnderTimeAsync() => Page.EvaluateAsync<string[]>(
        """
        () => [...document.querySelectorAll('.bubble .words')].filter(words => {
          const time = words.closest('.bubble').querySelector('.meta').getBoundingClientRect();
          return [...words.getClientRects()].some(part =>
            part.left < time.right - 1 && part.right > time.left + 1 && part.top < time.bottom - 4 && part.bottom > time.top + 4);
        }).map(words => words.textContent)
        """);

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        await StopSandboxAsync();
    }

    /// <summary>Ends the sandbox while its page is open.</summary>
    public async Task StopSandboxAsync()
    {
        if (_isStopped)
            return;
        _isStopped = true;
        await Bot.DisposeAsync();
        await Sandbox.DisposeAsync();
    }
}
