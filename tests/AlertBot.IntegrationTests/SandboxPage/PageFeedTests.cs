using System.Net.Http.Json;
using System.Text.Json.Nodes;
using AlertBot.Sandbox;
using AlertBot.Sandbox.Page;

namespace AlertBot.IntegrationTests.SandboxPage;

public sealed class PageFeedTests : IAsyncLifetime
{
    private PageClient _page = null!;

    private SandboxServer Sandbox => _page.Sandbox;

    private SandboxPhone Phone => _page.Phone;

    private HttpClient Http => _page.Http;

    public async Task InitializeAsync() => _page = await PageClient.StartAsync();

    public async Task DisposeAsync() => await _page.DisposeAsync();

    [Fact]
    public async Task State_and_feed_together_tell_everything_once()
    {
        Phone.SendText("one");
        var state = await StateAsync();
        Phone.SendText("two");

        using var feed = await OpenFeed.OpenAsync(Http, (string?)state["position"]);
        Phone.SendText("three");

        Assert.Equal(["one"], state["windows"]![0]!["rooms"]![0]!["messages"]!.AsArray().Select(message => (string?)message!["text"]));
        Assert.Equal("two", (string?)(await feed.NextAsync())["message"]!["text"]);
        Assert.Equal("three", (string?)(await feed.NextAsync())["message"]!["text"]);
    }

    [Fact]
    public async Task Who_connects_again_goes_on_where_they_were_and_not_where_they_began()
    {
        var began = (string?)(await StateAsync())["position"];
        Phone.SendText("one");
        Phone.SendText("two");
        string? had;
        using (var feed = await OpenFeed.OpenAsync(Http, began))
        {
            Assert.Equal("one", (string?)(await feed.NextAsync())["message"]!["text"]);
            had = feed.LastId;
        }

        using var again = await OpenFeed.OpenAsync(Http, began, had);
        Assert.Equal("two", (string?)(await again.NextAsync())["message"]!["text"]);
    }

    [Theory]
    [InlineData("0123456789ab-1")]  // of another start of the sandbox
    [InlineData("nonsense")]
    [InlineData("")]
    public async Task A_place_that_is_unknown_means_reading_everything_again(string place)
    {
        using var feed = await OpenFeed.OpenAsync(Http, place);

        Assert.Equal("reset", (string?)(await feed.NextAsync())["type"]);
        await Assert.ThrowsAsync<EndOfStreamException>(feed.NextAsync);
    }

    [Fact]
    public async Task A_place_in_the_future_means_reading_everything_again()
    {
        var life = ((string)(await StateAsync())["position"]!).Split('-')[0];

        using var feed = await OpenFeed.OpenAsync(Http, $"{life}-999");

        Assert.Equal("reset", (string?)(await feed.NextAsync())["type"]);
    }

    [Fact]
    public void Who_was_away_for_too_long_is_told_so_and_who_was_not_gets_all()
    {
        var feed = new PageFeed(kept: 3);
        for (var number = 1; number <= 5; number++)
            feed.Publish("news", new JsonObject { ["number"] = number });

        Assert.Null(feed.After(1));
        Assert.Equal([3, 4, 5], feed.After(2)!.Value.News.Select(json => (int)JsonNode.Parse(json)!["number"]!));
        Assert.Empty(feed.After(5)!.Value.News);
    }

    [Fact]
    public async Task A_press_and_its_answer_are_news()
    {
        using var feed = await OpenFeed.OpenAsync(Http, (string?)(await StateAsync())["position"]);
        await Http.PostAsJsonAsync($"/bot{Sandbox.Token}/sendMessage", new
        {
            chat_id = Phone.Id,
            text = "Card",
            reply_markup = new { inline_keyboard = new[] { new[] { new { text = "Yes", callback_data = "y" } } } },
        });
        var press = Phone.Press(Phone.Messages[0], "y");
        await Http.PostAsJsonAsync($"/bot{Sandbox.Token}/answerCallbackQuery", new { callback_query_id = press.Id, text = "Done" });

        Assert.Equal("message", (string?)(await feed.NextAsync())["type"]);
        Assert.Equal("y", (string?)(await feed.NextAsync())["data"]);
        Assert.Equal("Done", (string?)(await feed.NextAsync())["text"]);
    }

    [Fact]
    public async Task What_is_not_on_the_page_is_no_news()
    {
        var unseen = Sandbox.AddPerson("Unseen");
        using var feed = await OpenFeed.OpenAsync(Http, (string?)(await StateAsync())["position"]);

        unseen.SendText("to nobody's eyes");
        Phone.SendText("seen");

        Assert.Equal("seen", (string?)(await feed.NextAsync())["message"]!["text"]);
    }

    [Fact]
    public async Task A_deleted_message_leaves_its_place_and_nothing_else()
    {
        var message = Phone.SendText("a secret");

        Assert.True(Phone.Delete(message.Id));
        Assert.False(Phone.Delete(message.Id));

        Assert.Empty(Phone.Messages);
        var text = await Http.GetStringAsync("/page/state");
        Assert.DoesNotContain("a secret", text, StringComparison.Ordinal);
        Assert.True((bool?)JsonNode.Parse(text)!["windows"]![0]!["rooms"]![0]!["messages"]![0]!["deleted"]);
    }

    [Fact]
    public async Task An_open_page_does_not_hold_up_the_end_of_theSandbox()
    {
        var sandbox = await SandboxServer.StartAsync();
        using var http = new HttpClient { BaseAddress = sandbox.Url };
        using var feed = await OpenFeed.OpenAsync(http, "");
        await feed.NextAsync();
        var state = await http.GetFromJsonAsync<JsonNode>("/page/state");
        using var open = await OpenFeed.OpenAsync(http, (string?)state!["position"]);

        await sandbox.DisposeAsync();

        await Assert.ThrowsAnyAsync<IOException>(open.NextAsync);
    }

    private async Task<JsonNode> StateAsync() => (await Http.GetFromJsonAsync<JsonNode>("/page/state"))!;
}
