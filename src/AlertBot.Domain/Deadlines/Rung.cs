using AlertBot.Domain.Law;
using NodaTime;

namespace AlertBot.Domain.Deadlines;

/// <summary>One planned reminder of a ladder.</summary>
/// <param name="Name">As written in <c>config/policies.yaml</c>, e.g. <c>-7d</c>; stored with a deadline as the last one sent.</param>
public abstract record Rung(string Name, RungKind Kind)
{
    /// <summary>Reminders counted in days come in the morning, by the clock of the place.</summary>
    public static readonly LocalTime Morning = new(9, 0);

    /// <summary>When it is due for a limit; null if the limit does not say enough.</summary>
    public abstract Instant? At(Limit limit);

    /// <summary>"Overdue" uses the latest reading, all others the earliest.</summary>
    protected LimitEnd EndOf(Limit limit) => Kind == RungKind.Overdue ? limit.Latest : limit.Earliest;

    protected static Instant MorningOf(LocalDate day, DateTimeZone zone) => zone.AtLeniently(day.At(Morning)).ToInstant();

    /// <summary>As soon as the limit runs.</summary>
    public sealed record AtOnce(string Name, RungKind Kind) : Rung(Name, Kind)
    {
        public override Instant? At(Limit limit) => limit.StartsAt;
    }

    /// <summary>In the middle between start and end.</summary>
    public sealed record HalfWay(string Name, RungKind Kind) : Rung(Name, Kind)
    {
        public override Instant? At(Limit limit)
        {
            if (limit.StartsAt is not { } start || start >= limit.Earliest.Instant)
                return null;

            var middle = start + (limit.Earliest.Instant - start) / 2;
            var day = middle.InZone(limit.Earliest.Zone).Date;
            return limit.Earliest.LastDay is null ? middle : Instant.Max(start, MorningOf(day, limit.Earliest.Zone));
        }
    }

    /// <summary>In the morning, that many days after the last day (before it, if negative).</summary>
    public sealed record Days(string Name, RungKind Kind, int Offset, LocalTime Time) : Rung(Name, Kind)
    {
        public override Instant? At(Limit limit) =>
            EndOf(limit).Zone.AtLeniently(EndOf(limit).Day.PlusDays(Offset).At(Time)).ToInstant();
    }

    /// <summary>That many hours after the last moment (before it, if negative).</summary>
    public sealed record Hours(string Name, RungKind Kind, int Offset) : Rung(Name, Kind)
    {
        public override Instant? At(Limit limit) => EndOf(limit).Instant + Duration.FromHours(Offset);
    }

    /// <summary>When the limit is over: at that moment for limits in hours, in the morning for limits in days.</summary>
    public sealed record Passed(string Name, RungKind Kind) : Rung(Name, Kind)
    {
        public override Instant? At(Limit limit) => EndOf(limit) is { LastDay: { } day } end
            ? MorningOf(day.PlusDays(1), end.Zone)
            : EndOf(limit).Instant;
    }

    /// <summary>Repeats after all the others, until there is an answer.</summary>
    public sealed record Every(string Name, RungKind Kind, int PeriodDays) : Rung(Name, Kind)
    {
        /// <summary>The time from which it repeats if it is alone on the ladder.</summary>
        public override Instant? At(Limit limit) => limit.Latest.Instant;

        /// <summary>The n-th repetition, from 1.</summary>
        public static Instant Nth(Instant after, DateTimeZone zone, int periodDays, int turn) =>
            MorningOf(after.InZone(zone).Date.PlusDays(periodDays * turn), zone);
    }
}

public enum RungKind
{
    /// <summary>The date is coming near.</summary>
    Before,

    /// <summary>The date has passed, or something is not known: what happened?</summary>
    Ask,

    /// <summary>The latest reading has passed.</summary>
    Overdue,
}
