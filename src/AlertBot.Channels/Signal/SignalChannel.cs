using System.Text.Json.Nodes;
using AlertBot.Domain.Channels;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace AlertBot.Channels.Signal;

/// <summary>One Signal account, served by a <c>signal-cli daemon --http</c>.</summary>
public sealed partial class SignalChannel : IChannel, IDisposable
{
    private readonly SignalSettings _settings;
    private readonly SignalClient _client;
    private readonly ILogger<SignalChannel> _logger;
    private static readonly Duration Soon = Duration.FromSeconds(2);

    private readonly TimeProvider _time;
    private bool _isDoubtful;
    private readonly SignalEdits _edits;

    public SignalChannel(SignalSettings settings, ILogger<SignalChannel> logger, TimeProvider? time = null)
    {
        (_settings, _logger, _time) = (settings, logger, time ?? TimeProvider.System);
        _client = new SignalClient(settings, _time);
        _edits = new SignalEdits(_time);
        _self = new Self(settings.Account);

        // Text beyond 2000 bytes travels as an attachment, and phones show it whole. 2000 units are safe in any script.
        // Signal's server counts for each recipient (60 at once, then one a second), not for the account; see docs/signal.md. A copy to each member
        // of a group may count too, and so may what we do not send through the outbox: receipts and reactions.
        Capabilities = new ChannelCapabilities(
            HasButtons: false, CanEdit: true, MaxTextLength: 2000, MessagesPerSecond: 20, PerChat: 1, PerGroupPerMinute: 40)
        {
            ChatBurst = 40,
            AlertBurst = 40,
            NewPeople = settings.Policy.BudgetOf(settings.NewPeoplePerDay),
            NewPeoplePause = 1,
            Jitter = 0.5,
            HasReadReceipts = true,
        };
    }

    public ChannelKind Kind => ChannelKind.Signal;

    public ChannelCapabilities Capabilities { get; }

    /// <summary>The daemon sends every event to every listening node.</summary>
    public bool ReceivesOnOneNode => true;

    /// <summary>Where receiving stands, for health checks and the operator.</summary>
    public SignalState State { get; private set; } = SignalState.Starting;

    public async Task<SendResult> SendAsync(ChannelAddress to, OutgoingMessage message, CancellationToken ct, Action? left = null)
    {
        if (SignalAddress.Read(to) is not { } address)
            return new SendResult.Refused(Refusal.ChatNotFound);
        if (address.IsNumber && await FindAccountAsync(address, ct) is { } known)
            return known;

        if (await IsDownAsync(ct))
            return new SendResult.TryLater(Soon, "daemon_down", WaitScope.Message);
        var quoted = SignalRef.Read(message.ReplyTo);
        var outcome = await _client.CallAsync(
            "send",
            To(address, Content(message)) with
            {
                QuoteTimestamp = quoted?.SentAt,
                QuoteAuthor = quoted is { } quote ? quote.Author?.Value ?? _settings.Account : null,
            },
            SignalJson.Default.SendResponse, ct, left);
        LogMissed(outcome);
        return Heard(SignalAnswers.Read(outcome));
    }

    /// <summary>Always names the message by its first timestamp, however often it was edited.</summary>
    public async Task<SendResult> EditAsync(
        ChannelAddress to, MessageRef sent, OutgoingMessage message, CancellationToken ct, Action? left = null)
    {
        if (SignalAddress.Read(to) is not { } address)
            return new SendResult.Refused(Refusal.ChatNotFound);
        if (SignalRef.Read(sent) is not { Author: null } known || _edits.OriginalOf(known.SentAt) is var original && !_edits.IsOpen(original))
            return new SendResult.Refused(Refusal.NotEditable);

        if (await IsDownAsync(ct))
            return new SendResult.TryLater(Soon, "daemon_down", WaitScope.Message);
        var outcome = await _client.CallAsync(
            "send", To(address, Content(message)) with { EditTimestamp = original }, SignalJson.Default.SendResponse, ct, left);
        LogMissed(outcome);
        var result = Heard(SignalAnswers.Read(outcome));
        if (result is SendResult.Sent changed && SignalRef.Read(changed.Message) is { } now)
            _edits.Add(original, now.SentAt);
        return result;
    }

