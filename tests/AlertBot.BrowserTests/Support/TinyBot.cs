using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using AlertBot.Sandbox;

namespace AlertBot.BrowserTests.Support;

/// <summary>A bot of a few lines that uses the Bot API over HTTP, so that tests of the page need neither the program nor a database.</summary>
internal sealed class TinyBot : IAsyncDisposable
{
    private readonly HttpClient _http;
    private readonly SandboxServer _sandbox;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _answering;

    public TinyBot(SandboxServer sandbox)
    {
        _sandbox = sandbox;
        _http = new HttpClient { BaseAddress = sandbox.Url };
        _answering = AnswerAllAsync(_stop.Token);
    }

    /// <summary>False: it answers no messages, but still answers buttons.</summary>
    public bool AnswersMessages { get; set; } = true;

    public async Task<JsonNode?> CallAsync(string method, object parameters, CancellationToken ct = default)
    {
        using var response = await _http.PostAsJsonAsync($"/bot{_sandbox.Token}/{method}", parameters, ct);
        var json = await response.Content.ReadFromJsonAsync<JsonNode>(ct);
        Assert.True(response.IsSuccessStatusCode, $"{method}: {json?["description"]}");
        return json!["result"];
    }

    public Task<JsonNode?> SendAsync(long chat, string text, object? markup = null) =>
        CallAsync("sendMessage", new { chat_id = chat, text, reply_markup = markup });

    public Task<JsonNode?> AskForPlaceAsync(long chat, string text) =>
        SendAsync(chat, text, new { keyboard = new[] { new[] { new { text = "📍", request_location = true } } } });

    public Task SendCardAsync(long chat) => SendAsync(chat, "Card: who goes?", Keys(("I'm on it", "take:1"), ("Can't", "refuse:1")));

    public static object Keys(params (string Text, string Data)[] keys) =>
        new { inline_keyboard = new[] { keys.Select(key => new { text = key.Text, callback_data = key.Data }).ToArray() } };

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _answering;
        }
        finally
        {
            _http.Dispose();
            _stop.Dispose();
        }
    }

    private async Task AnswerAllAsync(CancellationToken ct)
    {
        long next = 0;
        try
        {
            while (true)
            {
                var updates = await CallAsync("getUpdates", new { offset = next, timeout = 30 }, ct);
                foreach (var update in updates!.AsArray())
                {
                    next = (long)update!["update_id"]! + 1;
                    if (update["message"] is { } message && AnswersMessages)
                        await AnswerAsync(message);
                    else if (update["callback_query"] is { } press)
                        await TakeAsync(press);
                }
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(JsonNode message)
    {
        var chat = (long)message["chat"]!["id"]!;
        switch (message)
        {
            case { } when message["photo"] is JsonArray sizes:
                await SendAsync(chat, $"A photo of {await LengthOfAsync((string)sizes[^1]!["file_id"]!)} bytes");
                break;
            case { } when message["location"] is { } place:
                var (latitude, longitude) = ((double)place["latitude"]!, (double)place["longitude"]!);
                await SendAsync(chat, string.Create(CultureInfo.InvariantCulture, $"You are at {latitude:F2}, {longitude:F2}"));
                break;
            case { } when (string?)message["text"] is "/card" or "/card@AlertSandboxBot":
                await SendCardAsync(chat);
                break;
            case { } when (string?)message["text"] == "/where":
                await AskForPlaceAsync(chat, "Where are you?");
                break;
            case { } when (string?)message["text"] is { } text:
                await SendAsync(chat, $"You wrote: {text}");
                break;
            default:
                break;
        }
    }

    private async Task TakeAsync(JsonNode press)
    {
        var card = press["message"]!;
        await CallAsync("editMessageText", new
        {
            chat_id = (long)card["chat"]!["id"]!,
            message_id = (long)card["message_id"]!,
            text = $"Card: {(string?)press["from"]!["first_name"]} chose {(string?)press["data"]}",
        });
        await CallAsync("answerCallbackQuery", new { callback_query_id = (string?)press["id"], text = "Thank you" });
    }

    private async Task<int> LengthOfAsync(string fileId)
    {
        var file = await CallAsync("getFile", new { file_id = fileId });
        return (await _http.GetByteArrayAsync($"/file/bot{_sandbox.Token}/{(string?)file!["file_path"]}")).Length;
    }
}
