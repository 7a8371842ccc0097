using NodaTime;

namespace AlertBot.Domain.Time;

/// <summary>
/// Refuses zone data older than 2024a. Kazakhstan moved its clocks on 1 March 2024, and older data would put every limit in
/// hours there an hour off.
/// </summary>
public static class TimeZoneCheck
{
    private static readonly Instant AfterTheChange = Instant.FromUtc(2024, 2, 29, 18, 0);

    /// <summary>Null if the zone data can be trusted; else a sentence that says what is wrong and what to do.</summary>
    public static string? WhyRefuse(IDateTimeZoneProvider zones)
    {
        if (zones.GetZoneOrNull("Asia/Almaty") is not { } almaty)
            return $"The time zone data ({zones.VersionId}) does not know Asia/Almaty. Update NodaTime's tz database (2024a or newer).";

        return almaty.GetUtcOffset(AfterTheChange) == Offset.FromHours(5)
            ? null
            : $"The time zone data ({zones.VersionId}) is too old: Asia/Almaty must be +05 at 2024-02-29T18:00Z "
                + $"but is {almaty.GetUtcOffset(AfterTheChange)}. Deadlines in hours would be wrong, so nothing is scheduled. "
                + "Update to tz database 2024a or newer.";
    }
}