    /// <summary>Phones obey a deletion within a day after sending, and ignore it later.</summary>
    public async Task<SendResult> DeleteAsync(ChannelAddress to, MessageRef sent, CancellationToken ct)
    {
        if (SignalAddress.Read(to) is not { } address || SignalRef.Read(sent) is not { Author: null } known
            || _edits.OriginalOf(known.SentAt) is var original && !_edits.IsYoung(original))
            return new SendResult.Refused(Refusal.NotEditable);
        if (await IsDownAsync(ct))
            return new SendResult.TryLater(Soon, "daemon_down", WaitScope.Message);
        return Heard(SignalAnswers.Read(await _client.CallAsync(
            "remoteDelete", To(address, new RpcParams { TargetTimestamp = original }), SignalJson.Default.SendResponse, ct)));
    }

    // A broken request may have arrived, so its message is repeated only once and then given up. While the daemon is down the repetition would break
    // too, so we first ask whether it is up.
    private async Task<bool> IsDownAsync(CancellationToken ct) =>
        Volatile.Read(ref _isDoubtful) && await _client.CheckAsync(ct) is not SignalOutcome<bool>.Done;

    private SendResult Heard(SendResult result)
    {
        Volatile.Write(ref _isDoubtful, result is SendResult.Maybe);
        return result;
    }

    /// <summary>Answers with a thumb up on the person's message. Signal cannot show the notice: callers send it as a message.</summary>
    public async Task AnswerPressAsync(string pressHandle, string? notice, CancellationToken ct)
    {
        if (PressHandle.Read(pressHandle) is not { } press)
            return;

        var outcome = await _client.CallAsync(
            "sendReaction",
            To(press.Chat, new RpcParams
            {
                Emoji = "👍",
                TargetAuthor = press.Message.Author?.Value ?? _settings.Account,
                TargetTimestamp = press.Message.SentAt,
            }),
            SignalJson.Default.SendResponse, ct);
        if (outcome is not SignalOutcome<SendResponse>.Done)
            LogNotDone("sendReaction", CodeOf(outcome));
    }

    /// <summary>Signal has no command menu.</summary>
    public Task SetCommandsAsync(
        IReadOnlyList<CommandHint> commands, string? language, ChannelAddress? chat, CancellationToken ct) => Task.CompletedTask;

    /// <summary>A Signal link opens a chat but carries no argument.</summary>
    public Task<string?> DeepLinkAsync(string argument, CancellationToken ct) => Task.FromResult<string?>(null);

    public async Task<FetchedFile?> FetchAsync(string handle, CancellationToken ct)
    {
        if (FileHandle.Read(handle) is not { } file)
            return null;

        var outcome = await _client.CallAsync("getAttachment", ToOne(file.Chat) with { Id = file.Id }, SignalJson.Default.AttachmentData, ct);
        if (outcome is SignalOutcome<AttachmentData>.Done { Result.Data: { } data })
        {
            var content = new byte[data.Length / 4 * 3 + 3];
            if (Convert.TryFromBase64String(data, content, out var length))
                return new FetchedFile(content[..length], null);
        }

        LogNotDone("getAttachment", CodeOf(outcome));
        return null;
    }

    /// <param name="answer">The link behind "Open Signal" on the solved captcha, with or without <c>signalcaptcha://</c> at the start.</param>
    public async Task<bool> AnswerChallengeAsync(string challenge, string answer, CancellationToken ct)
    {
        const string Beginning = "signalcaptcha://";
        answer = answer.Trim();
        if (answer.StartsWith(Beginning, StringComparison.OrdinalIgnoreCase))
            answer = answer[Beginning.Length..];
        if (challenge.Length == 0 || answer.Length == 0)
            return false;

        return IsDone(await _client.CallAsync(
            "submitRateLimitChallenge", new RpcParams { Challenge = challenge, Captcha = answer },
            SignalJson.Default.JsonElement, ct), "submitRateLimitChallenge");
    }

