using AlertBot.Postgres;
using AlertBot.Postgres.Stores;

namespace AlertBot.Workflows.Chat;

/// <content>The hands that work at the same time: what each takes next, and what wakes it.</content>
public sealed partial class InboxWorker
{
    private const int Hands = 4;

    // Every so many updates a hand takes what has waited longest: however much comes in that goes first, nobody waits for ever.
    private const int LongestEvery = 8;

    private static readonly TimeSpan LookAnyway = TimeSpan.FromSeconds(5);

    // Two acts that stood in each other's way do not a moment later. While the database is away, each hand asks as seldom as when nothing waits.
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMilliseconds(100);

    private readonly Crowd _crowd = new(time);
    private readonly Bell _bell = new(time);

    /// <summary>Runs until cancelled.</summary>
    public Task RunAsync(CancellationToken ct) => Task.WhenAll(
        Enumerable.Range(0, Hands).Select(_ => WorkAsync(ct))
            .Concat([FindHeadsAsync(ct), OnAsync(Wakeups.Inbox, _bell.Ring, ct), OnAsync(Wakeups.Crowd, _crowd.Comes, ct)]));

    private async Task WorkAsync(CancellationToken ct)
    {
        // A slow messenger must not hold up other people.
        var finishing = Task.CompletedTask;
        var failures = 0;
        for (var taken = 1; !ct.IsCancellationRequested; taken++)
        {
            var left = _crowd.Left;
            var heard = _bell.Rings;
            try
            {
                var turn = left > TimeSpan.Zero ? InboxTurn.WordsOnly : taken % LongestEvery == 0 ? InboxTurn.Longest : InboxTurn.ByLane;
                var next = await HandleNextAsync(turn, ct);
                failures = 0;
                if (next is { } handled)
                {
                    // While this hand waits, another one takes the sender's next message.
                    if (!finishing.IsCompleted)
                        _bell.Ring();
                    // What went wrong with the one before is not this one's: its own would never be finished, nor any after it.
                    await finishing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    finishing = FinishAsync(handled, ct);
                    // What came since rang, and may have found its sender's turn taken by this hand.
                    if (handled.HasMore || _bell.Rings != heard)
                        continue;
                }
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                break;
            }
            catch (Exception outage)
            {
                // Nothing was committed, so the update is taken again.
                LogNotHandled(outage.GetType().Name);
                failures++;
            }

            await _bell.SleepAsync(failures == 1 ? AfterFailure : left > TimeSpan.Zero ? left : LookAnyway, ct);
        }

        await finishing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task OnAsync(string wakeup, Action act, CancellationToken ct)
    {
        for (var news = wakeups.Next(wakeup); !ct.IsCancellationRequested;)
        {
            await news.WaitAsync(ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            news = wakeups.Next(wakeup);
            act();
        }
    }
}
