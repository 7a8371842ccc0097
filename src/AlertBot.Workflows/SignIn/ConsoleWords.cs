using AlertBot.Domain.People;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.SignIn;

/// <summary>A browser in words.</summary>
public static class ConsoleWords
{
    public static string Of(Browser browser, string language, TextCatalog texts) =>
        texts.Plain(language, "console.browser", ("family", browser.Family), ("system", browser.System));
}
