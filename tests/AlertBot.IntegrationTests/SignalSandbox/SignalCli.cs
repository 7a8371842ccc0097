using System.Net.Http.Json;
using System.Text.Json.Nodes;
using AlertBot.Sandbox;
using AlertBot.Tests.Support;
using NodaTime;

namespace AlertBot.IntegrationTests.SignalSandbox;

/// <summary>A sandbox whose clock stands still, and a client that calls its signal-cli over real HTTP.</summary>
internal sealed class SignalCli : IAsyncDisposable
{
    public static readonly Instant Start = Instant.FromUtc(2026, 3, 2, 9, 0);

    private SignalCli(SandboxServer sandbox, TestClock clock)
    {
        (Sandbox, Clock) = (sandbox, clock);
        Http = new HttpClient { BaseAddress = sandbox.Url };
    }

    public SandboxServer Sandbox { get; }

    public TestClock Clock { get; }

    public HttpClient Http { get; }

    public static async Task<SignalCli> StartAsync(SandboxOptions? options = null)
    {
        var clock = new TestClock(Start);
        return new SignalCli(await SandboxServer.StartAsync((options ?? new SandboxOptions()) with { Clock = clock }), clock);
    }

    /// <summary>The result; the test fails on an error.</summary>
    public async Task<JsonNode> CallAsync(string method, object? parameters = null)
    {
        var answer = await AskAsync(method, parameters);
        Assert.True(answer["error"] is null, answer.ToJsonString());
        return answer["result"]!;
    }

    /// <summary>The error; the test fails without one.</summary>
    public async Task<JsonNode> FailAsync(string method, object? parameters = null)
    {
        var answer = await AskAsync(method, parameters);
        Assert.True(answer["result"] is null, answer.ToJsonString());
        return answer["error"]!;
    }

    public Task<HttpResponseMessage> PostAsync(string method, object? parameters = null) =>
        Http.PostAsJsonAsync("/api/v1/rpc", new { jsonrpc = "2.0", id = "7", method, @params = parameters });

    public async Task<SignalListener> ListenAsync()
    {
        var account = Uri.EscapeDataString(Sandbox.Signal.Account);
        var response = await Http.GetAsync($"/api/v1/events?account={account}", HttpCompletionOption.ResponseHeadersRead);
        return new SignalListener(response.EnsureSuccessStatusCode(), await response.Content.ReadAsStreamAsync());
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Sandbox.DisposeAsync();
    }

    private async Task<JsonNode> AskAsync(string method, object? parameters)
    {
        using var response = await PostAsync(method, parameters);
        response.EnsureSuccessStatusCode();
        var answer = (await response.Content.ReadFromJsonAsync<JsonNode>())!;
        Assert.Equal("7", (string?)answer["id"]);
        return answer;
    }
}
