using AlertBot.Domain.People;
using AlertBot.Domain.Time;
using NodaTime;

namespace AlertBot.Domain.Cases;

/// <summary>Who stands behind a case, and the hours of the week ahead at which nobody of it is awake.</summary>
/// <param name="Lacks">What a case should have and this one has not.</param>
/// <param name="Asleep">By the reader's clock, day by day: whoever could be reached keeps quiet then, and so does whoever has duty.</param>
public sealed record Coverage(IReadOnlyList<CoverageGap> Lacks, IReadOnlyList<AsleepHours> Asleep)
{
    public const int Days = 7;

    private const int HoursADay = 24;

    /// <param name="people">The people who follow the case, with a coordinator's consent.</param>
    /// <param name="onDuty">Who has duty at a moment; null: nobody.</param>
    /// <param name="day">The first of the days that are told, by this clock.</param>
    public static Coverage Of(
        IReadOnlyCollection<CoveringPerson> people, Func<Instant, CoveringPerson?> onDuty, LocalDate day, DateTimeZone zone)
    {
        var reached = people.Where(one => one.IsReachable).ToList();
        var lacks = new List<CoverageGap>();
        if (reached.Count == 0)
            lacks.Add(CoverageGap.Anybody);
        if (!reached.Any(one => one.Part == CasePart.Lawyer))
            lacks.Add(CoverageGap.Lawyer);
        if (!reached.Any(one => one.Role >= Role.Coordinator))
            lacks.Add(CoverageGap.Coordinator);
        if (!reached.Any(one => one.Part == CasePart.Family))
            lacks.Add(CoverageGap.Family);
        var hours = Enumerable.Range(0, Days).SelectMany(at => Enumerable.Range(0, HoursADay).Select(hour => (Day: day.PlusDays(at), Hour: hour)))
            .Select(one => (one.Day, one.Hour, At: one.Day.At(new LocalTime(one.Hour, 0)).InZoneLeniently(zone).ToInstant())).ToList();
        var duty = hours.Select(one => onDuty(one.At)).ToList();
        if (duty.Contains(null))
            lacks.Add(CoverageGap.OnCall);
        if (reached.Count > 0 && reached.All(one => one.Channels < 2))
            lacks.Add(CoverageGap.OtherChannel);

        var asleep = hours.Zip(duty).Where(pair => !reached.Append(pair.Second).OfType<CoveringPerson>().Any(one => one.IsAwake(pair.First.At)));
        return new Coverage(lacks, Joined(asleep.Select(pair => (pair.First.Day, pair.First.Hour))));
    }

    // 3, 4 and 5 o'clock are 3 to 6.
    private static List<AsleepHours> Joined(IEnumerable<(LocalDate Day, int Hour)> hours)
    {
        var spans = new List<AsleepHours>();
        foreach (var (day, hour) in hours)
        {
            if (spans.Count > 0 && spans[^1] is var last && last.Day == day && last.Until == hour)
                spans[^1] = last with { Until = hour + 1 };
            else
                spans.Add(new AsleepHours(day, hour, hour + 1));
        }

        return spans;
    }
}

/// <param name="From">The first full hour.</param>
/// <param name="Until">The hour after the last one, up to 24.</param>
public sealed record AsleepHours(LocalDate Day, int From, int Until);

/// <summary>Somebody who follows a case, or has duty.</summary>
/// <param name="Part">As what they stand behind the case; null: nothing was said.</param>
/// <param name="Quiet">Null: they never keep quiet.</param>
/// <param name="Channels">On how many messengers they can be reached.</param>
public sealed record CoveringPerson(Role Role, CasePart? Part, bool IsReachable, QuietHours? Quiet, DateTimeZone Zone, int Channels)
{
    public bool IsAwake(Instant at) => IsReachable && (Quiet is null || Quiet.OpenFrom(at, Zone) <= at);
}

/// <summary>As what somebody stands behind a case.</summary>
public enum CasePart
{
    Lawyer,

    /// <summary>They speak with the family.</summary>
    Family,
}

/// <summary>What a case lacks.</summary>
public enum CoverageGap
{
    /// <summary>Nobody who follows it can be reached.</summary>
    Anybody,
    Lawyer,
    Coordinator,
    Family,

    /// <summary>At some hour of the week nobody is on call.</summary>
    OnCall,

    /// <summary>Nobody of it has a second messenger.</summary>
    OtherChannel,
}
