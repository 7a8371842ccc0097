using NodaTime;

namespace AlertBot.Benchmarks.Watching;

/// <summary>A clock that always shows the same moment.</summary>
internal sealed class StandingClock(Instant now) : IClock
{
    public Instant GetCurrentInstant() => now;
}
