using AlertBot.Domain.Channels;
using AlertBot.Postgres;
using NodaTime;

namespace AlertBot.Replaying.Chats;

/// <summary>Receives what a replay's phones write, as the program does, and knows when nothing is missing.</summary>
internal sealed class ChatMail : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _stored = new(0);
    private readonly Task _running;

    public ChatMail(IEnumerable<IChannel> channels, Database database, IClock clock) =>
        _running = Task.WhenAll(channels.Select(channel => RunAsync(channel, database, clock, _stop.Token)));

    /// <summary>Waits until the given number of further updates is stored.</summary>
    public async Task ExpectAsync(int updates, CancellationToken ct)
    {
        for (var update = 0; update < updates; update++)
        {
            if (!await _stored.WaitAsync(Patience, ct))
                throw new InvalidOperationException("What a phone of the sandbox said did not arrive.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        _stored.Dispose();
    }

    private async Task RunAsync(IChannel channel, Database database, IClock clock, CancellationToken ct)
    {
        await foreach (var update in channel.ReceiveAsync(ct))
        {
            await using var session = await database.BeginAsync(ct);
            if (await session.Inbox.AddAsync(update))
            {
                await session.CommitAsync(ct);
                // Read receipts are not among the expected updates.
                if (update.ReadReceipt is null)
                    _stored.Release();
            }
        }
    }
}
