using System.Text.Json;

namespace AlertBot.Channels.Telegram;

/// <summary>
/// The calls of the Bot API that <see cref="TelegramChannel"/> needs, whatever library makes them. A client makes one attempt
/// and never throws for what the network or Telegram does: the addresses it calls hold the token, and an exception would carry
/// them into a log.
/// </summary>
internal interface ITelegramClient : IDisposable
{
    /// <summary>What we read of the world; everything else would only wait in Telegram's queue.</summary>
    static readonly IReadOnlyList<string> WantedUpdates = ["message", "edited_message", "callback_query", "my_chat_member", "chat_member"];

    Task<TelegramOutcome<User>> GetMeAsync(CancellationToken ct);

    /// <summary>Each update as it came, so that one that cannot be read does not stop the others.</summary>
    Task<TelegramOutcome<JsonElement[]>> GetUpdatesAsync(long offset, CancellationToken ct);

    Task<TelegramOutcome<bool>> SetWebhookAsync(Uri url, string secret, CancellationToken ct);

    /// <summary>Keeps what waits in Telegram's queue.</summary>
    Task<TelegramOutcome<bool>> DeleteWebhookAsync(CancellationToken ct);

    /// <param name="written">Told the moment at which the request had left, as a timestamp of the time provider.</param>
    Task<TelegramOutcome<Message>> SendMessageAsync(SendMessage message, Action<long>? written, CancellationToken ct);

    /// <inheritdoc cref="SendMessageAsync"/>
    Task<TelegramOutcome<Message>> SendDocumentAsync(SendDocument document, Action<long>? written, CancellationToken ct);

    /// <inheritdoc cref="SendMessageAsync"/>
    Task<TelegramOutcome<Message>> EditMessageTextAsync(EditMessageText edit, Action<long>? written, CancellationToken ct);

    Task<TelegramOutcome<bool>> AnswerCallbackQueryAsync(AnswerCallbackQuery answer, CancellationToken ct);

    Task<TelegramOutcome<bool>> SetMyCommandsAsync(SetMyCommands commands, CancellationToken ct);

    Task<TelegramOutcome<TelegramFile>> GetFileAsync(string fileId, CancellationToken ct);

    /// <summary>The bytes of a file that <see cref="GetFileAsync"/> named; null when they cannot be had now.</summary>
    Task<byte[]?> DownloadAsync(string filePath, CancellationToken ct);
}
