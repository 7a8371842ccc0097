using NodaTime;

namespace AlertBot.Tests.Support;

/// <summary>A clock that stands still at the time that the test sets.</summary>
public sealed class TestClock(Instant now) : IClock
{
    private readonly Lock _gate = new();
    private Instant _now = now;

    public Instant Now
    {
        get
        {
            lock (_gate)
                return _now;
        }
        set
        {
            lock (_gate)
                _now = value;
        }
    }

    public static TestClock AtUtc(int year, int month, int day, int hour = 0, int minute = 0) =>
        new(Instant.FromUtc(year, month, day, hour, minute));

    public Instant GetCurrentInstant() => Now;

    public void Advance(Duration by)
    {
        lock (_gate)
            _now += by;
    }
}
