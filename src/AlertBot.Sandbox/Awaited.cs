namespace AlertBot.Sandbox;

/// <summary>Things that somebody waits for. Callers hold the gate, except for <see cref="FirstAsync"/>.</summary>
internal sealed class Awaited<T>
{
    /// <summary>The first match among existing and future items.</summary>
    /// <param name="there">The existing items.</param>
    /// <param name="textOf">An item's text, for the exception.</param>
    /// <param name="timeout">Default 10 seconds.</param>
    /// <exception cref="TimeoutException">No item matched; the message lists those that came.</exception>
    public async Task<T> FirstAsync(Lock gate, Func<IReadOnlyList<T>> there, Func<T, string> textOf, Func<T, bool> wanted, TimeSpan? timeout)
    {
        Task<T> found;
        lock (gate)
        {
            foreach (var one in there().Where(wanted))
                return one;
            found = Add(wanted);
        }

        try
        {
            return await found.WaitAsync(timeout ?? TimeSpan.FromSeconds(10));
        }
        catch (TimeoutException)
        {
            string last;
            lock (gate)
                last = string.Join(" | ", there().TakeLast(5).Select(one => textOf(one).ReplaceLineEndings(" ")));
            throw new TimeoutException($"No such message came. The last ones: {last}");
        }
    }

    private readonly List<(Func<T, bool> Wanted, TaskCompletionSource<T> Found)> _waiting = [];

    public Task<T> Add(Func<T, bool> wanted)
    {
        TaskCompletionSource<T> found = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Add((wanted, found));
        return found.Task;
    }

    public void Offer(T item)
    {
        for (var i = _waiting.Count - 1; i >= 0; i--)
        {
            if (_waiting[i].Wanted(item))
            {
                _waiting[i].Found.TrySetResult(item);
                _waiting.RemoveAt(i);
            }
        }
    }
}
