using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AlertBot.Channels.Telegram;

/// <summary>
/// The Bot API over HTTP, https://core.telegram.org/bots/api. Makes one attempt and never throws for what the network or
/// Telegram does: the addresses it calls hold the token, and an exception would carry them into a log.
/// </summary>
internal sealed class TelegramClient : IDisposable
{
    // What we read of the world; everything else would only wait in Telegram's queue.
    private static readonly string[] WantedUpdates = ["message", "edited_message", "callback_query", "my_chat_member", "chat_member"];

    private readonly HttpClient _http;
    private readonly string _methods;
    private readonly string _files;
    private readonly TelegramSettings _settings;
    private readonly TimeProvider _time;

    public TelegramClient(TelegramSettings settings, TimeProvider time)
    {
        _settings = settings;
        _time = time;
        var root = settings.ApiUrl.AbsoluteUri.TrimEnd('/');
        _methods = $"{root}/bot{settings.Token}/";
        _files = $"{root}/file/bot{settings.Token}/";

        // An own handler, not the factory's: the factory's logging prints addresses, and ours hold the token.
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ActivityHeadersPropagator = null,   // no trace spans: they hold the address too
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            MaxConnectionsPerServer = 64,
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),

            // Shorter than what servers allow an idle connection: a request written into one that the server
            // is closing could not be told from one that arrived.
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = 32 << 20,
        };
    }

    public Task<TelegramOutcome<User>> GetMeAsync(CancellationToken ct) =>
        CallAsync("getMe", new Nothing(), TelegramJson.Default.Nothing, TelegramJson.Default.ApiReplyUser, ct);

    public Task<TelegramOutcome<JsonElement[]>> GetUpdatesAsync(long offset, CancellationToken ct) => CallAsync(
        "getUpdates", new GetUpdates(offset, (int)_settings.PollTimeout.TotalSeconds, WantedUpdates),
        TelegramJson.Default.GetUpdates, TelegramJson.Default.ApiReplyJsonElementArray, ct, _settings.PollTimeout);

    public Task<TelegramOutcome<bool>> SetWebhookAsync(Uri url, string secret, CancellationToken ct) => CallAsync(
        "setWebhook", new SetWebhook(url.AbsoluteUri, secret, WantedUpdates),
        TelegramJson.Default.SetWebhook, TelegramJson.Default.ApiReplyBoolean, ct);

    /// <summary>Keeps what waits in Telegram's queue.</summary>
    public Task<TelegramOutcome<bool>> DeleteWebhookAsync(CancellationToken ct) =>
        CallAsync("deleteWebhook", new Nothing(), TelegramJson.Default.Nothing, TelegramJson.Default.ApiReplyBoolean, ct);

    public Task<TelegramOutcome<WebhookInfo>> GetWebhookInfoAsync(CancellationToken ct) =>
        CallAsync("getWebhookInfo", new Nothing(), TelegramJson.Default.Nothing, TelegramJson.Default.ApiReplyWebhookInfo, ct);

    /// <param name="written">Told the moment at which the request had left, as a timestamp of the time provider.</param>
    public Task<TelegramOutcome<Message>> SendMessageAsync(SendMessage message, Action<long>? written, CancellationToken ct) => CallAsync(
        "sendMessage", message, TelegramJson.Default.SendMessage, TelegramJson.Default.ApiReplyMessage, ct, written: written);

    /// <inheritdoc cref="SendMessageAsync"/>
    public Task<TelegramOutcome<Message>> EditMessageTextAsync(EditMessageText edit, Action<long>? written, CancellationToken ct) => CallAsync(
        "editMessageText", edit, TelegramJson.Default.EditMessageText, TelegramJson.Default.ApiReplyMessage, ct, written: written);

    public Task<TelegramOutcome<bool>> AnswerCallbackQueryAsync(AnswerCallbackQuery answer, CancellationToken ct) => CallAsync(
        "answerCallbackQuery", answer, TelegramJson.Default.AnswerCallbackQuery, TelegramJson.Default.ApiReplyBoolean, ct);

    public Task<TelegramOutcome<bool>> SetMyCommandsAsync(SetMyCommands commands, CancellationToken ct) => CallAsync(
        "setMyCommands", commands, TelegramJson.Default.SetMyCommands, TelegramJson.Default.ApiReplyBoolean, ct);

    public Task<TelegramOutcome<TelegramFile>> GetFileAsync(string fileId, CancellationToken ct) => CallAsync(
        "getFile", new GetFile(fileId), TelegramJson.Default.GetFile, TelegramJson.Default.ApiReplyTelegramFile, ct);

    /// <summary>The bytes of a file that <see cref="GetFileAsync"/> named; null when they cannot be had now.</summary>
    public async Task<byte[]?> DownloadAsync(string filePath, CancellationToken ct)
    {
        try
        {
            using var patience = Patience(TimeSpan.FromMinutes(2), ct);
            using var response = await _http.GetAsync(_files + filePath, patience.Token);
            return response.IsSuccessStatusCode ? await response.Content.ReadAsByteArrayAsync(patience.Token) : null;
        }
        catch (Exception outage) when (IsOutage(outage))
        {
            return null;
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<TelegramOutcome<TResult>> CallAsync<TRequest, TResult>(
        string method, TRequest request, JsonTypeInfo<TRequest> requestType, JsonTypeInfo<ApiReply<TResult>> replyType,
        CancellationToken ct, TimeSpan held = default, Action<long>? written = null)
    {
        using var body = new WatchedContent(JsonSerializer.SerializeToUtf8Bytes(request, requestType), _time, written);
        HttpStatusCode? status = null;
        try
        {
            using var patience = Patience(_settings.RequestTimeout + held, ct);
            using var message = new HttpRequestMessage(HttpMethod.Post, _methods + method) { Content = body };
            using var response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            status = response.StatusCode;
            await response.Content.LoadIntoBufferAsync(patience.Token);
            await using var stream = await response.Content.ReadAsStreamAsync(patience.Token);
            return Read(await JsonSerializer.DeserializeAsync(stream, replyType, patience.Token), response.StatusCode);
        }
        catch (Exception outage) when (IsOutage(outage))
        {
            return Broken<TResult>(outage, status, body.IsWritten, ct);
        }
    }

    private static TelegramOutcome<T> Read<T>(ApiReply<T>? reply, HttpStatusCode status) => reply switch
    {
        { Ok: true, Result: { } result } => new TelegramOutcome<T>.Done(result),
        { Ok: false } => new TelegramOutcome<T>.Failed(new TelegramFailure(
            reply.ErrorCode != 0 ? reply.ErrorCode : (int)status, reply.Description ?? "",
            reply.Parameters?.RetryAfter, reply.Parameters?.MigrateToChatId)),
        _ => new TelegramOutcome<T>.Unclear("unreadable_answer"),
    };

    /// <summary>The answer was not Telegram's, or there was none: what counts is how far the request got.</summary>
    private static TelegramOutcome<T> Broken<T>(Exception outage, HttpStatusCode? status, bool written, CancellationToken ct)
    {
        // An error page of a server in between: its status is all there is to know.
        if (status is { } code && (int)code is < 200 or >= 300)
            return new TelegramOutcome<T>.Failed(new TelegramFailure((int)code, ""));

        var reason = outage switch
        {
            JsonException => "unreadable_answer",
            OperationCanceledException => ct.IsCancellationRequested ? "stopped" : "timeout",
            HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "dns",
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "tls",
            HttpRequestException { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } } => "refused",
            _ => "connection",
        };

        return written ? new TelegramOutcome<T>.Unclear(reason) : new TelegramOutcome<T>.NotSent(reason);
    }

    private static bool IsOutage(Exception e) => e is HttpRequestException or IOException or OperationCanceledException or JsonException;

    private LinkedPatience Patience(TimeSpan longest, CancellationToken ct) => new(longest, _time, ct);

    /// <summary>A caller's cancellation and a time limit that follows the injected clock.</summary>
    private sealed class LinkedPatience : IDisposable
    {
        private readonly CancellationTokenSource _limit;
        private readonly CancellationTokenSource _both;

        public LinkedPatience(TimeSpan longest, TimeProvider time, CancellationToken ct)
        {
            _limit = new CancellationTokenSource(longest, time);
            _both = CancellationTokenSource.CreateLinkedTokenSource(_limit.Token, ct);
        }

        public CancellationToken Token => _both.Token;

        public void Dispose()
        {
            _both.Dispose();
            _limit.Dispose();
        }
    }

    /// <summary>
    /// A body that knows whether it left. Before that no server can have acted on it; from then on a broken connection
    /// leaves open what happened.
    /// </summary>
    private sealed class WatchedContent : HttpContent
    {
        private readonly byte[] _bytes;
        private readonly TimeProvider _time;
        private readonly Action<long>? _written;
        private volatile bool _isWritten;

        public WatchedContent(byte[] bytes, TimeProvider time, Action<long>? written)
        {
            (_bytes, _time, _written) = (bytes, time, written);
            Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        }

        public bool IsWritten => _isWritten;

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken ct)
        {
            await stream.WriteAsync(_bytes, ct);

            // Set before the flush: a flush that fails may have sent everything.
            _isWritten = true;
            await stream.FlushAsync(ct);
            _written?.Invoke(_time.GetTimestamp());
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _bytes.Length;
            return true;
        }
    }
}
