using System.Text.Json.Nodes;

namespace AlertBot.IntegrationTests.SandboxPage;

/// <summary>Reads the page's feed as a browser does.</summary>
internal sealed class OpenFeed : IDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _lines;

    private OpenFeed(HttpResponseMessage response, Stream stream) => (_response, _lines) = (response, new StreamReader(stream));

    /// <summary>The id of the last news, which a browser sends when it connects again.</summary>
    public string? LastId { get; private set; }

    public static async Task<OpenFeed> OpenAsync(HttpClient http, string? after, string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/page/events?after={after}");
        if (lastEventId is not null)
            request.Headers.Add("Last-Event-ID", lastEventId);
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return new OpenFeed(response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>The next news that is not the clock.</summary>
    public async Task<JsonNode> NextAsync()
    {
        while (true)
        {
            var line = await _lines.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(10)) ?? throw new EndOfStreamException("The feed has ended.");
            if (line.StartsWith("id: ", StringComparison.Ordinal))
                LastId = line["id: ".Length..];
            if (!line.StartsWith("data: ", StringComparison.Ordinal))
                continue;
            var news = JsonNode.Parse(line["data: ".Length..])!;
            if ((string?)news["type"] != "clock")
                return news;
        }
    }

    public void Dispose()
    {
        _lines.Dispose();
        _response.Dispose();
    }
}
