namespace AlertBot.BrowserTests.Support;

/// <summary>A test that needs Chromium: skipped if there is none, but never on CI.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = ChromiumPlace.WhySkip;
}

/// <inheritdoc cref="BrowserFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute() => Skip = ChromiumPlace.WhySkip;
}

/// <summary>Where Chromium is installed. Playwright's own download is not used.</summary>
internal static class ChromiumPlace
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    private static readonly Lazy<string?> Found = new(Look);

    public static string Executable => Found.Value
        ?? throw new InvalidOperationException(
            "Chromium was not found: install it (Debian: apt install chromium), or name its program in ALERTBOT_CHROMIUM.");

    public static string? WhySkip => Found.Value is not null || Environment.GetEnvironmentVariable("CI") == "true"
        ? null
        : "No Chromium here. Install it (Debian: apt install chromium), or name its program in ALERTBOT_CHROMIUM.";

    private static string? Look()
    {
        if (Environment.GetEnvironmentVariable("ALERTBOT_CHROMIUM") is { Length: > 0 } named)
            return File.Exists(named) ? named : null;
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return Names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
    }
}
