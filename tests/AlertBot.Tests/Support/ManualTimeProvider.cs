using NodaTime;

namespace AlertBot.Tests.Support;

/// <summary>
/// Time that passes only when the test says so: <see cref="Advance(Duration)"/> runs every timer that comes due on the way, in
/// order, each at its own time. Delays, periodic timers and cancellation after a while all follow it.
/// Given a <see cref="TestClock"/>, it moves that clock along.
/// </summary>
public sealed class ManualTimeProvider(Instant start, TestClock? clock = null) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private Instant _now = start;

    public ManualTimeProvider(TestClock clock)
        : this(clock.Now, clock)
    {
    }

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>The number of waiting timers, by which a test knows that the code it watches has reached its delay.</summary>
    public int WaitingTimers
    {
        get
        {
            lock (_gate)
                return _timers.Count(timer => timer.Due is not null);
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
            return _now.ToDateTimeOffset();
    }

    public override long GetTimestamp()
    {
        lock (_gate)
            return _now.ToUnixTimeTicks();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan by) => Advance(Duration.FromTimeSpan(by));

    public void Advance(Duration by)
    {
        Instant target;
        lock (_gate)
            target = _now + by;

        while (NextDue(target) is { } due)
            due.Fire();

        MoveTo(target);
    }

    /// <summary>Advances in steps until something has happened on other threads. Gives up after ten real seconds.</summary>
    public async Task AdvanceUntilAsync(Func<bool> happened, TimeSpan step)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!happened())
        {
            patience.Token.ThrowIfCancellationRequested();
            Advance(step);
            // Lets continuations run without any waiting.
            await Task.Yield();
        }
    }

    private ManualTimer? NextDue(Instant until)
    {
        lock (_gate)
        {
            var next = _timers.Where(timer => timer.Due <= until).MinBy(timer => timer.Due);
            if (next?.Due is { } due && due > _now)
                MoveTo(due);
            return next;
        }
    }

    private void MoveTo(Instant time)
    {
        lock (_gate)
        {
            clock?.Advance(time - _now);
            _now = time;
        }
    }

    private sealed class ManualTimer(ManualTimeProvider time, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        /// <summary>Null if it is not waiting.</summary>
        public Instant? Due { get; private set; }

        public void Fire()
        {
            lock (time._gate)
            {
                if (Due is not { } due)
                    return;
                Due = _period > TimeSpan.Zero ? due + Duration.FromTimeSpan(_period) : null;
            }

            callback(state);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._gate)
            {
                _period = period;
                Due = dueTime == Timeout.InfiniteTimeSpan ? null : time._now + Duration.FromTimeSpan(dueTime);
                if (!time._timers.Contains(this))
                    time._timers.Add(this);
            }

            // A zero delay does not wait for the test to advance.
            if (dueTime == TimeSpan.Zero)
                Fire();
            return true;
        }

        public void Dispose()
        {
            lock (time._gate)
            {
                Due = null;
                time._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
