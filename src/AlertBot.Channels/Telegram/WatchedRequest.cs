using System.Text.Json;
using Telegram.Bot;
using Telegram.Bot.Requests;
using Telegram.Bot.Requests.Abstractions;

namespace AlertBot.Channels.Telegram;

/// <summary>
/// A request of the library that records whether it left. Its answer is read as <typeparamref name="T"/>, a type of ours with only the fields that we
/// need, so that kinds unknown to the library cannot spoil it.
/// </summary>
internal sealed class WatchedRequest<T>(IRequest request, Action? left) : IRequest<T>, IDisposable
{
    private readonly WatchedContent _body = request is SendDocumentRequest or SendPhotoRequest or SendVoiceRequest ? Form(request, left)
        : new(JsonSerializer.SerializeToUtf8Bytes(request, request.GetType(), JsonBotAPI.Options), left);

    public HttpMethod HttpMethod => request.HttpMethod;

    public string MethodName => request.MethodName;

    public bool IsWebhookResponse { get; set; }

    public bool IsWritten => _body.IsWritten;

    public HttpContent ToHttpContent() => _body;

    public void Dispose() => _body.Dispose();

    // JSON cannot carry a file, so the library makes a form.
    private static WatchedContent Form(IRequest file, Action? left)
    {
        using var form = file.ToHttpContent()!;
        using var bytes = new MemoryStream();
        form.CopyTo(bytes, null, CancellationToken.None);
        return new WatchedContent(bytes.ToArray(), left, form.Headers.ContentType);
    }
}
