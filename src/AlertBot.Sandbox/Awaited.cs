namespace AlertBot.Sandbox;

/// <summary>What somebody waits for. Used while holding the gate.</summary>
internal sealed class Awaited<T>
{
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
