using System.Security.Cryptography;
using AlertBot.Domain.Channels;
using AlertBot.Postgres;
using Microsoft.Extensions.Logging;

namespace AlertBot.Workflows.Chat;

/// <summary>
/// Stores what a messenger delivers, and only then confirms it. If the messenger allows one receiver at a time, one node receives, and another takes
/// over within seconds of its death. An update that cannot be stored is set aside, with as much of it as the database accepts.
/// </summary>
/// <param name="isSmallTalk">Whether words are plainly no report; null: none are.</param>
/// <param name="readAhead">Told of words that may be a report, before they are stored; it returns at once. Null: nobody is.</param>
public sealed partial class Receiver(
    Database database, IChannel channel, TimeProvider time, ILogger<Receiver> logger, Func<string?, bool>? isSmallTalk = null,
    Action<string>? readAhead = null)
{
    /// <summary>The most characters kept of one message. Telegram sends 4,096 at most; Signal's long texts have no such limit.</summary>
    internal const int MostSigns = 16 * 1024;

    private const int MoreTries = 2;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    public async Task RunAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await ReceiveWhileMineAsync(ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                // Whatever the failure, the messenger keeps what is not confirmed, so we ask again.
                LogStopped(channel.Kind, failure.GetType().Name);
            }

            await Task.Delay(Pause, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ReceiveWhileMineAsync(CancellationToken ct)
    {
        if (!channel.ReceivesOnOneNode)
        {
            await ReceiveAsync(ct);
            return;
        }

        await using var mine = await ClusterLock.TryTakeAsync(database.Source, $"receive/{channel.Kind}", ct);
        if (mine is null)
            return;

        using var lost = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var receiving = ReceiveAsync(lost.Token);
        using var timer = new PeriodicTimer(Pause, time);
        while (!receiving.IsCompleted)
        {
            var tick = timer.WaitForNextTickAsync(ct).AsTask();
            if (await Task.WhenAny(receiving, tick) == tick && !await mine.IsHeldAsync(ct))
                break;
        }

        await lost.CancelAsync();
        await receiving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (receiving.Exception is { } failure)
            throw failure.GetBaseException();
    }

    private async Task ReceiveAsync(CancellationToken ct)
    {
        var together = new List<IncomingUpdate>();
        await foreach (var update in channel.ReceiveAsync(ct))
        {
            together.Add(Ready(update));
            if (update.IsFollowed)
                continue;
            // In a crowd the processors have other work, and whoever comes waits for them.
            if (together is [{ } alone] && MayBeReport(alone))
                readAhead?.Invoke(alone.Text!);
            await StoreAsync(together, ct);
            together.Clear();
        }
    }

    // A crowd at the door is taken in by the hundred: whoever comes behind it waits for one write to the disk, not for a hundred.
    private async Task StoreAsync(List<IncomingUpdate> together, CancellationToken ct)
    {
        if (together.Count == 1)
        {
            await StoreAsync(together[0], ct);
        }
        else if (!await TryStoreAsync(together, ct))
        {
            // One of them is at fault, or the database is: half by half it shows which.
            await StoreAsync(together[..(together.Count / 2)], ct);
            await StoreAsync(together[(together.Count / 2)..], ct);
        }
    }

    private async Task<bool> TryStoreAsync(List<IncomingUpdate> together, CancellationToken ct)
    {
        try
        {
            await using var session = await database.BeginQuickAsync(ct);
            session.Inbox.AddLast(together);
            await session.CommitAsync(ct);
            return true;
        }
        catch (Exception) when (!ct.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task StoreAsync(IncomingUpdate update, CancellationToken ct)
    {
        try
        {
            await using var session = await database.BeginQuickAsync(ct);
            session.Inbox.AddLast(update);
            await session.CommitAsync(ct);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            await StoreOrSetAsideAsync(update, failure, ct);
        }
    }

    // One update that cannot be stored must not hold up the next sender. If the database itself is failing, setting the update aside fails too. Then
    // receiving stops, and the messenger keeps what is not confirmed.
    private async Task StoreOrSetAsideAsync(IncomingUpdate update, Exception failure, CancellationToken ct)
    {
        for (var more = MoreTries; more > 0; more--)
        {
            await Task.Delay(Pause, time, ct);
            await using var again = await database.BeginAsync(ct);
            if (await again.TryAsync(() => again.Inbox.AddAsync(update), ct) is { } still)
            {
                failure = still;
                continue;
            }

            await again.CommitAsync(ct);
            return;
        }

        var code = RandomNumberGenerator.GetHexString(8);
        await using var session = await database.BeginAsync(ct);
        await session.Inbox.SetAsideAsync(update, code);
        await session.CommitAsync(ct);
        LogSetAside(channel.Kind, code, failure.GetType().Name);
    }

    private static bool MayBeReport(IncomingUpdate update) =>
        update is { ChatKind: ChatKind.Private, IsSmallTalk: false, IsEdit: false, Pressed: null, Text: { Length: > 0 } text } && text[0] != '/';

    // No person writes so much in one message. A longer text would be searched for names, shown on cards and sent to many people.
    private IncomingUpdate Ready(IncomingUpdate update)
    {
        var cut = update.Text is { Length: > MostSigns } text ? update with { Text = Shortened.Plainly(text, MostSigns) } : update;
        return cut is { ChatKind: ChatKind.Private, IsForward: false, IsEdit: false, Location: null, Files.Count: 0 }
            && isSmallTalk?.Invoke(cut.Text) == true ? cut with { IsSmallTalk = true } : cut;
    }

    [LoggerMessage(LogLevel.Warning, "Receiving from {Channel} stopped ({Failure}); it begins anew")]
    private partial void LogStopped(ChannelKind channel, string failure);

    [LoggerMessage(
        LogLevel.Error, "An update from {Channel} could not be stored and is set aside under {Code} ({Failure}); receiving goes on with the next")]
    private partial void LogSetAside(ChannelKind channel, string code, string failure);
}
