using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace AlertBot.IntegrationTests.SignalSandbox;

/// <summary>How signal-cli speaks HTTP and JSON-RPC, whatever is asked.</summary>
public sealed class ProtocolTests : IAsyncLifetime
{
    private SignalCli _cli = null!;

    private HttpClient Http => _cli.Http;

    public async Task InitializeAsync() => _cli = await SignalCli.StartAsync();

    public async Task DisposeAsync() => await _cli.DisposeAsync();

    [Fact]
    public async Task It_shows_that_it_lives()
    {
        using var response = await Http.GetAsync("/api/v1/check");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("GET", "/api/v1/rpc")]
    [InlineData("POST", "/api/v1/events")]
    [InlineData("POST", "/api/v1/check")]
    public async Task Another_verb_is_not_allowed(string verb, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(verb), path);
        using var response = await Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    [Fact]
    public async Task What_is_not_said_to_be_json_is_not_read()
    {
        using var response = await Http.PostAsync("/api/v1/rpc", new StringContent("{}", Encoding.UTF8, "text/plain"));

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Fact]
    public async Task A_name_that_somebodys_dns_points_here_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/events") { Headers = { Host = "evil.example" } };
        using var response = await Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.MisdirectedRequest, response.StatusCode);
    }

    [Theory]
    [InlineData("{ not json", -32700)]
    [InlineData("5", -32600)]
    [InlineData("[]", -32600)]
    [InlineData("""{"jsonrpc":"1.0","method":"version","id":"7"}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":"7"}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","method":"version","params":"x","id":"7"}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","method":"dance","id":"7"}""", -32601)]
    public async Task A_request_that_is_none_is_told_so(string body, int code)
    {
        var answer = await AskAsync(body);

        Assert.Equal(code, (int)answer["error"]!["code"]!);
        Assert.True(answer.AsObject().ContainsKey("id"));
        Assert.True(answer["error"]!.AsObject().ContainsKey("data"));
    }

    [Fact]
    public async Task Who_gives_no_id_gets_no_answer()
    {
        using var response = await Http.PostAsJsonAsync("/api/v1/rpc", new { jsonrpc = "2.0", method = "version" });

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_batch_is_answered_as_one()
    {
        var answer = await AskAsync(
            """[{"jsonrpc":"2.0","method":"version","id":1},{"jsonrpc":"2.0","method":"version"},{"jsonrpc":"2.0","method":"dance","id":2}]""");

        Assert.Equal([1, 2], answer.AsArray().Select(each => (int)each!["id"]!));
        Assert.Equal("0.14.6", (string?)answer[0]!["result"]!["version"]);
    }

    [Fact]
    public async Task It_knows_the_account_the_groups_and_who_is_on_signal()
    {
        var person = _cli.Sandbox.AddSignalPhone("Test Person");
        var group = _cli.Sandbox.AddSignalGroup("Night watch", [person]);
        _cli.Sandbox.AddSignalGroup("Without the bot", [person], withBot: false);

        Assert.Equal(_cli.Sandbox.Signal.Account, (string?)(await _cli.CallAsync("listAccounts"))[0]!["number"]);

        var listed = Assert.Single((JsonArray)await _cli.CallAsync("listGroups"))!;
        Assert.Equal((group.Id, "Night watch", true), ((string?)listed["id"], (string?)listed["name"], (bool)listed["isMember"]!));
        Assert.Equal(
            [person.Uuid.ToString(), _cli.Sandbox.Signal.AccountId.ToString()], listed["members"]!.AsArray()
            .Select(member => (string?)member!["uuid"]));

        var found = await _cli.CallAsync("getUserStatus", new { recipient = new[] { person.Number, "+12025550199" } });
        Assert.Equal([true, false], found.AsArray().Select(each => (bool)each!["isRegistered"]!));
        Assert.Equal(person.Uuid.ToString(), (string?)found[0]!["uuid"]);
    }

    [Fact]
    public async Task Every_call_is_in_the_log()
    {
        var person = _cli.Sandbox.AddSignalPhone("Test Person");
        var sent = await _cli.CallAsync("send", new { recipient = person.Number, message = "hello" });
        await _cli.FailAsync("send", new { recipient = "+12025550199", message = "hello" });

        var calls = _cli.Sandbox.Calls;

        Assert.Equal(["signal.send", "signal.send"], calls.Select(call => call.Method));
        Assert.Equal((person.Id, (long)sent["timestamp"]!, 200), (calls[0].ChatId, calls[0].MessageId, calls[0].Status));
        Assert.Equal(-1, calls[1].Status);
    }

    private async Task<JsonNode> AskAsync(string body)
    {
        using var response = await Http.PostAsync("/api/v1/rpc", new StringContent(body, Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<JsonNode>())!;
    }
}
