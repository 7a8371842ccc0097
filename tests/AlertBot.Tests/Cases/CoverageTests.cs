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
        [CoverageGap.Anybody, CoverageGap.Advocate, CoverageGap.Coordinator, CoverageGap.OnCall],
        Coverage.Of([], isAnyoneOnCall: false, Day, Almaty).Lacks);

    [Fact]
    public void Whoever_cannot_be_reached_covers_nothing() => Assert.Contains(
        CoverageGap.Advocate,
        Coverage.Of([Who(Role.Advocate) with { IsReachable = false }, Who(Role.Coordinator)], isAnyoneOnCall: true, Day, Almaty).Lacks);

    [Fact]
    public void An_advocate_and_a_coordinator_with_two_messengers_and_a_rota_are_enough() => Assert.Empty(
        Coverage.Of([Who(Role.Advocate) with { Channels = 2 }, Who(Role.Coordinator)], isAnyoneOnCall: true, Day, Almaty).Lacks);

    // 23:00 to 07:00 in Vienna is 03:00 to 11:00 in Almaty: both are quiet from 03:00 to 07:00 of Almaty.
    [Fact]
    public void The_hours_at_which_all_keep_quiet_are_told_by_the_readers_clock() => Assert.Equal(
        [3, 4, 5, 6],
        Coverage.Of(
            [Who(Role.Advocate) with { Quiet = Night }, Who(Role.Coordinator) with { Quiet = Night, Zone = Vienna }],
            isAnyoneOnCall: true, Day, Almaty).Asleep);

    [Fact]
    public void Somebody_who_never_keeps_quiet_covers_every_hour() => Assert.Empty(
        Coverage.Of([Who(Role.Advocate) with { Quiet = Night }, Who(Role.Coordinator)], isAnyoneOnCall: true, Day, Almaty).Asleep);

    private static QuietHours Night => new(new LocalTime(23, 0), new LocalTime(7, 0));

    private static CoveringPerson Who(Role role) => new(role, IsReachable: true, null, Almaty, 1);
}
