using Microsoft.Playwright;

namespace AlertBot.BrowserTests.Support;

/// <summary>One Chromium for all tests. Each test opens its own context in it, which shares nothing with the others.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public IBrowser Browser => _browser ?? throw new InvalidOperationException("No browser was started.");

    public async Task InitializeAsync()
    {
        // If the tests are skipped, there is nothing to start.
        if (ChromiumPlace.WhySkip is not null)
            return;

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = ChromiumPlace.Executable,
            Args =
            [
                "--no-sandbox",     // containers run as root, where Chromium's sandbox cannot start
                "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
                "--disable-sync",
                // A microphone that hums, and nobody to ask whether it may.
                "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
            ],
        });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}

[CollectionDefinition(Name)]
public sealed class InChromium : ICollectionFixture<Chromium>
{
    public const string Name = "browser";
}
