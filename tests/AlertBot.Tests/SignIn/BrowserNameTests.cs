using AlertBot.Domain.People;

namespace AlertBot.Tests.SignIn;

public class BrowserNameTests
{
    private const string WebKit = "AppleWebKit/537.36 (KHTML, like Gecko)";
    private const string OnWindows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) " + WebKit;

    [Theory]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox", "Linux")]
    [InlineData(OnWindows + " Chrome/140.0.0.0 Safari/537.36", "Chrome", "Windows")]
    [InlineData(OnWindows + " Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0", "Edge", "Windows")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) " + WebKit + " Version/18.0 Safari/605.1.15", "Safari", "macOS")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) " + WebKit + " CriOS/140.0 Mobile/15E148 Safari/604.1", "Chrome", "iPhone")]
    [InlineData("Mozilla/5.0 (Linux; Android 14) " + WebKit + " SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile", "Samsung Internet", "Android")]
    [InlineData("<b>Your bank</b>, press 47", Browser.Unknown, Browser.Unknown)]
    [InlineData("", Browser.Unknown, Browser.Unknown)]
    [InlineData(null, Browser.Unknown, Browser.Unknown)]
    public void A_browser_is_called_as_people_call_it(string? userAgent, string family, string system)
    {
        var browser = Browser.Of(userAgent);

        Assert.Equal((family, system), (browser.Family, browser.System));
        Assert.Equal(browser, Browser.Read(browser.ToText()));
    }
}
