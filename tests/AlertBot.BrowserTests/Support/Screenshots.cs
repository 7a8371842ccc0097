using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AlertBot.BrowserTests.Support;

/// <summary>Saves pictures of pages, for people to look at, in <c>artifacts/screenshots</c> under the root of the repository.</summary>
public static class Screenshots
{
    public static string Folder => Path.Combine(Root, "artifacts", "screenshots");

    /// <returns>The file.</returns>
    public static async Task<string> SaveAsync(IPage page, string name)
    {
        Directory.CreateDirectory(Folder);
        var path = Path.Combine(Folder, name + ".png");
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = path, Animations = ScreenshotAnimations.Disabled });
        return path;
    }

    /// <summary>
    /// Saves a picture for the README. A person copies it into <c>docs</c> on request, so that a test run changes no file of the repository.
    /// </summary>
    public static async Task SaveForReadmeAsync(IPage page, string name)
    {
        PutIntoDocs(await SaveAsync(page, name), name);
    }

    /// <summary>Whether pictures and pages of the documentation are to be written anew.</summary>
    public static bool IsForDocs => Environment.GetEnvironmentVariable("ALERTBOT_DOCS_PICTURES") == "true";

    /// <summary>Copies a picture into a folder of <c>docs</c>, made smaller, if that is wished for.</summary>
    public static void KeepForDocs(string picture, string folder)
    {
        if (!IsForDocs)
            return;
        Directory.CreateDirectory(Path.Combine(Root, "docs", folder));
        File.WriteAllBytes(Path.Combine(Root, "docs", folder, Path.GetFileName(picture)), SmallPng.Of(File.ReadAllBytes(picture)));
    }

    /// <summary>Writes a page of the documentation, if that is wished for.</summary>
    public static async Task WriteForDocsAsync(string file, string text)
    {
        if (IsForDocs)
            await File.WriteAllTextAsync(Path.Combine(Root, "docs", file), text);
    }

    /// <summary>Saves a picture of a part of a page.</summary>
    /// <returns>The file.</returns>
    public static async Task<string> SaveAsync(ILocator part, string name)
    {
        Directory.CreateDirectory(Folder);
        var path = Path.Combine(Folder, name + ".png");
        await part.ScreenshotAsync(new LocatorScreenshotOptions { Path = path, Animations = ScreenshotAnimations.Disabled });
        return path;
    }

    /// <summary>Of a phone on the sandbox's page, once it shows these words.</summary>
    public static async Task<ILocator> SaveOfPhoneAsync(IPage page, string phone, string words, string name)
    {
        var frame = page.Locator(".phone").Filter(new LocatorFilterOptions
        {
            Has = page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = phone, Exact = true }),
        });
        await Expect(frame.GetByRole(AriaRole.Log)).ToContainTextAsync(words, new LocatorAssertionsToContainTextOptions { Timeout = 15_000 });
        await SaveAsync(frame, name);
        return frame;
    }

    /// <summary>The same as <see cref="SaveOfPhoneAsync"/>, for <c>docs</c> when a person asks for it.</summary>
    public static async Task<ILocator> SaveOfPhoneForDocsAsync(IPage page, string phone, string words, string name)
    {
        var frame = await SaveOfPhoneAsync(page, phone, words, name);
        PutIntoDocs(Path.Combine(Folder, name + ".png"), name);
        return frame;
    }

    private static void PutIntoDocs(string path, string name)
    {
        if (IsForDocs)
            File.Copy(path, Path.Combine(Root, "docs", name + ".png"), overwrite: true);
    }

    private static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "AlertBot.sln")))
                folder = folder.Parent;
            return folder?.FullName ?? throw new InvalidOperationException("The repository's root was not found above the tests.");
        }
    }
}
