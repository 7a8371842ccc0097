using AlertBot.Domain.Time;
using NodaTime;

namespace AlertBot.Domain.People;

/// <summary>A person's quiet hours, and how often they want a digest.</summary>
/// <param name="Quiet">Null: never.</param>
/// <param name="Digest">Null: no digest.</param>
/// <param name="DigestSince">The end of the last digest, from which the next one tells.</param>
/// <param name="DigestAt">When the next digest is due.</param>
public sealed record Rhythm(
    PersonId Person, QuietHours? Quiet = null, DigestInterval? Digest = null, Instant? DigestSince = null, Instant? DigestAt = null);

/// <summary>How often a digest comes.</summary>
public enum DigestInterval
{
    Daily,

    /// <summary>On Mondays.</summary>
    Weekly,
}

/// <summary>When digests come: at nine in the morning, in the person's zone.</summary>
public static class DigestTime
{
    private static readonly LocalTime At = new(9, 0);

    /// <summary>The first digest after that. Digests missed in an outage are not made up for.</summary>
    public static Instant NextAfter(Instant now, DigestInterval interval, DateTimeZone zone)
    {
        var day = now.InZone(zone).Date;
        while (true)
        {
            if ((interval == DigestInterval.Daily || day.DayOfWeek == IsoDayOfWeek.Monday)
                && zone.AtLeniently(day.At(At)).ToInstant() is var at && at > now)
                return at;
            day = day.PlusDays(1);
        }
    }
}
