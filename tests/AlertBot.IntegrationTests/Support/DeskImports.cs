using AlertBot.Postgres.Stores;

namespace AlertBot.IntegrationTests.Support;

/// <summary>Files as they are brought in at the desk, with its forms.</summary>
internal static class DeskImports
{
    public const string BringPlace = "/console/import";

    public static bool IsReady(Page page) => page.Text.Contains("waits for your word", StringComparison.Ordinal);

    public static async Task<Page> BringAsync(
        DeskBrowser browser, string kind, byte[] file, Func<Page, bool> isRead, params (string Name, string Value)[] fields)
    {
        var brought = await browser.PostFileAsync(BringPlace + "/bring", await browser.GetAsync(BringPlace), file, [("kind", kind), .. fields]);
        Assert.StartsWith(BringPlace + "/", brought.Path, StringComparison.Ordinal);
        return await browser.UntilAsync(brought.Path, isRead);
    }

    public static async Task<Page> PressAsync(DeskBrowser browser, Page shown, string act, string until)
    {
        await browser.PostAsync($"{shown.Path}/{act}", shown);
        return await browser.UntilAsync(shown.Path, page => page.Text.Contains(until, StringComparison.Ordinal));
    }

    public static ImportId IdOf(Page page) => new(Guid.ParseExact(page.Path.Split('/')[^1], "N"));
}
