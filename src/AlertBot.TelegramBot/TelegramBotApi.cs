using System.Net;
using System.Text.Json;
using AlertBot.Channels;
using AlertBot.Channels.Telegram;
using Telegram.Bot;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Requests;
using Telegram.Bot.Types.Enums;
using Message = AlertBot.Channels.Telegram.Message;
using User = AlertBot.Channels.Telegram.User;

namespace AlertBot.TelegramBot;

/// <summary>
/// The Bot API through Telegram.Bot. Its own polling loop and its own waiting are left out: the loop moves on past an update
/// that could not be stored, and when to send again is for the outbox to say.
/// </summary>
internal sealed class TelegramBotApi : ITelegramClient
{
    private static readonly UpdateType[] WantedUpdates =
        [UpdateType.Message, UpdateType.EditedMessage, UpdateType.CallbackQuery, UpdateType.MyChatMember, UpdateType.ChatMember];

    private readonly TelegramSettings _settings;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;
    private readonly TelegramBotClientOptions _options;
    private readonly TelegramBotClient _bot;

    public TelegramBotApi(TelegramSettings settings, TimeProvider time)
    {
        (_settings, _time) = (settings, time);
        _http = TelegramHttp.NewClient(connection => new BelowPath(settings.ApiUrl.AbsolutePath.TrimEnd('/'), connection));
        _options = new TelegramBotClientOptions(settings.Token, settings.ApiUrl.AbsoluteUri)
        {
            // Otherwise it waits out a 429 by itself, up to a minute and three times, with the outbox none the wiser.
            RetryThreshold = 0,
            RetryCount = 1,
        };
        _bot = new TelegramBotClient(_options, _http);
    }

    public Task<TelegramOutcome<User>> GetMeAsync(CancellationToken ct) => CallAsync<User>(new GetMeRequest(), ct);

    public Task<TelegramOutcome<JsonElement[]>> GetUpdatesAsync(long offset, CancellationToken ct) => CallAsync<JsonElement[]>(
        new GetUpdatesRequest
        {
            Offset = int.CreateSaturating(offset),
            Limit = 100,
            Timeout = (int)_settings.PollTimeout.TotalSeconds,
            AllowedUpdates = WantedUpdates,
        },
        ct, held: _settings.PollTimeout);

    public Task<TelegramOutcome<bool>> SetWebhookAsync(Uri url, string secret, CancellationToken ct) => CallAsync<bool>(
        new SetWebhookRequest { Url = url.AbsoluteUri, SecretToken = secret, AllowedUpdates = WantedUpdates, MaxConnections = 40 }, ct);

    public Task<TelegramOutcome<bool>> DeleteWebhookAsync(CancellationToken ct) => CallAsync<bool>(new DeleteWebhookRequest(), ct);

    public Task<TelegramOutcome<Message>> SendMessageAsync(SendMessage message, Action<long>? written, CancellationToken ct) =>
        CallAsync<Message>(TelegramBotWords.Of(message), ct, written: written);

    public Task<TelegramOutcome<Message>> SendDocumentAsync(SendDocument document, Action<long>? written, CancellationToken ct) =>
        CallAsync<Message>(TelegramBotWords.Of(document), ct, written: written);

    public Task<TelegramOutcome<Message>> EditMessageTextAsync(EditMessageText edit, Action<long>? written, CancellationToken ct) =>
        CallAsync<Message>(TelegramBotWords.Of(edit), ct, written: written);

    public Task<TelegramOutcome<bool>> AnswerCallbackQueryAsync(AnswerCallbackQuery answer, CancellationToken ct) => CallAsync<bool>(
        new AnswerCallbackQueryRequest { CallbackQueryId = answer.CallbackQueryId, Text = answer.Text }, ct);

    public Task<TelegramOutcome<bool>> SetMyCommandsAsync(SetMyCommands commands, CancellationToken ct) =>
        CallAsync<bool>(TelegramBotWords.Of(commands), ct);

    public Task<TelegramOutcome<TelegramFile>> GetFileAsync(string fileId, CancellationToken ct) =>
        CallAsync<TelegramFile>(new GetFileRequest { FileId = fileId }, ct);

    public Task<byte[]?> DownloadAsync(string filePath, CancellationToken ct) =>
        _http.DownloadAsync($"{_options.BaseFileUrl}/{filePath}", _time, ct);

    public void Dispose() => _http.Dispose();

    private async Task<TelegramOutcome<T>> CallAsync<T>(
        Telegram.Bot.Requests.Abstractions.IRequest request, CancellationToken ct, TimeSpan held = default, Action<long>? written = null)
    {
        using var call = new WatchedRequest<T>(request, _time, written);
        try
        {
            using var patience = new Patience(_settings.RequestTimeout + held, _time, ct);
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

    // Whatever it could read of an answer without making sense of it is an unreadable answer.
    private static Exception CauseOf(RequestException broken) =>
        broken is { HttpStatusCode: HttpStatusCode.OK } ? new JsonException() : broken.InnerException ?? broken;
}
