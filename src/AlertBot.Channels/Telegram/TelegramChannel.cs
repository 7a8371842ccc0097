using AlertBot.Domain.Channels;
using Microsoft.Extensions.Logging;

namespace AlertBot.Channels.Telegram;

/// <summary>One bot account on Telegram, by long polling or webhook.</summary>
public sealed partial class TelegramChannel : IChannel, IDisposable
{
    /// <summary>Telegram's limit for callback data, in bytes of UTF-8.</summary>
    public const int MaxChoiceBytes = 64;

    private readonly TelegramSettings _settings;
    private readonly TelegramClient _client;
    private readonly ILogger<TelegramChannel> _logger;
    private readonly TimeProvider _time;
    private User? _me;

    public TelegramChannel(TelegramSettings settings, ILogger<TelegramChannel> logger, TimeProvider? time = null)
    {
        (_settings, _logger, _time) = (settings, logger, time ?? TimeProvider.System);
        _client = new TelegramClient(settings, _time);
        // Telegram documents the text's limit alone. The others are what people who write bots have found: of more than 100 entities the rest is
        // ignored, and more than 100 buttons or 10 kB of them are refused (REPLY_MARKUP_TOO_LONG).
        Capabilities = new ChannelCapabilities(
            HasButtons: true, CanEdit: true, MaxTextLength: 4096, settings.MessagesPerSecond, PerChat: 1, PerGroupPerMinute: 20)
        {
            Limits = new MessageLimits(Styles: 100, Buttons: 100, ButtonBytes: 9_000),
            // Those who must hear of one event are rarely more. The rest of the second stays for whatever comes next.
            Burst = 10,
        };
        Webhook = new TelegramWebhookQueue(settings.EffectiveSecret);
    }

    public ChannelKind Kind => ChannelKind.Telegram;

    public ChannelCapabilities Capabilities { get; }

    public bool ReceivesOnOneNode => _settings.Mode == TelegramMode.Polling;

    /// <summary>The state of receiving, for health checks and the operator.</summary>
    public TelegramState State { get; private set; } = TelegramState.Starting;

    /// <summary>Holds the webhook's deliveries until somebody receives them.</summary>
    internal TelegramWebhookQueue Webhook { get; }

    public IAsyncEnumerable<IncomingUpdate> ReceiveAsync(CancellationToken ct) =>
        _settings.Mode == TelegramMode.Webhook ? ReceivePushedAsync(ct) : ReceivePolledAsync(ct);

    /// <summary>Asks Telegram for the bot's identity. Null on failure; <see cref="State"/> then says why.</summary>
    public async Task<TelegramIdentity?> IdentifyAsync(CancellationToken ct)
    {
        if (_me is null)
        {
            var answer = await _client.GetMeAsync(ct);
            if (answer is TelegramOutcome<User>.Done done)
                _me = done.Result;
            else
                State = StateOf(answer);
        }

        return _me is null ? null : new TelegramIdentity(_me.Id, _me.Username ?? "");
    }

    public async Task<SendResult> SendAsync(ChannelAddress to, OutgoingMessage message, CancellationToken ct, Action? left = null)
    {
        if (TelegramAddress.Read(to) is not { } address)
            return new SendResult.Refused(Refusal.ChatNotFound);
        if (message is { File: not null, Text.Plain.Length: > TelegramRequests.MaxCaption })
            return new SendResult.Refused(Refusal.BadMessage);

        var outcome = message.File is { } file
            ? await _client.SendAsync(TelegramRequests.SendFile(address, message, file), left, ct)
            : await _client.SendAsync(TelegramRequests.Send(address, message), left, ct);
        return TelegramAnswers.Read(outcome, address);
    }

    /// <summary>An edit without choices removes the buttons.</summary>
    public async Task<SendResult> EditAsync(
        ChannelAddress to, MessageRef sent, OutgoingMessage message, CancellationToken ct, Action? left = null)
    {
        if (TelegramAddress.Read(to) is not { } address)
            return new SendResult.Refused(Refusal.ChatNotFound);
        if (TelegramAddress.ReadRef(sent) is not { } id)
            return new SendResult.Refused(Refusal.NotEditable);

        return TelegramAnswers.ReadEdit(await _client.SendAsync(TelegramRequests.Edit(address, id, message), left, ct), address, sent);
    }

    /// <summary>Telegram allows this for 48 hours in a private chat.</summary>
    public async Task<SendResult> DeleteAsync(ChannelAddress to, MessageRef sent, CancellationToken ct)
    {
        if (TelegramAddress.Read(to) is not { } address || TelegramAddress.ReadRef(sent) is not { } id)
            return new SendResult.Refused(Refusal.NotEditable);
        return TelegramAnswers.ReadDelete(await _client.DeleteMessageAsync(TelegramRequests.Delete(address, id), ct), address, sent);
    }

    public async Task AnswerPressAsync(string pressHandle, string? notice, CancellationToken ct)
    {
        // Telegram forgets a press after some seconds, when nobody watches the spinning button any more.
        var outcome = await _client.AnswerCallbackQueryAsync(pressHandle, notice is null ? null : Shortened.To(notice, 200), ct);
        if (outcome is TelegramOutcome<bool>.Failed failed)
            LogPressNotAnswered(failed.Why.Code);
    }

    public async Task SetCommandsAsync(
        IReadOnlyList<CommandHint> commands, string? language, ChannelAddress? chat, CancellationToken ct)
    {
        var address = chat is null ? null : TelegramAddress.Read(chat);
        if (chat is not null && address is null)
            return;

        // Every command works without the menu.
        var outcome = await _client.SetMyCommandsAsync(TelegramRequests.SetCommands(commands, language, address), ct);
        if (outcome is TelegramOutcome<bool>.Failed failed)
            LogCommandsNotSet(failed.Why.Code);
    }

    /// <summary>Telegram allows A-Z, a-z, 0-9, _ and -, at most 64. Null for anything else.</summary>
    public async Task<string?> DeepLinkAsync(string argument, CancellationToken ct)
    {
        if (argument.Length is 0 or > 64 || !argument.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'))
            return null;
        return await IdentifyAsync(ct) is { Username.Length: > 0 } me ? $"https://t.me/{me.Username}?start={argument}" : null;
    }

    public Task<bool> AnswerChallengeAsync(string challenge, string answer, CancellationToken ct) => Task.FromResult(false);

    public Task<bool> TrustAsync(ChannelAddress who, CancellationToken ct, string? number = null) => Task.FromResult(true);

    public async Task<FetchedFile?> FetchAsync(string handle, CancellationToken ct) =>
        await DownloadAsync(handle, ct) is { } content ? new FetchedFile(content, null) : null;

    /// <summary>The bytes of a file that a person sent; null if it is too large or gone.</summary>
    public async Task<byte[]?> DownloadAsync(string fileHandle, CancellationToken ct) =>
        await _client.GetFileAsync(fileHandle, ct) is TelegramOutcome<TelegramFile>.Done { Result.FilePath: { } path }
            ? await _client.DownloadAsync(path, ct)
            : null;

    public void Dispose() => _client.Dispose();
}

public sealed record TelegramIdentity(long Id, string Username);

public enum TelegramState
{
    Starting,
    Receiving,

    /// <summary>No connection, or Telegram is down; retried with growing pauses.</summary>
    Unreachable,

    /// <summary>Telegram refuses the token: nothing works until the operator sets a valid one.</summary>
    TokenRefused,

    /// <summary>Another program or a webhook receives for this bot.</summary>
    Conflict,
}
