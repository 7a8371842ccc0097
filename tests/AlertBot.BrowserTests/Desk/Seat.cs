using System.Collections.Concurrent;
using AlertBot.Sandbox;
using Microsoft.Playwright;

namespace AlertBot.BrowserTests.Desk;

/// <summary>A wide window on the desk, in a browser context of its own, and the phone of whoever sits before it.</summary>
internal sealed class Seat : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _said = [];

    private Seat(IPage page, SandboxPhone phone)
    {
        (Page, Phone) = (page, phone);
        page.Console += (_, line) => _said.Enqueue(line.Text);
    }

    public IPage Page { get; }

    public SandboxPhone Phone { get; }

    public static async Task<Seat> OpenAsync(IBrowser browser, SandboxPhone phone)
    {
        var context = await browser.NewContextAsync(
            new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1440, Height = 900 } });
        return new Seat(await context.NewPageAsync(), phone);
    }

    /// <summary>The page asked for nothing that its content security policy refuses.</summary>
    public void BrokeNoRule() => Assert.DoesNotContain(_said, line => line.Contains("Content Security Policy", StringComparison.Ordinal));

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();
}
