using System.Text.Json;
using AlertBot.Channels;
using AlertBot.Channels.Telegram;
using Telegram.Bot;
using Telegram.Bot.Requests.Abstractions;

namespace AlertBot.TelegramBot;

/// <summary>
/// A request of the library that knows whether it left, and whose answer is read as <typeparamref name="T"/>: our own words,
/// so that what we understand of an update is the same under every client.
/// </summary>
internal sealed class WatchedRequest<T>(IRequest request, TimeProvider time, Action<long>? written) : IRequest<T>, IDisposable
{
    private readonly WatchedContent _body = new(JsonSerializer.SerializeToUtf8Bytes(request, request.GetType(), JsonBotAPI.Options), time, written);

    public HttpMethod HttpMethod => request.HttpMethod;

    public string MethodName => request.MethodName;

    public bool IsWebhookResponse { get; set; }

    public bool IsWritten => _body.IsWritten;

    public HttpContent ToHttpContent() => _body;

    public void Dispose() => _body.Dispose();
}
