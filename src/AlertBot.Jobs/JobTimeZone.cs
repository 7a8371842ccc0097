using NodaTime;

namespace AlertBot.Jobs;

/// <summary>The zone of a daily job in the engine's type. The engine counts with the system's own zone data.</summary>
public static class JobTimeZone
{
    public static TimeZoneInfo Of(DateTimeZone zone) => TimeZoneInfo.TryFindSystemTimeZoneById(zone.Id, out var found)
        ? found
        : throw new InvalidOperationException($"This machine does not know the time zone {zone.Id}: install tzdata.");
}
