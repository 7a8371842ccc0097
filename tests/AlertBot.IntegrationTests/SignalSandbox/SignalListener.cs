using System.Text.Json.Nodes;

namespace AlertBot.IntegrationTests.SignalSandbox;

/// <summary>An open stream of signal-cli's events.</summary>
internal sealed class SignalListener(HttpResponseMessage response, Stream stream) : IDisposable
{
    private readonly StreamReader _lines = new(stream);

    /// <summary>The next whole event.</summary>
    public async Task<JsonNode> NextAsync()
    {
        Assert.Equal("event:receive", await LineAsync());
        var data = await LineAsync();
        Assert.StartsWith("data:", data, StringComparison.Ordinal);
        Assert.Equal("", await LineAsync());
        return JsonNode.Parse(data!["data:".Length..])!;
    }

    public async Task<JsonNode> NextEnvelopeAsync() => (await NextAsync())["envelope"]!;

    /// <summary>The text of the next message.</summary>
    public async Task<string?> NextTextAsync() => (string?)(await NextEnvelopeAsync())["dataMessage"]!["message"];

    public Task<string?> LineAsync() => _lines.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(10));

    /// <summary>True if the connection breaks before anything more comes.</summary>
    public async Task<bool> BreaksAsync()
    {
        try
        {
            return await LineAsync() is null;
        }
        catch (Exception broken) when (broken is IOException or HttpRequestException)
        {
            return true;
        }
    }

    public void Dispose()
    {
        _lines.Dispose();
        response.Dispose();
    }
}
