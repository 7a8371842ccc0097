using System.Net.Http.Json;
using System.Text.Json.Nodes;
using AlertBot.Sandbox;
using AlertBot.Sandbox.Signal;

namespace AlertBot.IntegrationTests.SandboxPage;

/// <summary>What the page may do on the phones with Signal, and what is refused.</summary>
public sealed class SignalPageActionTests : IAsyncLifetime
{
    private PageClient _page = null!;
    private SandboxSignalPhone _phone = null!;
    private SandboxSignalGroup _group = null!;

    private SandboxServer Sandbox => _page.Sandbox;

    public async Task InitializeAsync()
    {
        _page = await PageClient.StartAsync();
        _phone = Sandbox.AddSignalPhone("Test Person", onPage: true);
        _group = Sandbox.AddSignalGroup("Night watch", [_phone], onPage: true);
    }

    public async Task DisposeAsync() => await _page.DisposeAsync();

    [Fact]
    public async Task A_phone_writes_quotes_and_reacts()
    {
        var window = $"signal-{_phone.Id}";

        Assert.Null(await ProblemAsync("text", new { window, text = " hello " }));
        Assert.Null(await ProblemAsync("text", new { window, text = "again", replyTo = _phone.Messages[0].Timestamp }));
        Assert.Null(await ProblemAsync("location", new { window, latitude = 42.5, longitude = 59.5 }));
        Assert.Null(await ProblemAsync("react", new { window, message = _phone.Messages[0].Timestamp, emoji = "👍" }));

        Assert.Equal(["hello", "again", "https://maps.google.com/maps?q=42.5%2C59.5"], _phone.Messages.Select(message => message.Text));
        Assert.Equal("hello", _phone.Messages[1].Quote?.Text);
        Assert.Single(_phone.Messages[0].Reactions);
        Assert.Null(await ProblemAsync("react", new { window, message = _phone.Messages[0].Timestamp, emoji = "👍" }));
        Assert.Empty(_phone.Messages[0].Reactions);
    }

    [Fact]
    public async Task A_member_writes_into_a_group_and_a_stranger_does_not()
    {
        var stranger = Sandbox.AddSignalPhone("Stranger");

        Assert.Null(await ProblemAsync("text", new { window = "signal-group-0", @as = _phone.Id, text = "hello" }));
        Assert.Equal(
            "This person is not in the chat.", await ProblemAsync("text", new { window = "signal-group-0", @as = stranger.Id, text = "hello" }));

        Assert.Equal("hello", Assert.Single(_group.Messages).Text);
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused_with_a_sentence()
    {
        var window = $"signal-{_phone.Id}";
        var said = _phone.SendText("hello");

        Assert.Equal("There is nothing to send.", await ProblemAsync("text", new { window, text = " " }));
        Assert.Equal("This text is too long.", await ProblemAsync("text", new { window, text = new string('x', 20_001) }));
        Assert.Equal("This file is empty.", await ProblemAsync("file", new { window, name = "x" }));
        Assert.Equal("There is no such place on Earth.", await ProblemAsync("location", new { window, latitude = 91, longitude = 0 }));
        Assert.Equal("This message is gone.", await ProblemAsync("react", new { window, message = 5, emoji = "👍" }));
        Assert.Equal("A reaction is one emoji.", await ProblemAsync("react", new { window, message = said.Timestamp, emoji = "two words" }));
        Assert.Equal("Signal has no such thing.", await ProblemAsync("press", new { window, message = said.Timestamp, data = "x" }));
        Assert.Equal(
            "The phones with Telegram put no reactions on messages.",
            await ProblemAsync("react", new { window = $"person-{_page.Phone.Id}", message = 1, emoji = "👍" }));
    }

    [Fact]
    public async Task Who_has_blocked_the_bot_or_is_gone_sends_nothing()
    {
        var window = $"signal-{_phone.Id}";
        Assert.Null(await ProblemAsync("block", new { window, blocked = true }));
        Assert.Equal("The bot is blocked.", await ProblemAsync("text", new { window, text = "hello" }));
        Assert.Null(await ProblemAsync("block", new { window, blocked = false }));
        _phone.Unregister();
        Assert.Equal("This account was deleted.", await ProblemAsync("text", new { window, text = "hello" }));
        Assert.Empty(_phone.Messages);
    }

    [Fact]
    public async Task The_page_is_told_of_what_happens_on_signal()
    {
        var state = await _page.Http.GetFromJsonAsync<JsonNode>("/page/state");
        using var feed = await OpenFeed.OpenAsync(_page.Http, (string?)state!["position"]);

        _phone.SendText("hello");
        var message = await feed.NextAsync();
        _phone.BlockBot();
        var info = await feed.NextAsync();

        Assert.Equal(
            ($"signal-{_phone.Id}", "hello", "sent"),
            ((string?)message["window"], (string?)message["message"]!["text"], (string?)message["message"]!["state"]));
        Assert.Equal(("info", "signal", true), ((string?)info["type"], (string?)info["app"], (bool)info["blocked"]!));
        Assert.Equal(
            ["person-" + _page.Phone.Id, $"signal-{_phone.Id}", "signal-group-0"], state["windows"]!.AsArray()
            .Select(window => (string?)window!["key"]));
    }

    private async Task<string?> ProblemAsync(string what, object action)
    {
        using var response = await _page.Http.PostAsJsonAsync("/page/do/" + what, action);
        return (string?)(await response.Content.ReadFromJsonAsync<JsonNode>())!["problem"];
    }
}