    public async Task<string?> KeyNumberAsync(ChannelAddress who, CancellationToken ct)
    {
        if (SignalAddress.Read(who) is not { GroupId: null } address)
            return null;
        var outcome = await _client.CallAsync(
            "listIdentities", new RpcParams { Number = address.Value }, SignalJson.Default.IdentityRecordArray, ct);
        if (outcome is SignalOutcome<IdentityRecord[]>.Done { Result: var known })
            return known.OfType<IdentityRecord>().MaxBy(one => one.AddedTimestamp)?.SafetyNumber;
        LogNotDone("listIdentities", CodeOf(outcome));
        return null;
    }

    public async Task<bool> TrustAsync(ChannelAddress who, CancellationToken ct, string? number = null)
    {
        if (SignalAddress.Read(who) is not { GroupId: null } address)
            return false;
        var which = number is null ? ToOne(address) with { TrustAllKnownKeys = true } : ToOne(address) with { VerifiedSafetyNumber = number };
        return IsDone(await _client.CallAsync("trust", which, SignalJson.Default.JsonElement, ct), "trust");
    }

    public void Dispose() => _client.Dispose();

    /// <summary>
    /// Looks up the number's account, to which messages go from then on. Null if the account cannot be found now; the daemon also sends to a number.
    /// </summary>
    private async Task<SendResult?> FindAccountAsync(SignalAddress number, CancellationToken ct)
    {
        var outcome = await _client.CallAsync(
            "getUserStatus", new RpcParams { Recipient = new JsonArray(number.Value) }, SignalJson.Default.UserStatusArray, ct);
        if (outcome is not SignalOutcome<UserStatus[]>.Done { Result: [{ } status] })
            return null;
        if (SignalAddress.Of(null, status.Uuid) is { } account)
            return new SendResult.Moved(account.ToChannelAddress());
        return status.IsRegistered == false ? new SendResult.Refused(Refusal.Unregistered) : null;
    }

    private static RpcParams Content(OutgoingMessage message)
    {
        var (plain, styles) = SignalText.Of(message.Text);
        return new RpcParams
        {
            Message = plain,
            TextStyle = styles,
            Attachment = message.File is { } file ? [SignalFiles.DataUri(file)] : null,
            NoUrgent = message.Silent ? true : null,
        };
    }

    private static RpcParams To(SignalAddress to, RpcParams what) =>
        to.GroupId is { } group ? what with { GroupId = group } : what with { Recipient = new JsonArray(to.Value) };

    private static RpcParams ToOne(SignalAddress to) =>
        to.GroupId is { } group ? new RpcParams { GroupId = group } : new RpcParams { Recipient = to.Value };

    private bool IsDone<T>(SignalOutcome<T> outcome, string what)
    {
        if (outcome is SignalOutcome<T>.Done)
            return true;
        LogNotDone(what, CodeOf(outcome));
        return false;
    }

    private static int CodeOf<T>(SignalOutcome<T> outcome) => outcome switch
    {
        SignalOutcome<T>.Failed failed => failed.Why.Code,
        SignalOutcome<T>.TurnedAway turned => turned.Status,
        _ => 0,
    };

    private void LogMissed(SignalOutcome<SendResponse> outcome)
    {
        if (outcome is SignalOutcome<SendResponse>.Done { Result.Results: { Count: > 1 } results }
            && results.Count(one => one?.Type != "SUCCESS") is > 0 and var missed)
            LogSomeMissed(missed, results.Count);
    }

    [LoggerMessage(LogLevel.Warning, "Signal: {Missed} of {Count} members of a group did not get a message")]
    private partial void LogSomeMissed(int missed, int count);

    [LoggerMessage(LogLevel.Warning, "Signal: {Method} was not done (code {Code})")]
    private partial void LogNotDone(string method, int code);
}
