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
        Capabilities = new ChannelCapabilities(
            HasButtons: true, CanEdit: true, MaxTextLength: 4096, settings.MessagesPerSecond, PerChat: 1, PerGroupPerMinute: 20);
        Webhook = new TelegramWebhookQueue(settings.EffectiveSecret);
    }

    public ChannelKind Kind => ChannelKind.Telegram;

    public ChannelCapabilities Capabilities { get; }

    public bool ReceivesOnOneNode => _settings.Mode == TelegramMode.Polling;

    /// <summary>Where receiving stands, for health checks and the operator.</summary>
    public TelegramState State { get; private set; } = TelegramState.Starting;

    /// <summary>Deliveries of the webhook endpoint wait here until somebody receives.</summary>
    internal TelegramWebhookQueue Webhook { get; }

    public IAsyncEnumerable<IncomingUpdate> ReceiveAsync(CancellationToken ct) =>
        _settings.Mode == TelegramMode.Webhook ? ReceivePushedAsync(ct) : ReceivePolledAsync(ct);

    /// <summary>Asks Telegram who we are. Null with <see cref="State"/> saying why, when it does not tell.</summary>
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

    /// <summary>A message without choices loses the buttons it had.</summary>
    public async Task<SendResult> EditAsync(
        ChannelAddress to, MessageRef sent, OutgoingMessage message, CancellationToken ct, Action? left = null)
    {
        if (TelegramAddress.Read(to) is not { } address)
            return new SendResult.Refused(Refusal.ChatNotFound);
        if (TelegramAddress.ReadRef(sent) is not { } id)
            return new SendResult.Refused(Refusal.NotEditable);

        return TelegramAnswers.ReadEdit(await _client.SendAsync(TelegramRequests.Edit(address, id, message), left, ct), address, sent);
    }

    /// <summary>In a private chat Telegram lets a bot do so for 48 hours.</summary>
    public async Task<SendResult> DeleteAsync(ChannelAddress to, MessageRef sent, CancellationToken ct)
    {
        if (TelegramAddress.Read(to) is not { } address || TelegramAddress.ReadRef(sent) is not { } id)
            return new SendResult.Refused(Refusal.NotEditable);
        return TelegramAnswers.ReadDelete(await _client.DeleteMessageAsync(TelegramRequests.Delete(address, id), ct), address, sent);
    }

    public async Task AnswerPressAsync(string pressHandle, string? notice, CancellationToken ct)
    {
        // A press is old after some seconds; then nobody looks at the spinning button any more either.
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

        // The menu is a convenience: without it every command works all the same.
        var outcome = await _client.SetMyCommandsAsync(TelegramRequests.SetCommands(commands, language, address), ct);
        if (outcome is TelegramOutcome<bool>.Failed failed)
            LogCommandsNotSet(failed.Why.Code);
    }

    /// <summary>Telegram takes A-Z, a-z, 0-9, _ and -, at most 64; for anything else, null.</summary>
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

    /// <summary>The bytes of a file that a person sent; null when Telegram does not give them (too large, or gone).</summary>
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

    /// <summary>No connection, or Telegram is down; tried again with growing pauses.</summary>
    Unreachable,

    /// <summary>Telegram refuses the token: nothing works until the operator gives a good one.</summary>
    TokenRefused,

    /// <summary>Somebody else receives for this bot: a second program, or a webhook.</summary>
    Conflict,
}
