using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace AlertBot.BrowserTests.Support;

/// <summary>
/// A Chromium for the tests of a class. Classes run beside each other, each with a browser to itself, which it leaves to the next. Each test opens
/// its own context in it, which shares nothing with the others.
/// </summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly ConcurrentBag<(IPlaywright Playwright, IBrowser Browser)> Free = [];

    private (IPlaywright Playwright, IBrowser Browser)? _taken;

    // They end with the process that talks to them; this is politer.
    static Chromium() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        while (Free.TryTake(out var one))
            one.Playwright.Dispose();
    };

    public IBrowser Browser => _taken?.Browser ?? throw new InvalidOperationException("No browser was started.");

    public async Task InitializeAsync()
    {
        // If the tests are skipped, there is nothing to start.
        if (ChromiumPlace.WhySkip is not null)
            return;

        _taken = Free.TryTake(out var one) && one.Browser.IsConnected ? one : await StartAsync();
    }

    public Task DisposeAsync()
    {
        if (_taken is { } one)
            Free.Add(one);
        return Task.CompletedTask;
    }

    private static async Task<(IPlaywright Playwright, IBrowser Browser)> StartAsync()
    {
        var playwright = await Playwright.CreateAsync();
        return (playwright, await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
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
        }));
    }
}

/// <summary>What must happen at once is measured while nothing else runs.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
