namespace AlertBot.Sandbox;

/// <summary>All calls in the order of arrival.</summary>
internal sealed class CallLog
{
    private readonly Lock _gate = new();
    private readonly List<SandboxCall> _calls = [];

    public SandboxCall[] Snapshot()
    {
        lock (_gate)
            return [.. _calls];
    }

    public int Begin(string method, long at, long chatId)
    {
        lock (_gate)
        {
            _calls.Add(new SandboxCall(string.Intern(method), at, chatId, 0, 0, 0));
            return _calls.Count - 1;
        }
    }

    public void End(int index, int status, long messageId, int retryAfter)
    {
        lock (_gate)
        {
            if (index < _calls.Count)
                _calls[index] = _calls[index] with { Status = status, MessageId = messageId, RetryAfter = retryAfter };
        }
    }

    public void Clear()
    {
        lock (_gate)
            _calls.Clear();
    }
}
