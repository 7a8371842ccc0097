using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AlertBot.Sandbox;

namespace AlertBot.IntegrationTests.SandboxPage;

/// <summary>Other sites in the same browser can neither act on the page nor read it.</summary>
public sealed class PageGuardTests : IAsyncLifetime
{
    private PageClient _page = null!;

    private SandboxServer Sandbox => _page.Sandbox;

    private SandboxPhone Phone => _page.Phone;

    private HttpClient Http => _page.Http;

    public async Task InitializeAsync() => _page = await PageClient.StartAsync();

    public async Task DisposeAsync() => await _page.DisposeAsync();

    [Theory]
    [InlineData("Sec-Fetch-Site", "same-origin", HttpStatusCode.OK)]
    [InlineData("Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-site", HttpStatusCode.Forbidden)]   // another port of this machine
    [InlineData("Origin", "https://example.org", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "http://127.0.0.1:1", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "null", HttpStatusCode.Forbidden)]                // a sandboxed frame
    public async Task Only_the_page_itself_may_act(string header, string value, HttpStatusCode expected)
    {
        var response = await PostTextAsync("hello", request => request.Headers.Add(header, value));

        Assert.Equal(expected, response.StatusCode);
        Assert.Equal(expected == HttpStatusCode.OK ? 1 : 0, Phone.Messages.Count);
    }

    [Fact]
    public async Task The_page_s_own_origin_may_act()
    {
        var response = await PostTextAsync("hello", request => request.Headers.Add("Origin", Sandbox.Url.GetLeftPart(UriPartial.Authority)));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data")]
    public async Task What_a_form_of_another_site_can_send_is_refused(string contentType)
    {
        var response = await PostTextAsync("hello", request => request.Content!.Headers.ContentType = new MediaTypeHeaderValue(contentType));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Empty(Phone.Messages);
    }

    [Theory]
    [InlineData("evil.example", HttpStatusCode.Forbidden)]
    [InlineData("127.0.0.1.evil.example", HttpStatusCode.Forbidden)]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("[::1]", HttpStatusCode.OK)]
    public async Task A_name_that_points_to_this_machine_but_is_not_it_is_refused(string host, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/page/state");
        request.Headers.Host = host;

        Assert.Equal(expected, (await Http.SendAsync(request)).StatusCode);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/page/page.js")]
    [InlineData("/page/state")]
    public async Task Every_answer_forbids_scripts_that_are_not_ours_and_reading_by_others(string path)
    {
        using var response = await Http.GetAsync(path);

        var policy = string.Join(' ', response.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("same-origin", Assert.Single(response.Headers.GetValues("Cross-Origin-Resource-Policy")));
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("photo.jpg", "text/html", "<script>alert(1)</script>", "application/octet-stream", true)]
    [InlineData("photo.svg", "image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "application/octet-stream", true)]
    [InlineData("anything", "text/html", "\u00ff\u00d8\u00ff rest", "image/jpeg", false)]
    public async Task A_file_is_shown_only_if_it_is_an_image_by_its_bytes(string name, string type, string bytes, string expected, bool isDownload)
    {
        var file = Phone.SendFile(Encoding.Latin1.GetBytes(bytes), "document", type, name: name).File!;

        using var response = await Http.GetAsync($"/page/files/{file.Id}");

        Assert.Equal(expected, response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(isDownload, response.Content.Headers.ContentDisposition?.DispositionType == "attachment");
        Assert.Contains("sandbox", string.Join(' ', response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> PostTextAsync(string text, Action<HttpRequestMessage> with)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/page/do/text")
        {
            Content = new StringContent($$"""{"window":"person-{{Phone.Id}}","text":"{{text}}"}""", Encoding.UTF8, "application/json"),
        };
        with(request);
        return await Http.SendAsync(request);
    }
}
