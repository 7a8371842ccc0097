using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AlertBot.Channels.Telegram;

/// <summary>The Bot API over plain HTTP, https://core.telegram.org/bots/api.</summary>
internal sealed class TelegramClient : ITelegramClient
{
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
        _http = TelegramHttp.NewClient();
    }

    public Task<TelegramOutcome<User>> GetMeAsync(CancellationToken ct) =>
        CallAsync("getMe", new Nothing(), TelegramJson.Default.Nothing, TelegramJson.Default.ApiReplyUser, ct);

    public Task<TelegramOutcome<JsonElement[]>> GetUpdatesAsync(long offset, CancellationToken ct) => CallAsync(
        "getUpdates", new GetUpdates(offset, (int)_settings.PollTimeout.TotalSeconds, ITelegramClient.WantedUpdates),
        TelegramJson.Default.GetUpdates, TelegramJson.Default.ApiReplyJsonElementArray, ct, _settings.PollTimeout);

    public Task<TelegramOutcome<bool>> SetWebhookAsync(Uri url, string secret, CancellationToken ct) => CallAsync(
        "setWebhook", new SetWebhook(url.AbsoluteUri, secret, ITelegramClient.WantedUpdates),
        TelegramJson.Default.SetWebhook, TelegramJson.Default.ApiReplyBoolean, ct);

    public Task<TelegramOutcome<bool>> DeleteWebhookAsync(CancellationToken ct) =>
        CallAsync("deleteWebhook", new Nothing(), TelegramJson.Default.Nothing, TelegramJson.Default.ApiReplyBoolean, ct);

    public Task<TelegramOutcome<Message>> SendMessageAsync(SendMessage message, Action<long>? written, CancellationToken ct) => CallAsync(
        "sendMessage", message, TelegramJson.Default.SendMessage, TelegramJson.Default.ApiReplyMessage, ct, written: written);

    public async Task<TelegramOutcome<Message>> SendDocumentAsync(SendDocument document, Action<long>? written, CancellationToken ct)
    {
        using var form = TelegramForm.Of(document);
        using var body = new WatchedContent(await form.ReadAsByteArrayAsync(ct), _time, written, form.Headers.ContentType);
        return await CallAsync("sendDocument", body, TelegramJson.Default.ApiReplyMessage, TimeSpan.Zero, ct);
    }

    public Task<TelegramOutcome<Message>> EditMessageTextAsync(EditMessageText edit, Action<long>? written, CancellationToken ct) => CallAsync(
        "editMessageText", edit, TelegramJson.Default.EditMessageText, TelegramJson.Default.ApiReplyMessage, ct, written: written);

    public Task<TelegramOutcome<bool>> AnswerCallbackQueryAsync(AnswerCallbackQuery answer, CancellationToken ct) => CallAsync(
        "answerCallbackQuery", answer, TelegramJson.Default.AnswerCallbackQuery, TelegramJson.Default.ApiReplyBoolean, ct);

    public Task<TelegramOutcome<bool>> SetMyCommandsAsync(SetMyCommands commands, CancellationToken ct) => CallAsync(
        "setMyCommands", commands, TelegramJson.Default.SetMyCommands, TelegramJson.Default.ApiReplyBoolean, ct);

    public Task<TelegramOutcome<TelegramFile>> GetFileAsync(string fileId, CancellationToken ct) => CallAsync(
        "getFile", new GetFile(fileId), TelegramJson.Default.GetFile, TelegramJson.Default.ApiReplyTelegramFile, ct);

    public Task<byte[]?> DownloadAsync(string filePath, CancellationToken ct) => _http.DownloadAsync(_files + filePath, _time, ct);

    public void Dispose() => _http.Dispose();

    private async Task<TelegramOutcome<TResult>> CallAsync<TRequest, TResult>(
        string method, TRequest request, JsonTypeInfo<TRequest> requestType, JsonTypeInfo<ApiReply<TResult>> replyType,
        CancellationToken ct, TimeSpan held = default, Action<long>? written = null)
    {
        using var body = new WatchedContent(JsonSerializer.SerializeToUtf8Bytes(request, requestType), _time, written);
        return await CallAsync(method, body, replyType, held, ct);
    }

    private async Task<TelegramOutcome<TResult>> CallAsync<TResult>(
        string method, WatchedContent body, JsonTypeInfo<ApiReply<TResult>> replyType, TimeSpan held, CancellationToken ct)
    {
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
        catch (Exception outage) when (TelegramHttp.IsOutage(outage))
        {
            return TelegramHttp.Broken<TResult>(outage, status, body.IsWritten, ct);
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

    private Patience Patience(TimeSpan longest, CancellationToken ct) => new(longest, _time, ct);
}
