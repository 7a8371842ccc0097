namespace AlertBot.Channels.Signal;

/// <summary>
/// Remembers our edited messages. Phones ignore an edit that is too late or one too many, and the daemon does not know these limits. Each edit is a
/// message with its own timestamp, to which people may reply.
/// </summary>
internal sealed class SignalEdits(TimeProvider time)
{
    // The limit in Signal's phones (MessageConstraintsUtil of Signal-Android).
    private const int MostEdits = 10;
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    private readonly Lock _gate = new();
    private readonly Dictionary<long, int> _counts = [];
    private readonly Dictionary<long, long> _originals = [];
    private DateTimeOffset _cleared;

    /// <summary>Edits made before this program started are not counted.</summary>
    public bool IsOpen(long original)
    {
        lock (_gate)
            return time.GetUtcNow() - Sent(original) < Longest && _counts.GetValueOrDefault(original) < MostEdits;
    }

    /// <summary>Whether phones still obey a deletion of it.</summary>
    public bool IsYoung(long original) => time.GetUtcNow() - Sent(original) < Longest;

    public void Add(long original, long changed)
    {
        lock (_gate)
        {
            Clear();
            _counts[original] = _counts.GetValueOrDefault(original) + 1;
            _originals[changed] = original;
        }
    }

    /// <summary>The first timestamp of the message, by which we know it.</summary>
    public long OriginalOf(long sentAt)
    {
        lock (_gate)
            return _originals.GetValueOrDefault(sentAt, sentAt);
    }

    // People reply days later too, and our edits are few.
    private void Clear()
    {
        var now = time.GetUtcNow();
        if (now - _cleared < Longest)
            return;
        _cleared = now;
        foreach (var old in _originals.Where(pair => now - Sent(pair.Value) > 7 * Longest).ToList())
        {
            _originals.Remove(old.Key);
            _counts.Remove(old.Value);
        }
    }

    // A timestamp outside the range of dates belongs to no message of ours.
    private static DateTimeOffset Sent(long milliseconds) =>
        milliseconds is > 0 and < 253_402_300_800_000 ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : DateTimeOffset.UnixEpoch;
}
