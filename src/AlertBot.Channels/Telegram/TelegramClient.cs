using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Telegram.Bot;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Requests;
using Telegram.Bot.Requests.Abstractions;
using Telegram.Bot.Types.Enums;

namespace AlertBot.Channels.Telegram;

/// <summary>
/// The Bot API. Telegram.Bot sends, with one attempt per call, since the outbox decides when to send again. We fetch updates ourselves and
/// pass them on as bytes: the library throws on unknown kinds, and its own loop moves on past an update that could not be stored.
/// </summary>
/// <remarks>
/// It never throws for a fault of the network or Telegram: its addresses hold the token, and an exception would carry them into a log.
/// </remarks>
internal sealed class TelegramClient : IDisposable
{
    /// <summary>A longer answer is cut off, and read as far as it goes.</summary>
    internal const int LargestAnswer = 32 << 20;

    private static readonly UpdateType[] WantedUpdates =
        [UpdateType.Message, UpdateType.EditedMessage, UpdateType.CallbackQuery, UpdateType.MyChatMember, UpdateType.ChatMember];

    private static readonly string[] WantedNames = ["message", "edited_message", "callback_query", "my_chat_member", "chat_member"];

    private readonly TelegramSettings _settings;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;
    private readonly TelegramBotClientOptions _options;
    private readonly TelegramBotClient _bot;

    public TelegramClient(TelegramSettings settings, TimeProvider time)
    {
        (_settings, _time) = (settings, time);
        _http = TelegramHttp.NewClient(connection => new BelowPath(settings.ApiUrl.AbsolutePath.TrimEnd('/'), connection));
        _options = new TelegramBotClientOptions(settings.Token, settings.ApiUrl.AbsoluteUri)
        {
            // Otherwise the library waits out a 429 by itself, up to three times for a minute, and the outbox does not learn of it.
            RetryThreshold = 0,
            RetryCount = 1,
        };
        _bot = new TelegramBotClient(_options, _http);
    }

    public Task<TelegramOutcome<User>> GetMeAsync(CancellationToken ct) => CallAsync<User>(new GetMeRequest(), ct);

    /// <summary>Keeps the updates that wait in Telegram's queue.</summary>
    public Task<TelegramOutcome<bool>> DeleteWebhookAsync(CancellationToken ct) => CallAsync<bool>(new DeleteWebhookRequest(), ct);

    public Task<TelegramOutcome<bool>> SetWebhookAsync(Uri url, string secret, CancellationToken ct) => CallAsync<bool>(
        new SetWebhookRequest
        {
            Url = url.AbsoluteUri,
            SecretToken = secret,
            AllowedUpdates = WantedUpdates,
            MaxConnections = TelegramWebhookQueue.MostTogether,
        },
        ct);

    /// <param name="left">Called once the request has left.</param>
    public Task<TelegramOutcome<SentMessage>> SendAsync(IRequest message, Action? left, CancellationToken ct) =>
        CallAsync<SentMessage>(message, ct, left);

    public Task<TelegramOutcome<bool>> DeleteMessageAsync(DeleteMessageRequest message, CancellationToken ct) => CallAsync<bool>(message, ct);

    public Task<TelegramOutcome<bool>> AnswerCallbackQueryAsync(string id, string? text, CancellationToken ct) =>
        CallAsync<bool>(new AnswerCallbackQueryRequest { CallbackQueryId = id, Text = text }, ct);

    public Task<TelegramOutcome<bool>> SetMyCommandsAsync(SetMyCommandsRequest commands, CancellationToken ct) => CallAsync<bool>(commands, ct);

    public Task<TelegramOutcome<TelegramFile>> GetFileAsync(string fileId, CancellationToken ct) =>
        CallAsync<TelegramFile>(new GetFileRequest { FileId = fileId }, ct);

    /// <summary>The bytes of a file that <see cref="GetFileAsync"/> named; null if they are unavailable now.</summary>
    public Task<byte[]?> DownloadAsync(string filePath, CancellationToken ct) => _http.DownloadAsync($"{_options.BaseFileUrl}/{filePath}", _time, ct);

    public async Task<TelegramOutcome<RawUpdates>> GetUpdatesAsync(long offset, int limit, CancellationToken ct)
    {
        var ask = new GetUpdates(offset, limit, (int)_settings.PollTimeout.TotalSeconds, WantedNames);
        using var body = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(ask, TelegramJson.Default.GetUpdates));
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        HttpStatusCode? status = null;
        try
        {
            using var patience = new Patience(_settings.RequestTimeout + _settings.PollTimeout, _time, ct);
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{_options.BaseRequestUrl}/getUpdates") { Content = body };
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            status = response.StatusCode;
            var answer = await response.Content.ReadUpToAsync(LargestAnswer, patience.Token);
            if (!response.IsSuccessStatusCode)
                return new TelegramOutcome<RawUpdates>.Failed(FailureIn(answer, response.StatusCode));
            return RawUpdates.Read(answer) is { } updates
                ? new TelegramOutcome<RawUpdates>.Done(updates)
                : new TelegramOutcome<RawUpdates>.Unclear("unreadable_answer");
        }
        catch (Exception outage) when (TelegramHttp.IsOutage(outage))
        {
            return TelegramHttp.Broken<RawUpdates>(outage, status, written: true, ct);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<TelegramOutcome<T>> CallAsync<T>(IRequest request, CancellationToken ct, Action? left = null)
    {
        using var call = new WatchedRequest<T>(request, left);
        try
        {
            using var patience = new Patience(_settings.RequestTimeout, _time, ct);
            return new TelegramOutcome<T>.Done(await _bot.SendRequest(call, patience.Token));
        }
        catch (ApiRequestException no)
        {
            return new TelegramOutcome<T>.Failed(
                new TelegramFailure(no.ErrorCode, no.Message, no.Parameters?.RetryAfter, no.Parameters?.MigrateToChatId));
        }
        catch (RequestException broken)
        {
            return TelegramHttp.Broken<T>(CauseOf(broken), broken.HttpStatusCode, call.IsWritten, ct);
        }
        catch (OperationCanceledException impatient)
        {
            return TelegramHttp.Broken<T>(impatient, status: null, call.IsWritten, ct);
        }
    }

    private static TelegramFailure FailureIn(ReadOnlyMemory<byte> answer, HttpStatusCode status)
    {
        var said = ReadableParts.Of(answer.Span, TelegramJson.Default.ApiFailure);
        return new TelegramFailure(
            said is { ErrorCode: not 0 } ? said.ErrorCode : (int)status, said?.Description ?? "",
            said?.Parameters?.RetryAfter, said?.Parameters?.MigrateToChatId);
    }

    // An answer that the library read but could not interpret counts as unreadable.
    private static Exception CauseOf(RequestException broken) =>
        broken is { HttpStatusCode: HttpStatusCode.OK } ? new JsonException() : broken.InnerException ?? broken;
}
