using System.Net;
using System.Text.RegularExpressions;

namespace AlertBot.IntegrationTests.Support;

/// <summary>A browser without scripts: it keeps cookies, follows redirects, and posts the forms it is shown.</summary>
internal sealed partial class DeskBrowser : IDisposable
{
    public const string Firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

    private readonly HttpClient _http;

    public DeskBrowser(Uri url)
    {
        _http = new HttpClient(new HttpClientHandler { CookieContainer = Cookies, AllowAutoRedirect = false }) { BaseAddress = url };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd(Firefox);
    }

    public CookieContainer Cookies { get; } = new();

    public Task<Page> GetAsync(string path) => FollowAsync(new HttpRequestMessage(HttpMethod.Get, path));

    /// <summary>Presses the button of a page.</summary>
    public Task<Page> PostAsync(string path, string? token) => FollowAsync(new HttpRequestMessage(HttpMethod.Post, path)
    {
        Content = new FormUrlEncodedContent(token is null ? [] : [new("__RequestVerificationToken", token)]),
    });

    /// <summary>Presses the button of a page, or fills in its form and sends it.</summary>
    public Task<Page> PostAsync(string path, Page shown, params (string Name, string Value)[] fields) =>
        FollowAsync(new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)).Append(
                new("__RequestVerificationToken", TokenIn().Match(shown.Text).Groups["token"].Value))),
        });

    /// <summary>Sends the form of a page in two parts.</summary>
    /// <param name="begun">Completes when the server has the first part.</param>
    /// <param name="goOn">The second part follows then.</param>
    public Task<Page> PostSlowlyAsync(string path, Page shown, TaskCompletionSource begun, Task goOn) =>
        FollowAsync(new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new SlowForm($"__RequestVerificationToken={TokenIn().Match(shown.Text).Groups["token"].Value}", begun, goOn),
        });

    /// <summary>Chooses a file in the form of a page, fills in the rest and sends it.</summary>
    public Task<Page> PostFileAsync(string path, Page shown, byte[] file, params (string Name, string Value)[] fields)
    {
        var content = new MultipartFormDataContent { { new ByteArrayContent(file), "file", "list.csv" } };
        foreach (var (name, value) in fields.Append(("__RequestVerificationToken", TokenIn().Match(shown.Text).Groups["token"].Value)))
            content.Add(new StringContent(value), name);
        return FollowAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = content });
    }

    /// <summary>Looks at a page again and again, as one does that asks again by itself.</summary>
    public async Task<Page> UntilAsync(string path, Func<Page, bool> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            var page = await GetAsync(path);
            if (isSo(page))
                return page;
            await Task.Delay(50, patience.Token);
        }
    }

    /// <summary>Opens a link and presses its button.</summary>
    public async Task<Page> OpenAsync(string link) => await PostAsync(link, await GetAsync(link));

    public void Dispose() => _http.Dispose();

    private async Task<Page> FollowAsync(HttpRequestMessage request)
    {
        var cookies = new List<string>();
        while (true)
        {
            using var answer = await _http.SendAsync(request);
            cookies.AddRange(answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : []);
            if (answer.Headers.Location is not { } next)
            {
                var path = answer.RequestMessage!.RequestUri!.AbsolutePath;
                return new Page(answer.StatusCode, path, await answer.Content.ReadAsStringAsync(), answer.Headers.ToString(), cookies);
            }

            request = new HttpRequestMessage(HttpMethod.Get, next);
        }
    }

    private sealed class SlowForm : HttpContent
    {
        private readonly byte[] _text;
        private readonly TaskCompletionSource _begun;
        private readonly Task _goOn;

        public SlowForm(string text, TaskCompletionSource begun, Task goOn)
        {
            (_text, _begun, _goOn) = (System.Text.Encoding.ASCII.GetBytes(text), begun, goOn);
            Headers.ContentType = new System.Net.Http.Headers.MediaTypeHeaderValue("application/x-www-form-urlencoded");
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(_text.AsMemory(0, _text.Length / 2));
            await stream.FlushAsync();
            // So long the server has it and has asked who is signed in.
            await Task.Delay(500);
            _begun.SetResult();
            await _goOn;
            await stream.WriteAsync(_text.AsMemory(_text.Length / 2));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _text.Length;
            return true;
        }
    }

    [GeneratedRegex("""name="__RequestVerificationToken" value="(?<token>[^"]+)"|value="(?<token>[^"]+)" name="__RequestVerificationToken" """)]
    private static partial Regex TokenIn();
}

/// <param name="SetCookies">The cookies of the answer and of the redirects before it.</param>
internal sealed partial record Page(HttpStatusCode Status, string Path, string Text, string Headers, IReadOnlyList<string> SetCookies)
{
    /// <summary>The number on a page that waits for the chat; null on any other page.</summary>
    public string? Number => Shown().Match(Text) is { Success: true } found ? found.Groups["number"].Value : null;

    /// <summary>The value of a hidden field; null if the page has none of that name.</summary>
    public string? Hidden(string name) =>
        Regex.Match(Text, $"name=\"{Regex.Escape(name)}\" value=\"(?<value>[^\"]*)\"") is { Success: true } found
            ? WebUtility.HtmlDecode(found.Groups["value"].Value)
            : null;

    [GeneratedRegex("""class="number"[^>]*>(?<number>\d+)<""")]
    private static partial Regex Shown();
}
