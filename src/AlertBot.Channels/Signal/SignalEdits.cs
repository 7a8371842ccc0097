namespace AlertBot.Channels.Signal;

/// <summary>
/// What became of our messages that were changed. A phone passes over a change that comes too late or too often, and the daemon
/// does not know: so we must. Each change is a message with a time of its own, and people may answer to that.
/// </summary>
internal sealed class SignalEdits(TimeProvider time)
{
    // As Signal's phones have it (MessageConstraintsUtil of Signal-Android).
    private const int MostEdits = 10;
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    private readonly Lock _gate = new();
    private readonly Dictionary<long, int> _counts = [];
    private readonly Dictionary<long, long> _originals = [];
    private DateTimeOffset _cleared;

    /// <summary>Counts of changes made before this program began are not known.</summary>
    public bool IsOpen(long original)
    {
        lock (_gate)
            return time.GetUtcNow() - Sent(original) < Longest && _counts.GetValueOrDefault(original) < MostEdits;
    }

    /// <summary>Whether phones still let go of it.</summary>
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

    /// <summary>The message as it was first sent: what we know it by.</summary>
    public long OriginalOf(long sentAt)
    {
        lock (_gate)
            return _originals.GetValueOrDefault(sentAt, sentAt);
    }

    // People answer days later, too; the number of our changes is small.
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

    // Outside of what a date can say, it is no time of a message of ours.
    private static DateTimeOffset Sent(long milliseconds) =>
        milliseconds is > 0 and < 253_402_300_800_000 ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : DateTimeOffset.UnixEpoch;
}
