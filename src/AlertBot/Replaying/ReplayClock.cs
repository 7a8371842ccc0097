using NodaTime;

namespace AlertBot.Replaying;

/// <summary>A clock that the replay moves from moment to moment, never back. At the end it may switch to the real time.</summary>
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

    /// <summary>Shows the real time from now on.</summary>
    public void GoLive()
    {
        lock (_gate)
            _isLive = true;
    }
}

/// <summary>The replay's clock for code that needs only the time of day. Its timers take real time.</summary>
public sealed class ReplayTime(IClock clock) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => clock.GetCurrentInstant().ToDateTimeOffset();
}
