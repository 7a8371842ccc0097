using System.Runtime.CompilerServices;
using System.Text.Json;
using AlertBot.Domain.Channels;
using Microsoft.Extensions.Logging;

namespace AlertBot.Channels.Telegram;

public sealed partial class TelegramChannel
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private int _failures;

    private async IAsyncEnumerable<IncomingUpdate> ReceivePolledAsync([EnumeratorCancellation] CancellationToken ct)
    {
        await InsistAsync(_client.GetMeAsync, me => _me = me, ct);

        // While a webhook is set, Telegram refuses to be polled.
        await InsistAsync(_client.DeleteWebhookAsync, _ => { }, ct);

        long next = 0;
        while (true)
        {
            ct.ThrowIfCancellationRequested();

            // Asking from here on tells Telegram that all earlier updates are safely with us.
            var answer = await _client.GetUpdatesAsync(next, ct);
            if (answer is not TelegramOutcome<JsonElement[]>.Done { Result: var updates })
            {
                await PauseAsync(answer, ct);
                if (answer is TelegramOutcome<JsonElement[]>.Failed { Why: { Code: 409 } why } && why.Says("webhook"))
                    await _client.DeleteWebhookAsync(ct);
                continue;
            }

            Works();
            foreach (var raw in updates)
            {
                if (Understand(raw) is { } update)
                    yield return update;

                // Not the highest so far: after a quiet week Telegram starts from another number, which may be lower.
                if (IdOf(raw) is { } id)
                    next = id + 1;
            }
        }
    }

    private async IAsyncEnumerable<IncomingUpdate> ReceivePushedAsync([EnumeratorCancellation] CancellationToken ct)
    {
        var url = _settings.EffectiveWebhookUrl
            ?? throw new InvalidOperationException("Webhook mode needs Telegram__WebhookUrl.");
        await InsistAsync(_client.GetMeAsync, me => _me = me, ct);
        await InsistAsync(token => _client.SetWebhookAsync(url, _settings.EffectiveSecret, token), _ => { }, ct);
        Works();

        await foreach (var delivery in Webhook.TakeAllAsync(ct))
        {
            if (Understand(delivery.Update) is { } update)
                yield return update;
            delivery.Stored();
        }
    }

    /// <summary>Null for what does not concern us, and for what cannot be read: one odd update must not stop the others.</summary>
    private IncomingUpdate? Understand(JsonElement raw)
    {
        try
        {
            return raw.Deserialize(TelegramJson.Default.Update) is { } update ? TelegramUpdates.Read(update, _me!) : null;
        }
        catch (JsonException)
        {
            LogUnreadableUpdate(IdOf(raw) ?? 0);
            return null;
        }
    }

    private static long? IdOf(JsonElement raw) =>
        raw.ValueKind == JsonValueKind.Object && raw.TryGetProperty("update_id", out var id) && id.TryGetInt64(out var value) ? value : null;

    /// <summary>Calls until it works: at the start there is nothing else to do.</summary>
    private async Task InsistAsync<T>(Func<CancellationToken, Task<TelegramOutcome<T>>> call, Action<T> then, CancellationToken ct)
    {
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            var answer = await call(ct);
            if (answer is TelegramOutcome<T>.Done done)
            {
                then(done.Result);
                return;
            }

            await PauseAsync(answer, ct);
        }
    }

    private void Works()
    {
        if (State != TelegramState.Receiving)
            LogReceiving();
        State = TelegramState.Receiving;
        _failures = 0;
    }

    private async Task PauseAsync<T>(TelegramOutcome<T> answer, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        _failures++;
        var state = StateOf(answer);
        var pause = PauseAfter(answer);
        var (code, reason) = answer switch
        {
            TelegramOutcome<T>.Failed failed => (failed.Why.Code, "answer"),
            TelegramOutcome<T>.NotSent not => (0, not.Reason),
            TelegramOutcome<T>.Unclear unclear => (0, unclear.Reason),
            _ => (0, ""),
        };

        // Said once per trouble, then quietly: an outage of a night must not fill a disk.
        if (state != State)
            LogTrouble(state, code, reason, pause.TotalSeconds);
        else
            LogTroubleGoesOn(state, code, reason, _failures);

        State = state;
        await Task.Delay(pause, _time, ct);
    }

    private TimeSpan PauseAfter<T>(TelegramOutcome<T> answer) => answer switch
    {
        TelegramOutcome<T>.Failed { Why.RetryAfter: { } seconds } => TimeSpan.FromSeconds(seconds),
        TelegramOutcome<T>.Failed { Why.Code: 401 or 404 } => LongestPause,

        // Another node may be handing over: soon again, but not so that the two throw each other out for ever.
        TelegramOutcome<T>.Failed { Why.Code: 409 } => TimeSpan.FromSeconds(3 + Random.Shared.NextDouble() * 4),
        _ => TimeSpan.FromSeconds(
            Math.Min(LongestPause.TotalSeconds, 0.5 * Math.Pow(2, Math.Min(_failures, 8))) * (0.75 + Random.Shared.NextDouble() / 2)),
    };

    private static TelegramState StateOf<T>(TelegramOutcome<T> answer) => answer switch
    {
        TelegramOutcome<T>.Done => TelegramState.Receiving,
        TelegramOutcome<T>.Failed { Why.Code: 401 or 404 } => TelegramState.TokenRefused,
        TelegramOutcome<T>.Failed { Why.Code: 409 } => TelegramState.Conflict,
        _ => TelegramState.Unreachable,
    };

    [LoggerMessage(LogLevel.Information, "Receiving from Telegram")]
    private partial void LogReceiving();

    [LoggerMessage(LogLevel.Warning, "Telegram: {State} (code {Code}, {Reason}); next try in {Seconds} s")]
    private partial void LogTrouble(TelegramState state, int code, string reason, double seconds);

    [LoggerMessage(LogLevel.Debug, "Telegram: still {State} (code {Code}, {Reason}), {Failures} times")]
    private partial void LogTroubleGoesOn(TelegramState state, int code, string reason, int failures);

    [LoggerMessage(LogLevel.Error, "Update {UpdateId} could not be read and is passed over")]
    private partial void LogUnreadableUpdate(long updateId);

    [LoggerMessage(LogLevel.Debug, "A press was not answered (code {Code})")]
    private partial void LogPressNotAnswered(int code);

    [LoggerMessage(LogLevel.Warning, "The menu of commands could not be set (code {Code})")]
    private partial void LogCommandsNotSet(int code);
}
