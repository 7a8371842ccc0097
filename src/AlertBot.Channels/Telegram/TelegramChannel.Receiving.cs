using System.Runtime.CompilerServices;
using AlertBot.Domain.Channels;
using Microsoft.Extensions.Logging;

namespace AlertBot.Channels.Telegram;

public sealed partial class TelegramChannel
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    // Telegram opens a connection for each update that it has to deliver. When so many are open at once, more waits behind them.
    private const int Crowd = TelegramWebhookQueue.MostTogether / 2;

    private int _failures;

    private async IAsyncEnumerable<IncomingUpdate> ReceivePolledAsync([EnumeratorCancellation] CancellationToken ct)
    {
        await InsistAsync(_client.GetMeAsync, me => _me = me, ct);

        // Telegram refuses polling while a webhook is set.
        await InsistAsync(_client.DeleteWebhookAsync, _ => { }, ct);

        var place = new PollPlace();
        while (true)
        {
            ct.ThrowIfCancellationRequested();

            // Asking from this update on confirms to Telegram that all earlier ones are stored.
            var answer = await _client.GetUpdatesAsync(place.Next, place.Limit, ct);
            if (answer is not TelegramOutcome<RawUpdates>.Done { Result: var updates })
            {
                await PauseAsync(answer, ct);
                if (answer is TelegramOutcome<RawUpdates>.Failed { Why: { Code: 409 } why } && why.Says("webhook"))
                    await _client.DeleteWebhookAsync(ct);
                continue;
            }

            if (updates.IsSound)
                Works();
            var understood = updates.Updates.Select(raw => (Id: RawUpdates.IdOf(raw.Span), Update: Understand(raw))).ToList();
            var last = understood.FindLastIndex(one => one.Update is not null);
            var isFull = updates.Updates.Count >= PollPlace.Most;
            for (var index = 0; index < understood.Count; index++)
            {
                if (understood[index].Update is { } update)
                    yield return update with { IsFollowed = index < last, IsOfCrowd = isFull };
                place.Passed(understood[index].Id);
            }

            switch (place.After(updates))
            {
                case PollStep.On:
                    break;
                case PollStep.OneByOne:
                    LogUnreadableAnswer();
                    break;
                case PollStep.Again:
                    await PauseAsync(new TelegramOutcome<RawUpdates>.Unclear("unreadable_answer"), ct);
                    break;
                case PollStep.Over:
                    LogSetAside(place.Next - 1, "unreadable_answer");
                    break;
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

        await foreach (var together in Webhook.TakeAllAsync(ct))
        {
            var understood = together.Select(delivery => Understand(delivery.Update)).ToList();
            var last = understood.FindLastIndex(update => update is not null);
            for (var index = 0; index <= last; index++)
            {
                if (understood[index] is { } update)
                    yield return update with { IsFollowed = index < last, IsOfCrowd = together.Count >= Crowd };
            }

            foreach (var delivery in together)
                delivery.Stored();
        }
    }

    /// <summary>Null for an irrelevant or an unreadable update: one odd update must not stop the others.</summary>
    private IncomingUpdate? Understand(ReadOnlyMemory<byte> raw)
    {
        switch (UpdateReader.Read(raw, _me!))
        {
            case UpdateReading.Whole whole:
                return whole.Update;
            case UpdateReading.Part part:
                LogReadInPart(part.Id ?? 0);
                return part.Update;
            case UpdateReading.Unreadable unreadable:
                LogSetAside(unreadable.Id ?? 0, unreadable.Failure);
                return null;
            default:
                throw new InvalidOperationException("A reading without a meaning.");
        }
    }

    /// <summary>Repeats the call until it works: nothing else can be done at the start.</summary>
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

        // Logged once per trouble: a night-long outage must not fill the disk.
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

        // Another node may be handing over. We retry soon, after a random pause, so that the two do not throw each other out for ever.
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

    [LoggerMessage(LogLevel.Error, "Update {UpdateId} cannot be read ({Failure}) and is set aside; the next one is read")]
    private partial void LogSetAside(long updateId, string failure);

    [LoggerMessage(LogLevel.Warning, "Update {UpdateId} has parts that cannot be read; what can be is handled")]
    private partial void LogReadInPart(long updateId);

    [LoggerMessage(LogLevel.Error, "An answer of Telegram cannot be read whole; its updates are asked for one by one")]
    private partial void LogUnreadableAnswer();

    [LoggerMessage(LogLevel.Debug, "A press was not answered (code {Code})")]
    private partial void LogPressNotAnswered(int code);

    [LoggerMessage(LogLevel.Warning, "The menu of commands could not be set (code {Code})")]
    private partial void LogCommandsNotSet(int code);
}
