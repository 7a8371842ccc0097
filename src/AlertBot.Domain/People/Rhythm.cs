using AlertBot.Domain.Time;
using NodaTime;

namespace AlertBot.Domain.People;

/// <summary>When a person wants to be left alone, and how often they want it all in one message.</summary>
/// <param name="Quiet">Null: never.</param>
/// <param name="Digest">Null: no summary.</param>
/// <param name="DigestSince">What happened from then on has not been in a summary yet.</param>
/// <param name="DigestAt">When the next one is due.</param>
public sealed record Rhythm(
    PersonId Person, QuietHours? Quiet = null, DigestInterval? Digest = null, Instant? DigestSince = null, Instant? DigestAt = null);

/// <summary>How often a summary comes.</summary>
public enum DigestInterval
{
    Daily,

    /// <summary>On Mondays.</summary>
    Weekly,
}

/// <summary>When summaries come: at nine in the morning where the person is.</summary>
public static class DigestTime
{
    private static readonly LocalTime At = new(9, 0);

    /// <summary>The first one after that; after an outage the ones before it are over.</summary>
    public static Instant NextAfter(Instant now, DigestInterval interval, DateTimeZone zone)
    {
        var day = now.InZone(zone).Date;
        while (true)
        {
            if ((interval == DigestInterval.Daily || day.DayOfWeek == IsoDayOfWeek.Monday) && zone.AtLeniently(day.At(At)).ToInstant() is var at && at > now)
                return at;
            day = day.PlusDays(1);
        }
    }
}
