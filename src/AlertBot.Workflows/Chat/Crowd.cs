namespace AlertBot.Workflows.Chat;

/// <summary>
/// Whether more waits at a messenger than was taken in yet. As long as it does, commands and small talk wait, so that a report anywhere in the crowd
/// is read first. They wait for three seconds at most, and after that not again before the crowd has ended.
/// </summary>
/// <remarks>Several threads may use it.</remarks>
internal sealed class Crowd(TimeProvider time)
{
    /// <summary>The longest time that a crowd makes others wait.</summary>
    internal static readonly TimeSpan Longest = TimeSpan.FromSeconds(3);

    // The next hundred arrive within this time, if there are more.
    private static readonly TimeSpan UntilNext = TimeSpan.FromMilliseconds(300);

    // Crowds that follow each other faster are one: whoever sends them in bursts gains nothing.
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private long? _since;
    private long _lastly;

    /// <summary>Records that more waits at a messenger.</summary>
    public void Comes()
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            if (_since is null || time.GetElapsedTime(_lastly, now) > Between)
                _since = now;
            _lastly = now;
        }
    }

    /// <summary>How long commands and small talk wait from now on, unless still more comes. Zero if they do not.</summary>
    public TimeSpan Left
    {
        get
        {
            lock (_gate)
            {
                if (_since is not { } since)
                    return TimeSpan.Zero;
                var now = time.GetTimestamp();
                var left = UntilNext - time.GetElapsedTime(_lastly, now);
                var most = Longest - time.GetElapsedTime(since, now);
                var shorter = left < most ? left : most;
                return shorter > TimeSpan.Zero ? shorter : TimeSpan.Zero;
            }
        }
    }
}
