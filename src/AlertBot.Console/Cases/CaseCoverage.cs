using AlertBot.Domain.Cases;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Domain.Time;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using NodaTime;

namespace AlertBot.Desk.Cases;

/// <summary>Who stands behind a case in the week ahead: those who follow it, and whoever has duty then.</summary>
internal static class CaseCoverage
{
    /// <param name="zone">By whose clock the hours are told.</param>
    public static async Task<Coverage> OfAsync(
        Session session, IReadOnlyCollection<FollowingAddress> followers, IncidentPolicy policy, DateTimeZone zone)
    {
        var plan = new DutyPlan(await session.OnCall.EverybodyAsync(), await session.OnCall.AbsencesAsync(), policy, session.Now);
        var onCall = await session.Addresses.OpenOfAsync(plan.Everybody);
        var rhythms = await session.Rhythms.OfAsync([.. followers.Select(one => one.Address), .. onCall.Select(one => one.Address)]);
        (QuietHours? Quiet, DateTimeZone Zone) RhythmOf(AddressId at) =>
            rhythms.TryGetValue(at, out var rhythm) ? (rhythm.Rhythm.Quiet, rhythm.Zone) : (null, zone);

        var duty = onCall.Where(one => one.Person is not null).GroupBy(one => one.Person!.Value).ToDictionary(
            group => group.Key, group => CoveringOf(group.First().Role ?? Role.Advocate, null, RhythmOf(group.First().Address), group.Count()));
        var people = followers.Where(one => one is { Person: not null, Role: not null, IsWaiting: false }).GroupBy(one => one.Person).Select(group =>
        {
            var one = group.First();
            return CoveringOf(
                one.Role!.Value, group.Select(other => other.Part).FirstOrDefault(part => part is not null), RhythmOf(one.Address),
                one.IsFrozen ? 0 : one.Channels);
        }).ToList();
        return Coverage.Of(
            people, at => plan.At(at) is { } person && duty.TryGetValue(person, out var covering) ? covering : null,
            session.Now.InZone(zone).Date, zone);
    }

    private static CoveringPerson CoveringOf(Role role, CasePart? part, (QuietHours? Quiet, DateTimeZone Zone) rhythm, int channels) =>
        new(role, part, channels > 0, rhythm.Quiet, rhythm.Zone, channels);
}
