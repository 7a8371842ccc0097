using AlertBot.Domain.People;
using AlertBot.Domain.Time;
using NodaTime;

namespace AlertBot.Domain.Cases;

/// <summary>Who stands behind a case, and the hours at which nobody of them is awake.</summary>
/// <param name="Lacks">What a case should have and this one has not.</param>
/// <param name="Asleep">The hours of a day, by the reader's clock, at which everybody who can be reached keeps quiet.</param>
public sealed record Coverage(IReadOnlyList<CoverageGap> Lacks, IReadOnlyList<int> Asleep)
{
    private const int HoursADay = 24;

    /// <param name="people">The people who follow the case, with a coordinator's consent.</param>
    /// <param name="isAnyoneOnCall">Whether somebody stands in the rota.</param>
    /// <param name="day">The day of which the hours are told, by this clock.</param>
    public static Coverage Of(IReadOnlyCollection<CoveringPerson> people, bool isAnyoneOnCall, LocalDate day, DateTimeZone zone)
    {
        var reached = people.Where(one => one.IsReachable).ToList();
        var lacks = new List<CoverageGap>();
        if (reached.Count == 0)
            lacks.Add(CoverageGap.Anybody);
        if (!reached.Any(one => one.Role == Role.Advocate))
            lacks.Add(CoverageGap.Advocate);
        if (!reached.Any(one => one.Role >= Role.Coordinator))
            lacks.Add(CoverageGap.Coordinator);
        if (!isAnyoneOnCall)
            lacks.Add(CoverageGap.OnCall);
        if (reached.Count > 0 && reached.All(one => one.Channels < 2))
            lacks.Add(CoverageGap.OtherChannel);
        return new Coverage(lacks, reached.Count == 0 ? [] : Enumerable.Range(0, HoursADay).Where(IsQuiet).ToList());

        bool IsQuiet(int hour)
        {
            var at = day.At(new LocalTime(hour, 0)).InZoneLeniently(zone).ToInstant();
            return reached.TrueForAll(one => one.Quiet is { } quiet && quiet.OpenFrom(at, one.Zone) > at);
        }
    }
}

/// <summary>Somebody who follows a case.</summary>
/// <param name="Quiet">Null: they never keep quiet.</param>
/// <param name="Channels">On how many messengers they can be reached.</param>
public sealed record CoveringPerson(Role Role, bool IsReachable, QuietHours? Quiet, DateTimeZone Zone, int Channels);

/// <summary>What a case lacks.</summary>
public enum CoverageGap
{
    /// <summary>Nobody who follows it can be reached.</summary>
    Anybody,
    Advocate,
    Coordinator,

    /// <summary>Nobody is on call.</summary>
    OnCall,

    /// <summary>Nobody of it has a second messenger.</summary>
    OtherChannel,
}
