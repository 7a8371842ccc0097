using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using AlertBot.Domain.People;

namespace AlertBot.IntegrationTests.Support;

/// <summary>A script with a token, as somebody outside would write it.</summary>
internal sealed partial class ApiProgram : IDisposable
{
    private readonly HttpClient _http;

    public ApiProgram(Uri url, string? token)
    {
        _http = new HttpClient { BaseAddress = url };
        if (token is not null)
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>Makes a token at the desk, with its form.</summary>
    public static async Task<string> TokenAsync(DeskBrowser browser, params ApiScope[] scopes)
    {
        var page = await browser.PostAsync(
            "/console/tokens", await browser.GetAsync("/console/tokens"),
            [("_handler", "token"), ("TokenName", "A script of ours"), ("days", "30"), .. scopes.Select(scope => ("scope", $"{scope}"))]);
        return TokenIn().Match(page.Text) is { Success: true } found
            ? found.Value
            : throw new InvalidOperationException($"No token was shown: {page.Status} {page.Text}");
    }

    public Task<ApiReply> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    public Task<ApiReply> PostAsync(string path, object body, string? key = null) => PostTextAsync(path, JsonSerializer.Serialize(body), key);

    public Task<ApiReply> PostTextAsync(string path, string body, string? key = null, string type = "application/json")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, type) };
        if (key is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return SendAsync(request);
    }

    public void Dispose() => _http.Dispose();

    private async Task<ApiReply> SendAsync(HttpRequestMessage request)
    {
        using var answer = await _http.SendAsync(request);
        return new ApiReply(
            answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, await answer.Content.ReadAsStringAsync(), answer.Headers.ToString());
    }

    [GeneratedRegex("alertbot_[A-Za-z0-9_-]{43}")]
    private static partial Regex TokenIn();
}

internal sealed record ApiReply(HttpStatusCode Status, string? Type, string Text, string Headers)
{
    /// <summary>A value of the answer, by its path: <c>dates.0.kind</c>.</summary>
    public string? this[string path]
    {
        get
        {
            using var json = JsonDocument.Parse(Text);
            var at = json.RootElement;
            foreach (var part in path.Split('.'))
            {
                if (at.ValueKind == JsonValueKind.Array)
                    at = at[int.Parse(part, System.Globalization.CultureInfo.InvariantCulture)];
                else if (!at.TryGetProperty(part, out at))
                    return null;
            }

            return at.ToString();
        }
    }
}
