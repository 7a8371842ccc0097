using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;

namespace AlertBot.Workflows.Sending;

/// <summary>
/// Records messages as sent: those that come while others are being written are written together next. At a slow pace each is written at once.
/// </summary>
/// <param name="gather">How long to wait after a write for more. None at a slow pace: a killed sender repeats what it had not written.</param>
internal sealed class SentTogether(
    Func<IReadOnlyList<(DueDelivery Delivery, MessageRef Message)>, Task> write, TimeSpan gather, TimeProvider time)
{
    private const int MostTogether = 200;

    private readonly Lock _gate = new();
    private readonly Queue<Waiting> _waiting = new();
    private bool _isWriting;

    /// <summary>Ends when it is written, and throws if it was not.</summary>
    public Task AddAsync(DueDelivery delivery, MessageRef message)
    {
        var mine = new Waiting(delivery, message);
        lock (_gate)
        {
            _waiting.Enqueue(mine);
            if (_isWriting)
                return mine.Written.Task;
            _isWriting = true;
        }

        _ = WriteAsync();
        return mine.Written.Task;
    }

    private async Task WriteAsync()
    {
        while (Next() is { Count: > 0 } together)
        {
            // One that cannot be written must not keep the others from it.
            if (!await TryAsync(together, isLast: together.Count == 1))
            {
                foreach (var one in together)
                    await TryAsync([one], isLast: true);
            }

            if (gather > TimeSpan.Zero)
                await Task.Delay(gather, time);
        }
    }

    private List<Waiting> Next()
    {
        lock (_gate)
        {
            var together = new List<Waiting>();
            while (together.Count < MostTogether && _waiting.TryDequeue(out var one))
                together.Add(one);
            _isWriting = together.Count > 0;
            return together;
        }
    }

    private async Task<bool> TryAsync(IReadOnlyList<Waiting> together, bool isLast)
    {
        try
        {
            await write(together.Select(one => (one.Delivery, one.Message)).ToList());
            foreach (var one in together)
                one.Written.TrySetResult();
            return true;
        }
        catch (Exception failure)
        {
            if (isLast)
                together[0].Written.TrySetException(failure);
            return false;
        }
    }

    private sealed record Waiting(DueDelivery Delivery, MessageRef Message)
    {
        public TaskCompletionSource Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
