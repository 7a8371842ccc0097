using System.Text.Json;
using AlertBot.Channels;
using Telegram.Bot;
using Telegram.Bot.Requests;
using Telegram.Bot.Requests.Abstractions;

namespace AlertBot.TelegramBot;

/// <summary>
/// A request of the library that knows whether it left, and whose answer is read as <typeparamref name="T"/>: our own words,
/// so that what we understand of an update is the same under every client.
/// </summary>
internal sealed class WatchedRequest<T>(IRequest request, TimeProvider time, Action<long>? written) : IRequest<T>, IDisposable
{
    private readonly WatchedContent _body = request is SendDocumentRequest ? Form(request, time, written)
        : new(JsonSerializer.SerializeToUtf8Bytes(request, request.GetType(), JsonBotAPI.Options), time, written);

    public HttpMethod HttpMethod => request.HttpMethod;

    public string MethodName => request.MethodName;

    public bool IsWebhookResponse { get; set; }

    public bool IsWritten => _body.IsWritten;

    public HttpContent ToHttpContent() => _body;

    public void Dispose() => _body.Dispose();

    // A file does not fit into JSON: the library makes a form of it.
    private static WatchedContent Form(IRequest request, TimeProvider time, Action<long>? written)
    {
        using var form = ((SendDocumentRequest)request).ToHttpContent()!;
        using var bytes = new MemoryStream();
        form.CopyTo(bytes, null, CancellationToken.None);
        return new WatchedContent(bytes.ToArray(), time, written, form.Headers.ContentType);
    }
}
