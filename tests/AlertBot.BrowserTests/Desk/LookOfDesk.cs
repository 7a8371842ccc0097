using AlertBot.BrowserTests.Support;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace AlertBot.BrowserTests.Desk;

/// <summary>
/// Looks at a page of the desk narrow and wide, light and dark, and keeps the pictures. Nothing may be wider than the window, and axe-core may find
/// nothing serious.
/// </summary>
internal static class LookOfDesk
{
    private static readonly (int Width, int Height)[] Windows = [(390, 844), (1440, 900)];
    private static readonly string[] Grave = ["serious", "critical"];

    /// <summary>How long axe-core may look at a page: where scripts are switched off it would never come back.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    /// <param name="withScript">False: the page's own scripts are switched off, and axe-core, which is one, with them.</param>
    public static async Task AtAsync(IPage page, string name, bool withScript = true)
    {
        var found = await LookAsync(page, name, forDocs: false, withScript);
        Assert.True(found.Count == 0, string.Join(Environment.NewLine, found));
    }

    /// <param name="forDocs">True: the pictures go where the documentation shows them, if that is wished for.</param>
    /// <returns>What is wrong with it, a line each.</returns>
    public static async Task<IReadOnlyList<string>> LookAsync(IPage page, string name, bool forDocs, bool withScript = true)
    {
        var found = new List<string>();
        foreach (var (width, height) in Windows)
        {
            await page.SetViewportSizeAsync(width, height);
            // Each in one colour; the pictures of the documentation show both.
            ColorScheme[] usual = [width == Windows[0].Width ? ColorScheme.Dark : ColorScheme.Light];
            foreach (var scheme in Screenshots.IsForDocs ? [ColorScheme.Light, ColorScheme.Dark] : usual)
            {
                await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
                var picture = $"{name}-{width}-{(scheme == ColorScheme.Dark ? "dark" : "light")}";
                var path = await Screenshots.SaveAsync(page, picture);
                if (forDocs)
                    Screenshots.KeepForDocs(path, "desk");
                if (withScript)
                    found.AddRange((await ViolationsAsync(page)).Select(violation => $"{picture}: {violation}"));
            }

            if (await page.EvaluateAsync<int>("document.documentElement.scrollWidth") > width)
                found.Add($"{name} is wider than {width} pixels");
        }

        return found;
    }

    /// <summary>The same on a phone alone, without pictures.</summary>
    public static async Task<IReadOnlyList<string>> NarrowAsync(IPage page, string name)
    {
        var (width, height) = Windows[0];
        await page.SetViewportSizeAsync(width, height);
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Light });
        var found = (await ViolationsAsync(page)).Select(violation => $"{name}: {violation}").ToList();
        if (await page.EvaluateAsync<int>("document.documentElement.scrollWidth") > width)
            found.Add($"{name} is wider than {width} pixels");
        return found;
    }

    private static async Task<IEnumerable<string>> ViolationsAsync(IPage page) =>
        (await page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] }).WaitAsync(Longest)).Violations
        .Where(one => Grave.Contains(one.Impact))
        .Select(one => $"{one.Impact} {one.Id}: {one.Help}: {string.Join(" | ", one.Nodes.Take(3).Select(node => node.Html))}");

    /// <summary>
    /// By the keyboard: first comes the way past the navigation, whatever has the focus shows it, and nothing moves for whoever does not want that.
    /// </summary>
    public static async Task<IReadOnlyList<string>> ByKeyboardAsync(IPage page, string name)
    {
        var found = new List<string>();
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ReducedMotion = ReducedMotion.Reduce });
        await page.EvaluateAsync("window.scrollTo(0, 0); document.activeElement.blur()");
        await page.Keyboard.PressAsync("Tab");
        if (!await page.EvaluateAsync<bool>(
            """
            () => {
              const place = document.activeElement.getBoundingClientRect();
              return document.activeElement.matches('a.skip') && place.left >= 0 && place.top >= 0;
            }
            """))
            found.Add($"{name}: the first key does not lead past the navigation");
        // After a key the browser shows the focus wherever it goes.
        found.AddRange((await page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
              .filter(it => it.checkVisibility()).filter(it => {
                it.focus();
                const style = getComputedStyle(it);
                return document.activeElement === it && (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2);
              }).map(it => it.outerHTML.slice(0, 120))
            """)).Select(one => $"{name}: its focus is not seen: {one}"));
        if (await page.EvaluateAsync<int>("document.getAnimations().length") > 0)
            found.Add($"{name}: something moves");
        return found;
    }
}
