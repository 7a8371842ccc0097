using AlertBot.Domain.Cases;
using AlertBot.Domain.People;
using AlertBot.Domain.Time;
using NodaTime;

namespace AlertBot.Tests.Cases;

public class CoverageTests
{
    private static readonly DateTimeZone Almaty = DateTimeZoneProviders.Tzdb["Asia/Almaty"];
    private static readonly DateTimeZone Vienna = DateTimeZoneProviders.Tzdb["Europe/Vienna"];
    private static readonly LocalDate Day = new(2026, 3, 2);

    [Fact]
    public void A_case_that_nobody_follows_lacks_everybody() => Assert.Equal(
        [CoverageGap.Anybody, CoverageGap.Lawyer, CoverageGap.Coordinator, CoverageGap.Family, CoverageGap.OnCall],
        Coverage.Of([], _ => null, Day, Almaty).Lacks);

    [Fact]
    public void Whoever_cannot_be_reached_covers_nothing() => Assert.Contains(
        CoverageGap.Lawyer, Coverage.Of([Lawyer with { IsReachable = false }, Family, Coordinator], _ => Coordinator, Day, Almaty).Lacks);

    [Fact]
    public void A_lawyer_a_contact_of_the_family_and_a_coordinator_with_two_messengers_and_somebody_on_call_are_enough() => Assert.Empty(
        Coverage.Of([Lawyer with { Channels = 2 }, Family, Coordinator], _ => Coordinator, Day, Almaty).Lacks);

    [Fact]
    public void An_hour_of_the_week_without_anybody_on_call_is_a_gap() => Assert.Contains(
        CoverageGap.OnCall,
        Coverage.Of([Lawyer], at => at < Almaty.AtStartOfDay(Day.PlusDays(6)).ToInstant() ? Coordinator : null, Day, Almaty).Lacks);

    // 23:00 to 07:00 in Vienna is 03:00 to 11:00 in Almaty: both are quiet from 03:00 to 07:00 of Almaty.
    [Fact]
    public void The_hours_at_which_all_keep_quiet_are_told_day_by_day_by_the_readers_clock() => Assert.Equal(
        Enumerable.Range(0, Coverage.Days).Select(at => new AsleepHours(Day.PlusDays(at), 3, 7)),
        Coverage.Of([Lawyer with { Quiet = Night }, Coordinator with { Quiet = Night, Zone = Vienna }], _ => null, Day, Almaty).Asleep);

    [Fact]
    public void Whoever_has_duty_and_is_awake_covers_the_hours_of_their_duty() => Assert.Equal(
        Enumerable.Range(3, Coverage.Days - 3).Select(at => new AsleepHours(Day.PlusDays(at), 0, 7))
            .SelectMany(hours => new[] { hours, hours with { From = 23, Until = 24 } }).Prepend(new AsleepHours(Day.PlusDays(2), 23, 24)),
        Coverage.Of(
            [Lawyer with { Quiet = Night }],
            at => at < Almaty.AtStartOfDay(Day.PlusDays(2)).ToInstant() + Duration.FromHours(20) ? Coordinator : null, Day, Almaty).Asleep);

    [Fact]
    public void Somebody_who_never_keeps_quiet_covers_every_hour() => Assert.Empty(
        Coverage.Of([Lawyer with { Quiet = Night }, Coordinator], _ => null, Day, Almaty).Asleep);

    private static QuietHours Night => new(new LocalTime(23, 0), new LocalTime(7, 0));

    private static CoveringPerson Lawyer => new(Role.Advocate, CasePart.Lawyer, IsReachable: true, null, Almaty, 1);

    private static CoveringPerson Family => new(Role.Advocate, CasePart.Family, IsReachable: true, null, Almaty, 1);

    private static CoveringPerson Coordinator => new(Role.Coordinator, null, IsReachable: true, null, Almaty, 1);
}
