using System.Net.Http.Json;
using System.Text.Json.Nodes;
using AlertBot.Sandbox;

namespace AlertBot.BrowserTests.Support;

/// <summary>A bot on Signal that a test controls, over real HTTP.</summary>
internal sealed class SignalBot : IDisposable
{
    private readonly HttpClient _http;

    public SignalBot(SandboxServer sandbox) => _http = new HttpClient { BaseAddress = sandbox.Url };

    /// <returns>The timestamp that names the message.</returns>
    public async Task<long> CallAsync(string method, object parameters)
    {
        using var response = await _http.PostAsJsonAsync("/api/v1/rpc", new { jsonrpc = "2.0", id = 1, method, @params = parameters });
        var answer = (await response.Content.ReadFromJsonAsync<JsonNode>())!;
        return answer["error"] is null ? (long)answer["result"]!["timestamp"]! : throw new InvalidOperationException(answer.ToJsonString());
    }

    /// <summary>Listens until disposed, and ignores what it gets.</summary>
    public async Task<IDisposable> ListenAsync()
    {
        var response = await _http.GetAsync("/api/v1/events", HttpCompletionOption.ResponseHeadersRead);
        return response.EnsureSuccessStatusCode();
    }

    public void Dispose() => _http.Dispose();
}
