using NodaTime;

namespace AlertBot.Replaying;

/// <summary>A clock that the replay moves from moment to moment, never back. At the end it may change to the real time.</summary>
public sealed class ReplayClock(Instant start) : IClock
{
    private readonly Lock _gate = new();
    private Instant _now = start;
    private bool _isLive;

    public Instant GetCurrentInstant()
    {
        lock (_gate)
            return _isLive ? SystemClock.Instance.GetCurrentInstant() : _now;
    }

    public void MoveTo(Instant moment)
    {
        lock (_gate)
            _now = Instant.Max(_now, moment);
    }

    /// <summary>From now on it shows the real time.</summary>
    public void GoLive()
    {
        lock (_gate)
            _isLive = true;
    }
}

/// <summary>The clock of a replay for those who need only the time of day. Their waits take real time.</summary>
public sealed class ReplayTime(IClock clock) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => clock.GetCurrentInstant().ToDateTimeOffset();
}
