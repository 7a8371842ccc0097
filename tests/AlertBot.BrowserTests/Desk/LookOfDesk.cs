using AlertBot.BrowserTests.Support;
using Microsoft.Playwright;

namespace AlertBot.BrowserTests.Desk;

/// <summary>Looks at a page of the desk narrow and wide, light and dark, and keeps the pictures. Nothing may be wider than the window.</summary>
internal static class LookOfDesk
{
    private static readonly (int Width, int Height)[] Windows = [(390, 844), (1440, 900)];

    public static async Task AtAsync(IPage page, string name)
    {
        foreach (var (width, height) in Windows)
        {
            await page.SetViewportSizeAsync(width, height);
            foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
            {
                await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
                await Screenshots.SaveAsync(page, $"{name}-{width}-{(scheme == ColorScheme.Dark ? "dark" : "light")}");
            }

            Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width, $"{name} is wider than {width} pixels");
        }
    }
}
