using AlertBot.Domain.Channels;
using Microsoft.Extensions.Logging;

namespace AlertBot.Channels.Telegram;

/// <summary>One bot account on Telegram, by long polling or webhook.</summary>
public sealed partial class TelegramChannel : IChannel, IDisposable
{
    /// <summary>Telegram's limit for callback data, in bytes of UTF-8.</summary>
    public const int MaxChoiceBytes = 64;

    private readonly TelegramSettings _settings;
    private readonly ITelegramClient _client;
    private readonly ILogger<TelegramChannel> _logger;
    private readonly TimeProvider _time;
    private readonly Action<ChannelAddress, long>? _onWritten;
    private User? _me;

    /// <summary>With a client of our own, over plain HTTP.</summary>
    /// <param name="onWritten">
    /// Told for each message or edit when its request had left, as a timestamp of <paramref name="time"/>:
    /// what the pace of sending is counted from.
    /// </param>
    public TelegramChannel(
        TelegramSettings settings, ILogger<TelegramChannel> logger, TimeProvider? time = null, Action<ChannelAddress, long>? onWritten = null)
        : this(settings, new TelegramClient(settings, time ?? TimeProvider.System), logger, time, onWritten)
    {
    }

    internal TelegramChannel(
        TelegramSettings settings, ITelegramClient client, ILogger<TelegramChannel> logger, TimeProvider? time, Action<ChannelAddress, long>? onWritten)
    {
        (_settings, _client, _logger, _time, _onWritten) = (settings, client, logger, time ?? TimeProvider.System, onWritten);
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

    public async Task<SendResult> SendAsync(ChannelAddress to, OutgoingMessage message, CancellationToken ct)
    {
        if (TelegramAddress.Read(to) is not { } address)
            return new SendResult.Refused(Refusal.ChatNotFound);

        if (message.File is { } file)
        {
            if (message.Text.Plain.Length > TelegramForm.MaxCaption)
                return new SendResult.Refused(Refusal.BadMessage);
            return TelegramAnswers.Read(
                await _client.SendDocumentAsync(
                    new SendDocument(address.ChatId, address.ThreadId, message.Text.Plain, message.Silent ? true : null, file), WrittenTo(to), ct),
                address);
        }

        var outcome = await _client.SendMessageAsync(
            new SendMessage
            {
                ChatId = address.ChatId,
                MessageThreadId = address.ThreadId,
                Text = message.Text.Plain,
                Entities = EntitiesOf(message.Text),
                DisableNotification = message.Silent ? true : null,
                ReplyParameters = TelegramAddress.ReadRef(message.ReplyTo) is { } reply ? new ReplyParameters(reply, true) : null,
                ReplyMarkup = MarkupOf(message, address),
            },
            WrittenTo(to), ct);
        return TelegramAnswers.Read(outcome, address);
    }

    /// <summary>A message without choices loses the buttons it had.</summary>
    public async Task<SendResult> EditAsync(ChannelAddress to, MessageRef sent, OutgoingMessage message, CancellationToken ct)
    {
        if (TelegramAddress.Read(to) is not { } address)
            return new SendResult.Refused(Refusal.ChatNotFound);
        if (TelegramAddress.ReadRef(sent) is not { } id)
            return new SendResult.Refused(Refusal.NotEditable);

        var outcome = await _client.EditMessageTextAsync(
            new EditMessageText
            {
                ChatId = address.ChatId,
                MessageId = id,
                Text = message.Text.Plain,
                Entities = EntitiesOf(message.Text),
                ReplyMarkup = InlineOf(message),
            },
            WrittenTo(to), ct);
        return TelegramAnswers.ReadEdit(outcome, address, sent);
    }

    public async Task AnswerPressAsync(string pressHandle, string? notice, CancellationToken ct)
    {
        // A press is old after some seconds; then nobody looks at the spinning button any more either.
        var outcome = await _client.AnswerCallbackQueryAsync(
            new AnswerCallbackQuery(pressHandle, notice is { Length: > 200 } ? notice[..199] + "…" : notice), ct);
        if (outcome is TelegramOutcome<bool>.Failed failed)
            LogPressNotAnswered(failed.Why.Code);
    }

    public async Task SetCommandsAsync(
        IReadOnlyList<CommandHint> commands, string? language, ChannelAddress? chat, CancellationToken ct)
    {
        var scope = chat is null ? null : TelegramAddress.Read(chat) is { } address ? new BotCommandScope("chat", address.ChatId) : null;
        if (chat is not null && scope is null)
            return;

        // The menu is a convenience: without it every command works all the same.
        var outcome = await _client.SetMyCommandsAsync(
            new SetMyCommands([.. commands.Select(hint => new BotCommand(hint.Command.TrimStart('/'), hint.Description))], scope, language), ct);
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

    public Task<bool> TrustAsync(ChannelAddress who, CancellationToken ct) => Task.FromResult(true);

    public async Task<FetchedFile?> FetchAsync(string handle, CancellationToken ct) =>
        await DownloadAsync(handle, ct) is { } content ? new FetchedFile(content, null) : null;

    /// <summary>The bytes of a file that a person sent; null when Telegram does not give them (too large, or gone).</summary>
    public async Task<byte[]?> DownloadAsync(string fileHandle, CancellationToken ct) =>
        await _client.GetFileAsync(fileHandle, ct) is TelegramOutcome<TelegramFile>.Done { Result.FilePath: { } path }
            ? await _client.DownloadAsync(path, ct)
            : null;

    public void Dispose() => _client.Dispose();

    private Action<long>? WrittenTo(ChannelAddress to) => _onWritten is null ? null : timestamp => _onWritten(to, timestamp);

    private static List<MessageEntity>? EntitiesOf(RichText text) =>
        text.Spans.Count == 0 ? null : [.. text.Spans.Where(span => span.Length > 0).Select(span => new MessageEntity(
            span.Style switch
            {
                TextStyle.Bold => "bold",
                TextStyle.Italic => "italic",
                TextStyle.Strikethrough => "strikethrough",
                TextStyle.Code => "code",
                TextStyle.Spoiler => "spoiler",
                TextStyle.Link => "text_link",
                _ => throw new ArgumentOutOfRangeException(nameof(text), span.Style, null),
            },
            span.Start, span.Length, span.Target))];

    private static ReplyMarkup? MarkupOf(OutgoingMessage message, TelegramAddress to) =>
        InlineOf(message) ?? (message.AskLocation && !to.IsGroup ? AskLocation : null);

    private static ReplyMarkup? InlineOf(OutgoingMessage message)
    {
        var rows = message.Choices?.Where(row => row.Count > 0)
            .Select(row => row.Select(choice => new InlineButton(choice.Label, choice.Data)).ToList()).ToList();
        return rows is { Count: > 0 } ? new ReplyMarkup { InlineKeyboard = rows } : null;
    }

    // Telegram offers it in private chats only. A sign instead of a word: the button speaks every language.
    private static ReplyMarkup AskLocation { get; } = new()
    {
        Keyboard = [[new KeyboardButton("📍", true)]],
        ResizeKeyboard = true,
        OneTimeKeyboard = true,
    };
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
