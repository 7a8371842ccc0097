using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Tests.Incidents;

public sealed class OnCallRotaTests
{
    private static readonly PersonId[] People = [PersonId.New(), PersonId.New(), PersonId.New()];

    [Fact]
    public void The_one_on_duty_goes_to_the_end_and_the_next_one_begins()
    {
        var rota = new OnCallRota([]).Join(People[0]).Join(People[1]).Join(People[2]).Join(People[1]);

        Assert.Equal([People[1], People[2], People[0]], rota.HandOver().People);
        Assert.Equal((People[0], People[1]), (rota.OnDuty, rota.Next));
        Assert.Equal(People[1], rota.Leave(People[0]).OnDuty);
    }

    [Fact]
    public void Turns_are_swapped_with_the_next_one_and_the_last_one_has_none()
    {
        var rota = new OnCallRota(People);

        Assert.Equal([People[1], People[0], People[2]], rota.SwapWithNext(People[0]).People);
        Assert.Equal(People, rota.SwapWithNext(People[2]).People);
        Assert.Equal([People[0], People[2], People[1]], rota.MoveUp(People[2]).People);
        Assert.Equal(People, rota.MoveUp(People[0]).People);
        Assert.Equal(People, rota.MoveUp(PersonId.New()).People);
    }

    [Fact]
    public void The_hand_over_is_on_monday_at_nine_in_the_zone_of_the_coordinators()
    {
        // Monday, 2 March 2026, 09:00 in Almaty is 04:00 UTC.
        var monday = Instant.FromUtc(2026, 3, 2, 4, 0);

        Assert.Equal(monday, OnCallRota.HandOverBefore(IncidentPolicy.Usual, monday));
        Assert.Equal(monday, OnCallRota.HandOverAfter(IncidentPolicy.Usual, monday - Duration.Epsilon));
        Assert.Equal(monday - Duration.FromDays(7), OnCallRota.HandOverBefore(IncidentPolicy.Usual, monday - Duration.Epsilon));
        Assert.Equal(monday + Duration.FromDays(7), OnCallRota.HandOverAfter(IncidentPolicy.Usual, monday));
    }

    [Fact]
    public void Every_moment_lies_between_two_hand_overs_a_week_apart() => Property.ForAll(
        random => Instant.FromUtc(2026, 1, 1, 0, 0) + Duration.FromSeconds(random.Next(2 * 366 * 86_400)),
        now =>
        {
            // A zone whose clocks change, at an hour that is skipped once a year.
            var policy = IncidentPolicy.Usual with
            {
                HandOverZone = DateTimeZoneProviders.Tzdb["Europe/Warsaw"],
                HandOverDay = IsoDayOfWeek.Sunday,
                HandOverAt = new LocalTime(2, 30),
            };
            var (before, after) = (OnCallRota.HandOverBefore(policy, now), OnCallRota.HandOverAfter(policy, now));

            Assert.True(before <= now && now < after);
            Assert.InRange(after - before, Duration.FromDays(7) - Duration.FromHours(1), Duration.FromDays(7) + Duration.FromHours(1));
        });
}
