namespace AlertBot.Workflows.Chat;

/// <summary>
/// Wakes one sleeper at a time. A ring that finds nobody asleep is kept for the next one who would fall asleep, so that none is missed.
/// </summary>
internal sealed class Bell(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<TaskCompletionSource> _asleep = [];
    private bool _hasRung;

    /// <summary>How often it has rung.</summary>
    public long Rings { get; private set; }

    public void Ring()
    {
        lock (_gate)
        {
            Rings++;
            if (_asleep.First is not { } first)
            {
                _hasRung = true;
                return;
            }

            _asleep.RemoveFirst();
            first.Value.TrySetResult();
        }
    }

    /// <summary>Ends with a ring, after that time, or when cancelled. Never throws.</summary>
    public async Task SleepAsync(TimeSpan longest, CancellationToken ct)
    {
        var rung = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        LinkedListNode<TaskCompletionSource> mine;
        lock (_gate)
        {
            if (_hasRung)
            {
                _hasRung = false;
                return;
            }

            mine = _asleep.AddLast(rung);
        }

        using (var over = CancellationTokenSource.CreateLinkedTokenSource(ct))
        {
            await Task.WhenAny(rung.Task, Task.Delay(longest, time, over.Token));
            await over.CancelAsync();
        }

        lock (_gate)
        {
            if (mine.List is not null)
                _asleep.Remove(mine);
        }
    }
}
