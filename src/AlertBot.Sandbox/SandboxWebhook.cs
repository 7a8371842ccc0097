using System.Text;

namespace AlertBot.Sandbox;

/// <summary>Delivers one bot's updates to its address in order. It repeats an update with growing pauses until the bot answers 2xx.</summary>
internal sealed class SandboxWebhook : IDisposable
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(60) };

    private readonly SandboxWorld _world;
    private readonly SandboxBot _bot;
    private readonly string _secret;
    private readonly SemaphoreSlim _news = new(0);
    private readonly CancellationTokenSource _stop = new();

    public SandboxWebhook(SandboxWorld world, SandboxBot bot, Uri url, string secret)
    {
        (_world, _bot, Url, _secret) = (world, bot, url, secret);
        _ = Task.Run(() => DeliverAllAsync(_stop.Token));
    }

    public Uri Url { get; }

    public string? LastError { get; private set; }

    public void Wake() => _news.Release();

    public void Dispose()
    {
        // The loop may still be waiting. Cancelling ends it, and nothing unmanaged is left behind.
        _stop.Cancel();
    }

    private async Task DeliverAllAsync(CancellationToken ct)
    {
        var pause = TimeSpan.FromMilliseconds(100);
        try
        {
            while (true)
            {
                (long Id, string Json)? next;
                lock (_world.Gate)
                    next = _bot.First;
                if (next is not { } update)
                {
                    await _news.WaitAsync(ct);
                    continue;
                }

                if (await DeliverAsync(update.Json, ct))
                {
                    lock (_world.Gate)
                        _bot.Forget(update.Id);
                    pause = TimeSpan.FromMilliseconds(100);
                    continue;
                }

                await Task.Delay(pause, _world.Options.Time, ct);
                pause = TimeSpan.FromSeconds(Math.Min(60, pause.TotalSeconds * 2));
            }
        }
        catch (OperationCanceledException)
        {
            // The webhook was changed or removed.
        }
    }

    private async Task<bool> DeliverAsync(string json, CancellationToken ct)
    {
        if (_world.IsTelegramDown)
            return false;
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, Url) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
            if (_secret.Length > 0)
                request.Headers.Add("X-Telegram-Bot-Api-Secret-Token", _secret);
            using var response = await Http.SendAsync(request, ct);
            LastError = response.IsSuccessStatusCode
                ? null
                : $"Wrong response from the webhook: {(int)response.StatusCode} {response.ReasonPhrase}";
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            LastError = "Connection refused";
            return false;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            LastError = "Read timeout expired";
            return false;
        }
    }
}
