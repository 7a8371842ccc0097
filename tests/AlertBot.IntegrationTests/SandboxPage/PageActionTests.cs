using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using AlertBot.Sandbox;

namespace AlertBot.IntegrationTests.SandboxPage;

/// <summary>What the page may do on the phones, and what is refused with a sentence for the visitor.</summary>
public sealed class PageActionTests : IAsyncLifetime
{
    private static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3];

    private PageClient _page = null!;
    private SandboxGroup _group = null!;

    private SandboxServer Sandbox => _page.Sandbox;

    private SandboxPhone Phone => _page.Phone;

    private HttpClient Http => _page.Http;

    public async Task InitializeAsync()
    {
        _page = await PageClient.StartAsync();
        _group = Sandbox.AddGroup("Night watch", [Phone], isForum: true, onPage: true);
    }

    public async Task DisposeAsync() => await _page.DisposeAsync();

    [Fact]
    public async Task Unknown_windows_strangers_and_empty_texts_are_refused()
    {
        var stranger = Sandbox.AddPerson("Stranger");

        var (own, group) = ($"person-{Phone.Id}", $"group{_group.Id}");

        Assert.Equal("There is no such phone.", await ProblemAsync("text", new { window = $"person-{stranger.Id}", text = "hello" }));
        Assert.Equal("This person is not in the chat.", await ProblemAsync("text", new { window = group, @as = stranger.Id, text = "hello" }));
        Assert.Equal("This person is not in the chat.", await ProblemAsync("text", new { window = own, @as = stranger.Id, text = "hello" }));
        Assert.Equal("There is nothing to send.", await ProblemAsync("text", new { window = own, text = " \n " }));
        Assert.Equal("This topic is gone.", await ProblemAsync("text", new { window = group, thread = 77, text = "hello" }));
    }

    [Fact]
    public async Task Who_has_blocked_the_bot_or_left_for_good_sends_nothing()
    {
        Phone.BlockBot();
        Assert.Equal("The bot is blocked.", await ProblemAsync("text", new { window = $"person-{Phone.Id}", text = "hello" }));
        Assert.Null(await ProblemAsync("block", new { window = $"person-{Phone.Id}", blocked = false }));
        Phone.Deactivate();
        Assert.Equal("This account was deleted.", await ProblemAsync("text", new { window = $"person-{Phone.Id}", text = "hello" }));
        Assert.Empty(Phone.Messages);
    }

    [Theory]
    [InlineData(91, 0)]
    [InlineData(0, -181)]
    public async Task A_place_that_is_not_on_earth_is_refused(double latitude, double longitude)
    {
        Assert.Equal("There is no such place on Earth.", await ProblemAsync("location", new { window = $"person-{Phone.Id}", latitude, longitude }));
    }

    [Theory]
    [InlineData("image/jpeg", true, "photo")]
    [InlineData("image/heic", false, "document")]
    [InlineData("text/html", true, "photo")]
    [InlineData("audio/ogg", false, "voice")]
    [InlineData("video/mp4", false, "video")]
    [InlineData(null, false, "document")]
    public async Task A_file_is_what_its_bytes_say_and_else_what_the_browser_says(string? type, bool isJpeg, string expected)
    {
        byte[] data = isJpeg ? Jpeg : [1, 2, 3];

        Assert.Null(await ProblemAsync("file", new { window = $"person-{Phone.Id}", name = "name", type, data, caption = " look " }));

        Assert.Equal(expected, Phone.Messages[0].File?.Kind);
        Assert.Equal("look", Phone.Messages[0].Text);
    }

    [Fact]
    public async Task Files_have_a_largest_size()
    {
        byte[] photo = [.. Jpeg, .. new byte[10 << 20]];

        Assert.Equal("A photo may have 10 MB.", await ProblemAsync("file", new { window = $"person-{Phone.Id}", data = photo }));
        Assert.Equal("A file may have 20 MB.", await ProblemAsync("file", new { window = $"person-{Phone.Id}", data = new byte[(20 << 20) + 1] }));
        Assert.Empty(Phone.Messages);
    }

    [Theory]
    [InlineData("text", 600_000)]
    [InlineData("file", 40_000_000)]
    public async Task A_body_that_no_act_needs_is_refused_before_it_is_sent(string what, int length)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/page/do/{what}") { Content = new ByteArrayContent(new byte[length]) };
        request.Content.Headers.ContentType = new("application/json");

        // The client asks first. Otherwise the end of the connection could overtake the answer while the body is under way.
        request.Headers.ExpectContinue = true;
        using var response = await Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal("This is too large.", (string?)(await response.Content.ReadFromJsonAsync<JsonNode>())!["problem"]);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("""{"window":7}""")]
    public async Task What_the_page_never_sends_is_refused(string body)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        var response = await Http.PostAsync("/page/do/text", content);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Earlier_messages_come_in_parts_of_two_hundred_up_to_the_first()
    {
        for (var number = 1; number <= 450; number++)
            Phone.SendText($"message {number}");

        var seen = new List<string>();
        var state = await Http.GetFromJsonAsync<JsonNode>("/page/state");
        var room = state!["windows"]![0]!["rooms"]![0]!;
        while (true)
        {
            var messages = room["messages"]!.AsArray();
            seen.InsertRange(0, messages.Select(message => (string)message!["text"]!));
            if (!(bool)room["hasEarlier"]!)
                break;
            room = (await Http.GetFromJsonAsync<JsonNode>($"/page/messages?window=person-{Phone.Id}&before={(long)messages[0]!["id"]!}"))!;
        }

        Assert.Equal(Enumerable.Range(1, 450).Select(number => $"message {number}"), seen);
    }

    /// <returns>Null on success.</returns>
    private async Task<string?> ProblemAsync(string what, object action)
    {
        var response = await Http.PostAsJsonAsync($"/page/do/{what}", action);
        return response.IsSuccessStatusCode ? null : (string?)(await response.Content.ReadFromJsonAsync<JsonNode>())!["problem"];
    }
}
